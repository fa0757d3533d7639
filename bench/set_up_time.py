"""From a bare clone to the first answer, part by part.

    python -m bench.set_up_time [--cold] [--folder FOLDER] [--json]

Clones the project's last commit into a temporary folder, runs `make setup` and `make train` there,
then `bailing up` until it is ready and a demonstration merchant has an answer. Ends what it
started and removes the folder. `--cold` gives uv and pip empty caches, so that everything
is downloaded; without it uv's cache is used as it is. `BAILING_RASA_PYTHON` is passed on. What the
parts say goes to standard error, the figures to standard output.

Aims (DESIGN section 11): 8 minutes in all with a fair connection; 90 s from `bailing up` to the
first answer.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import show
from bench.running import ROOT, Merchant, NotReady, installation

AIM_S = 480.0
UP_AIM_S = 90.0
KEPT = ("BAILING_RASA_PYTHON",)
"""The only settings of ours that a clone sees; the others would lead it out of its folder."""


class Failed(Exception):
    """A part ended with an error; the message says which."""


def environment(caches: Path | None) -> dict[str, str]:
    """What the clone's commands see: no settings of ours, empty caches where a folder is given."""
    found = {k: v for k, v in os.environ.items() if not k.startswith("BAILING_") or k in KEPT}
    found.pop("VIRTUAL_ENV", None)
    found.pop("PYTHONPATH", None)
    if caches is not None:
        found |= {"UV_CACHE_DIR": str(caches), "PIP_NO_CACHE_DIR": "1"}
    return found


def run(command: list[str], folder: Path, variables: dict[str, str]) -> None:
    """Run to the end, its output on our standard error.

    Raises:
        Failed: It ended with an error.
    """
    done = subprocess.run(command, cwd=folder, env=variables, stdout=sys.stderr, check=False)
    if done.returncode != 0:
        raise Failed(f"{' '.join(command)} ended with {done.returncode}")


def measure(folder: Path, *, cold: bool) -> dict[str, float]:
    """Seconds of every part, in the order of what happened."""
    clone = folder / "bailing"
    variables = environment(folder / "cache" if cold else None)
    parts: dict[str, float] = {}
    began = last = time.monotonic()

    def part(name: str) -> None:
        nonlocal last
        now = time.monotonic()
        parts[name], last = round(now - last, 1), now

    run(["git", "clone", "--quiet", str(ROOT), str(clone)], folder, variables)
    part("clone_s")
    run(["make", "setup"], clone, variables)
    part("setup_s")
    run(["make", "train"], clone, variables)
    part("train_s")
    with installation(clone, python=str(clone / ".venv/bin/python")) as running:
        part("ready_s")
        with Merchant(running.address, "wang") as merchant:
            answer = merchant.say("旺季要租车，额度不够用")
        part("first_answer_s")
        print(f"answered: {answer}", file=sys.stderr, flush=True)
    parts["all_s"] = round(last - began, 1)
    return parts


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cold", action="store_true", help="with empty caches of uv and pip")
    parser.add_argument("--folder", type=Path, default=None, help="where the temporary folder goes")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix="bailing-", dir=options.folder) as folder:
            parts = measure(Path(folder), cold=options.cold)
    except (Failed, NotReady) as error:
        raise SystemExit(str(error)) from error
    figures = {"caches": "empty" if options.cold else "as they were", **parts}
    figures |= {"aim_all_s": AIM_S, "aim_up_to_first_answer_s": UP_AIM_S}
    show(figures, as_json=options.json)


if __name__ == "__main__":
    main()
