"""From a photo's upload to the new limit, as a merchant waits for it.

    python -m bench.upload_to_limit [--rounds N] [--real N] [--json]

Starts an installation. In every round the three demonstration merchants answer the review's
questions and send the generated photos of `data/demo`, one after the other: from the start of the
upload until what was read is here (`read`), and until the new limit is here (`limit`). With real
licences (`--real N`, from `BAILING_DEV_DATA`) a merchant of unknown name sends each: `read` only,
since a stranger's licence moves no limit. Aim (DESIGN section 11): 3 s at p50 and 6 s at p95 for a
licence photo.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import defaultdict
from pathlib import Path

from bench.figures import p50_p95, show
from bench.running import ROOT, Merchant, installation

DEMO = ROOT / "data" / "demo"
AIM_P50_S, AIM_P95_S = 3.0, 6.0
ANSWERS = {
    "wang": ["额度不够用", "我同意", "三辆车", "一个月二三十万", "四十来天", "五年"],
    "li": ["额度不够用", "我同意", "六十平", "一个月十来万", "四年", "两个人"],
    "chen": ["额度不够用", "我同意", "一个月", "一个月四五十万", "两个月", "六年"],
}


def generated(address: str, demo: str, took: dict[str, list[float]]) -> None:
    """One merchant's conversation with all of their generated photos."""
    with Merchant(address, demo) as merchant:
        for answer in ANSWERS[demo]:
            merchant.say(answer)
        for photo in sorted(DEMO.glob(f"{demo}_*.jpg")):
            began = time.perf_counter()
            evidence_id = merchant.send(photo.read_bytes())
            read = time.perf_counter() - began
            status = merchant.http.get(f"/api/evidence/{evidence_id}").json()["status"]
            if status != "accepted":
                took[f"{status}"].append(read)
                continue
            merchant.wait(kind="decision")
            kind = "licence" if "license" in photo.name else "other"
            took[f"{kind}_read"].append(read)
            took[f"{kind}_limit"].append(time.perf_counter() - began)


def real(address: str, photos: list[Path], took: dict[str, list[float]]) -> None:
    """Real licences, sent by a merchant whose name nobody knows."""
    with Merchant(address, "blank") as merchant:
        for answer in ("额度不够用", "我同意"):
            merchant.say(answer)
        for photo in photos:
            began = time.perf_counter()
            merchant.send(photo.read_bytes())
            took["real_licence_read"].append(time.perf_counter() - began)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--real", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder = Path(os.environ.get("BAILING_DEV_DATA", "")) / "images/business_license"
    photos = sorted(folder.glob("*.jpg"))[: options.real]
    took: dict[str, list[float]] = defaultdict(list)
    with installation() as running:
        for _ in range(options.rounds):
            for demo in ANSWERS:
                generated(running.address, demo, took)
        if photos:
            real(running.address, photos, took)
    figures: dict[str, float | int] = {}
    for name, seconds in sorted(took.items()):
        figures[f"{name}_n"] = len(seconds)
        figures |= p50_p95(f"{name}_s", seconds, 2)
    figures |= {"aim_s_p50": AIM_P50_S, "aim_s_p95": AIM_P95_S}
    show(figures, as_json=options.json)


if __name__ == "__main__":
    main()
