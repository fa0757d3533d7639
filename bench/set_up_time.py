"""From a bare clone to the first answer, part by part.

    python -m bench.set_up_time [--cold] [--folder FOLDER] [--json]

Clones the project's last commit into a temporary folder, runs `make setup` and `make train` there,
then `bailing up` on free ports until it is ready and a demonstration merchant has an answer. Ends
what it started and removes the folder. `--cold` gives uv and pip empty caches, so that everything
is downloaded; without it uv's cache is used as it is. `BAILING_RASA_PYTHON` is passed on. What the
parts say goes to standard error, the figures to standard output.

Aims (DESIGN section 11): 8 minutes in all with a fair connection; 90 s from `bailing up` to the
first answer.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
AIM_S = 480.0
UP_AIM_S = 90.0
FIRST_ANSWER_TIMEOUT_S = 120.0
STOP_GRACE_S = 30.0
KEPT = ("BAILING_RASA_PYTHON",)
"""The only settings of ours that a clone sees; the others would lead it out of its folder."""


class Failed(Exception):
    """A part ended with an error, or no answer came; the message says which."""


def free_port() -> int:
    """A port of the loopback address that nobody holds now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(caches: Path | None) -> dict[str, str]:
    """What the clone's commands see: our ports, and empty caches where a folder is given."""
    found = {k: v for k, v in os.environ.items() if not k.startswith("BAILING_") or k in KEPT}
    found.pop("VIRTUAL_ENV", None)
    found.pop("PYTHONPATH", None)
    found |= {f"BAILING_{n}": str(free_port()) for n in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
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


@contextmanager
def running(folder: Path, variables: dict[str, str]) -> Iterator[None]:
    """`bailing up` from when it says that it is ready until we are through with it.

    Raises:
        Failed: It ended before it was ready.
    """
    command = [str(folder / ".venv" / "bin" / "bailing"), "up"]
    with subprocess.Popen(
        command, cwd=folder, env=variables, stdout=subprocess.PIPE, text=True
    ) as up:
        try:
            for line in up.stdout or ():
                print(line, end="", file=sys.stderr, flush=True)
                if line.startswith("ready after"):
                    break
            else:
                raise Failed(f"bailing up ended with {up.wait(STOP_GRACE_S)}")
            yield
        finally:
            up.send_signal(signal.SIGINT)
            try:
                up.wait(STOP_GRACE_S)
            except subprocess.TimeoutExpired:
                up.kill()


def first_answer(address: str) -> str:
    """What a demonstration merchant who says a sentence is answered.

    Raises:
        Failed: Nothing came in time.
    """
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as http:
        opened = http.post("/api/session", json={"demo": "wang"}).raise_for_status().json()
        http.headers["Authorization"] = f"Bearer {opened['token']}"
        said = http.post("/api/messages", json={"text": "旺季要租车，额度不够用"})
        message = said.raise_for_status().json()["message_id"]
        seen, deadline = 0, time.monotonic() + FIRST_ANSWER_TIMEOUT_S
        while time.monotonic() < deadline:
            events = http.get("/api/messages", params={"after": seen, "wait": 5}).json()
            for event in events:
                seen = event["id"]
                if event.get("in_reply_to") == message:
                    return str(event["text"])
    raise Failed("no answer came")


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
    with running(clone, variables):
        part("ready_s")
        answer = first_answer(f"http://127.0.0.1:{variables['BAILING_PORT']}")
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
    except Failed as error:
        raise SystemExit(str(error)) from error
    figures = {"caches": "empty" if options.cold else "as they were", **parts}
    figures |= {"aim_all_s": AIM_S, "aim_up_to_first_answer_s": UP_AIM_S}
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:26} {value}")


if __name__ == "__main__":
    main()
