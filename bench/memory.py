"""How much memory all processes of one installation take, after a conversation with photos.

    python -m bench.memory [--json]

Proportional set size (what is shared is counted once, by its sharers' parts) in MiB, from Linux.
Aim (DESIGN section 11): 3.5 GB together.
"""

from __future__ import annotations

import argparse
from collections import defaultdict

import psutil

from bench.figures import show
from bench.running import Installation, installation
from bench.upload_to_limit import ANSWERS, generated

AIM_MIB = 3_500


def proportional(running: Installation) -> dict[str, float]:
    """MiB by the name of the process that `bailing up` started, its children included."""
    lines = (running.var / "run" / "pids").read_text(encoding="utf-8").splitlines()
    started = {name: psutil.Process(int(pid)) for name, pid in (line.split() for line in lines)}
    found = {"supervisor": _mib(psutil.Process(running.process.pid))}
    for name, process in started.items():
        found[name] = sum(_mib(p) for p in [process, *process.children(recursive=True)])
    return found


def _mib(process: psutil.Process) -> float:
    return float(process.memory_full_info().pss) / 2**20


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with installation() as running:
        for demo in ANSWERS:
            generated(running.address, demo, defaultdict(list))
        found = proportional(running)
    figures = {f"{name}_mib": round(mib) for name, mib in found.items()}
    figures |= {"all_mib": round(sum(found.values())), "aim_mib": AIM_MIB}
    show(figures, as_json=options.json)


if __name__ == "__main__":
    main()
