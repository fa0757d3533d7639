"""How often RapidOCR's raw lines hold what generated licences say: how hard the wear is.

    python -m bench.degradations [--count N] [--seed S] [--form photo] [--severity X]
                                [--jobs J] [--json]

Generated licences of both splits, all layouts, as the frozen strengths wear them. Real photos gave
0.90 for the credit code and 0.93 for the name (of other photos than those measured elsewhere); the
strengths were set so that the generated ones do the same, within 0.02 either way. A line holds a
value if the value stands whole in it, white space and the width of brackets apart. `--severity`
tries another median than the frozen one.
"""

from __future__ import annotations

import argparse
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from bench.figures import show
from perception.page.reading import RapidReader
from perception.synthesis.forms import make_voucher
from perception.synthesis.press import Press, Split
from perception.synthesis.wear import Strengths, strengths
from perception.synthesis.wear.frozen import file_hash

_WIDTHS = str.maketrans("（）：，；", "():,;")


@cache
def _tools() -> tuple[Press, RapidReader]:
    return Press(), RapidReader(threads=1)


def held(task: tuple[int, str, str, float | None]) -> dict[str, bool]:
    """For one seed: whether a line holds the credit code (if there is one), and the name."""
    seed, split, form, severity = task
    press, reader = _tools()
    how = None
    if severity is not None:
        how = Strengths({**strengths(form).values, "severity_median": severity})
    voucher = make_voucher("business_license", seed, press, split=Split(split), form=form, how=how)
    lines = [plain(line.text) for line in reader.read(voucher.page.page_rgb)]
    wanted = ("social_credit_code", "name")
    return {
        name: any(plain(voucher.fields[name]) in line for line in lines)
        for name in wanted
        if name in voucher.fields
    }


def plain(text: str) -> str:
    """Without white space, brackets and stops narrow."""
    return "".join(text.split()).translate(_WIDTHS)


def main() -> None:
    """Prints the shares, on how many, and the hash of the strengths."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--form", default="photo")
    parser.add_argument("--severity", type=float)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    splits = [split.value for split in Split]
    seeds = range(args.seed, args.seed + args.count)
    tasks = [(seed, splits[seed % 2], args.form, args.severity) for seed in seeds]
    # Spawned: a browser's driver does not live through a fork.
    with ProcessPoolExecutor(args.jobs, multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(held, tasks, chunksize=4))
    figures: dict[str, object] = {"licences (synthetic)": len(found), "form": args.form}
    for name in ("social_credit_code", "name"):
        told = [row[name] for row in found if name in row]
        figures[f"{name} held"] = round(sum(told) / len(told), 3)
        figures[f"{name} of"] = len(told)
    figures["strengths"] = file_hash()[:12]
    if args.severity is not None:
        figures["severity_median tried"] = args.severity
    show(figures, as_json=args.json)


if __name__ == "__main__":
    main()
