"""How often RapidOCR's raw lines hold what generated licences say: how hard the wear is.

    python -m bench.degradations [--count N] [--seed S] [--form photo] [--severity X]
                                [--sweep] [--jobs J] [--json]

Generated licences of both splits, all layouts, as the frozen strengths wear them. Real photos gave
0.90 for the credit code and 0.93 for the name (of other photos than those measured elsewhere); the
strengths are to be such that the generated ones do the same, within 0.02 either way. A line holds a
value if the value stands whole in it, white space and the width of brackets apart. `--severity`
tries another median than the frozen one. `--sweep` takes severities evenly from mild to worst and
prints what to expect at each median: one run tells what to freeze.
"""

from __future__ import annotations

import argparse
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.figures import show
from perception.page.reading import RapidReader
from perception.synthesis.forms import make_voucher
from perception.synthesis.press import Press, Split
from perception.synthesis.wear import Strengths, strengths
from perception.synthesis.wear.frozen import file_hash

WANTED = ("social_credit_code", "name")
MEDIANS = (0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0)
"""At which ``--sweep`` says what to expect."""
_WIDTHS = str.maketrans("（）：，；", "():,;")


@cache
def _tools() -> tuple[Press, RapidReader]:
    return Press(), RapidReader(threads=1)


@dataclass(frozen=True, slots=True)
class Task:
    """One licence to make and read.

    Attributes:
        seed: Of the licence.
        form: How it becomes a picture.
        severity: Median other than the frozen one; None for that.
        exact: No spread about that median.
    """

    seed: int
    form: str
    severity: float | None = None
    exact: bool = False

    def strengths(self) -> Strengths | None:
        """What the picture is worn with; None for the frozen strengths."""
        if self.severity is None:
            return None
        changed = {"severity_median": self.severity} | (
            {"severity_spread": 0} if self.exact else {}
        )
        return Strengths({**strengths(self.form).values, **changed})


def held(task: Task) -> dict[str, bool]:
    """Whether a line holds the credit code (if the licence has one), and the name."""
    press, reader = _tools()
    voucher = make_voucher(
        "business_license",
        task.seed,
        press,
        split=tuple(Split)[task.seed % 2],
        form=task.form,
        how=task.strengths(),
    )
    lines = [plain(line.text) for line in reader.read(voucher.page.page_rgb)]
    return {
        name: any(plain(voucher.fields[name]) in line for line in lines)
        for name in WANTED
        if name in voucher.fields
    }


def expected(tasks: list[Task], found: list[dict[str, bool]], name: str) -> dict[str, float]:
    """The share to expect at each median, from a logistic fit over the severities swept."""
    pairs = [
        (task.severity, row[name]) for task, row in zip(tasks, found, strict=True) if name in row
    ]
    severities = np.array([[severity] for severity, _ in pairs], float)
    fit = LogisticRegression(C=1e3).fit(severities, [hold for _, hold in pairs])
    frozen = strengths("photo")
    drawn = np.exp(np.random.default_rng(0).normal(0, frozen.number("severity_spread"), 20_000))
    worst = frozen.number("severity_most")
    shares = {}
    for median in MEDIANS:
        at = np.minimum(drawn * median, worst)[:, None]
        shares[f"{name} expected at {median}"] = round(float(fit.predict_proba(at)[:, 1].mean()), 3)
    return shares


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
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    seeds = range(args.seed, args.seed + args.count)
    tasks = [Task(seed, args.form, args.severity) for seed in seeds]
    if args.sweep:
        swept = np.linspace(0.4, strengths("photo").number("severity_most"), args.count)
        order = np.random.default_rng(args.seed).permutation(swept)
        tasks = [Task(s, "photo", float(x), True) for s, x in zip(seeds, order, strict=True)]
    # Spawned: a browser's driver does not live through a fork.
    with ProcessPoolExecutor(args.jobs, multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(held, tasks, chunksize=4))
    figures: dict[str, object] = {"licences (synthetic)": len(found), "form": args.form}
    for name in WANTED:
        told = [row[name] for row in found if name in row]
        figures[f"{name} held"] = round(sum(told) / len(told), 3)
        figures[f"{name} of"] = len(told)
        if args.sweep:
            figures |= expected(tasks, found, name)
    figures["strengths"] = file_hash()[:12]
    if args.severity is not None:
        figures["severity_median tried"] = args.severity
    show(figures, as_json=args.json)


if __name__ == "__main__":
    main()
