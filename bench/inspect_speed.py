"""`inspect` beside RapidOCR alone on the same photos, in one run.

    python -m bench.inspect_speed [--photos FOLDER] [--count N]

Prints p50 and p90 of both and their ratio. Without a folder the committed generated papers are
used, and the line says so.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from perception import Inspector
from perception.decode import decode
from perception.reading import RapidReader

DEMO = Path(__file__).parent.parent / "data" / "demo"


def timed(work: Callable[[bytes], object], contents: list[bytes]) -> list[float]:
    """Seconds for each file, one after the other."""
    took = []
    for content in contents:
        began = time.perf_counter()
        work(content)
        took.append(time.perf_counter() - began)
    return took


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, default=None)
    parser.add_argument("--count", type=int, default=20)
    options = parser.parse_args()
    folder = options.photos or DEMO
    pattern = "*.jpg" if options.photos else "*_[li][in][cv]*.jpg"
    files = sorted(folder.glob(pattern))[: options.count]
    contents = [file.read_bytes() for file in files]
    reader, inspector = RapidReader(), Inspector.load()
    inspector.inspect(contents[0])
    alone = timed(lambda c: reader.read(decode(c)[0][0].image_rgb), contents)
    whole = timed(inspector.inspect, contents)
    kind = "photos given" if options.photos else "generated papers"
    for name, took in (("RapidOCR alone", alone), ("inspect", whole)):
        p50, p90 = statistics.median(took), float(np.percentile(took, 90))
        print(f"{name:16s} p50 {p50:.2f} s  p90 {p90:.2f} s  ({len(took)} {kind})")
    ratio = statistics.median(w / a for w, a in zip(whole, alone, strict=True))
    print(f"median ratio     {ratio:.2f}")


if __name__ == "__main__":
    main()
