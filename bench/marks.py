"""Seals, signatures, thumb prints and codes found on composed pages, and seals read.

    python -m bench.marks [--pages N] [--hand FONT] [--without-detector] [--json]

The pages are synthetic (perception/synthesis/marked), 1,600 pixels long, through the camera chain;
their typefaces are none that the detector was trained on. Prints for each kind how many there
are, recall and precision at half of the union, and the share of round and oval seals whose text is
the firm's name whole. ``--hand`` is a font after which signatures are written, else a Song face.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from bench.figures import show
from perception.marks import find_marks, mark_detector
from perception.page.reading import RapidReader
from perception.synthesis.fonts import Face
from perception.synthesis.marked import Split, marked_page
from perception.training.marks import Tally, count

FIRST_SEED = 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--hand", type=Path, default=None)
    parser.add_argument("--without-detector", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    detector = None if options.without_detector else mark_detector()
    reader, tally, spent = RapidReader(), Tally(), 0.0
    for seed in range(FIRST_SEED, FIRST_SEED + options.pages):
        page = marked_page(seed, Split.TEST, hands=(options.hand or Face.SONG,))
        started = time.perf_counter()
        marks = find_marks(page.image_rgb, detector=detector, reader=reader)
        spent += time.perf_counter() - started
        count(page, marks, tally)
    figures = {
        "by": "colour and shape" if detector is None else detector.version,
        **tally.figures(),
        "ms_a_page": round(1000 * spent / max(1, options.pages)),
    }
    show(figures, as_json=options.json)


if __name__ == "__main__":
    main()
