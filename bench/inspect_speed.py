"""`inspect` beside RapidOCR alone on the same photos, in one run.

    python -m bench.inspect_speed [--photos FOLDER] [--count N] [--every K]

Prints p50 and p90 of both, their median ratio, and what `inspect` spends beside reading. Without a
folder the real licences of `BAILING_DEV_DATA` are used, without that the committed generated
papers; the line says which. RapidOCR alone is its engine with its own settings.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from perception import Inspector
from perception.files.decode import decode

DEMO = Path(__file__).parent.parent / "data" / "demo"
PAPERS = "*_[il][ni][cv]*.jpg"


def timed(work: Callable[[bytes], object], contents: list[bytes]) -> list[float]:
    """Seconds for each file, one after the other."""
    took = []
    for content in contents:
        began = time.perf_counter()
        work(content)
        took.append(time.perf_counter() - began)
    return took


def photos(folder: Path | None) -> tuple[str, list[Path]]:
    """What the photos are, and where they lie."""
    data = os.environ.get("BAILING_DEV_DATA")
    if folder is not None:
        return "photos given", sorted(folder.glob("*.jpg"))
    if data:
        return "real licences", sorted((Path(data) / "images/business_license").glob("*.jpg"))
    return "generated papers", sorted(DEMO.glob(PAPERS))


def alone(threads: int) -> Callable[[bytes], object]:
    """RapidOCR with its own settings, but for how much it logs and how many threads it has."""
    from rapidocr import RapidOCR

    engine = RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )
    return lambda content: engine(np.ascontiguousarray(decode(content)[0][0].image_rgb[:, :, ::-1]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, default=None)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--every", type=int, default=1, help="only every K-th photo")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    kind, files = photos(options.photos)
    contents = [f.read_bytes() for f in files[:: options.every][: options.count]]
    read, inspector = alone(options.threads), Inspector.load(options.threads)
    read(contents[0])
    inspector.inspect(contents[0])
    alone_s: list[float] = []
    whole_s: list[float] = []
    beside_ms: list[float] = []

    def look(content: bytes) -> None:
        spent = inspector.inspect(content).elapsed_ms
        beside_ms.append(spent["total"] - spent["ocr"] - spent["decode"])

    for content in contents:
        alone_s += timed(read, [content])
        whole_s += timed(look, [content])
    for name, took in (("RapidOCR alone", alone_s), ("inspect", whole_s)):
        p50, p90 = statistics.median(took), float(np.percentile(took, 90))
        print(f"{name:22s} p50 {p50:.2f} s  p90 {p90:.2f} s  ({len(took)} {kind})")
    ratios = [w / a for w, a in zip(whole_s, alone_s, strict=True)]
    print(f"{'median ratio':22s} {statistics.median(ratios):.2f}")
    print(f"{'beside decode and OCR':22s} p50 {statistics.median(beside_ms):.0f} ms")


if __name__ == "__main__":
    main()
