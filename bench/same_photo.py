"""What tells one photo saved twice from two photos: the thresholds on real photos.

    python -m bench.same_photo [--photos FOLDER]

Each photo is saved anew in seven ways and compared with itself; all pairs of different photos are
compared with each other. Prints how many of the copies are found, within a case (bits apart) and
between cases (keyed marks in common), and how many different pairs are taken for one. Without a
folder the photos of `BAILING_DEV_DATA` are used: things, shops and goods, no papers.
"""

from __future__ import annotations

import argparse
import io
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from actions.cross_checks import DIGITS_A_PART, PARTS_NEEDED, SAME_BITS, bits_apart
from perception.genuine.fingerprint import fingerprint

FOLDERS = (
    "storefront",
    "store_interior_stock",
    "excavator",
    "recapture_genuine",
    "imagenet1000_sample",
)
LONGEST = 1280


def copies(image: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """The photo as a phone, a messenger or a hand makes it anew."""
    width, height = image.size
    yield "JPEG at quality 50", _saved(image, 50)
    yield "half the size", _saved(image.resize((max(64, width // 2), max(64, height // 2))), 75)
    yield "640 wide, quality 40", _saved(image.resize((640, max(64, 640 * height // width))), 40)
    yield "15 % brighter", image.point(lambda v: min(255, int(v * 1.15)))
    yield "turned by a degree", image.rotate(1)
    for percent in (2, 5):
        x, y = width * percent // 100, height * percent // 100
        yield f"{percent} % cut off each side", image.crop((x, y, width - x, height - y))


def _saved(image: Image.Image, quality: int) -> Image.Image:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")


def marks_in_common(one: str, other: str) -> int:
    """How many stretches of two fingerprints are alike."""
    places = range(0, len(one), DIGITS_A_PART)
    return sum(one[at : at + DIGITS_A_PART] == other[at : at + DIGITS_A_PART] for at in places)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, default=None)
    options = parser.parse_args()
    images = Path(os.environ.get("BAILING_DEV_DATA", ".")) / "images"
    folders = [options.photos] if options.photos else [images / name for name in FOLDERS]
    files = sorted(f for folder in folders for f in folder.glob("**/*.jp*g"))
    prints: list[str] = []
    found: dict[str, list[tuple[int, int]]] = {}
    for number, file in enumerate(files):
        image = Image.open(file).convert("RGB")
        image.thumbnail((LONGEST, LONGEST))
        prints.append(fingerprint(np.asarray(image)))
        for name, copy in copies(image) if number % 5 == 0 else ():
            mark = fingerprint(np.asarray(copy))
            found.setdefault(name, []).append(
                (bits_apart(prints[-1], mark), marks_in_common(prints[-1], mark))
            )
    print(f"{'copy':26s} {'within a case':>14s} {'between cases':>14s}   photos")
    for name, pairs in found.items():
        within = sum(bits <= SAME_BITS for bits, _ in pairs) / len(pairs)
        between = sum(marks >= PARTS_NEEDED for _, marks in pairs) / len(pairs)
        print(f"{name:26s} {within:14.3f} {between:14.3f}   {len(pairs)}")
    _different(files, prints)


def _different(files: list[Path], prints: list[str]) -> None:
    """Pairs of different photos that a threshold takes for one, named so that one can look."""
    bits = np.array([[int(d, 16) >> k & 1 for d in p for k in range(4)] for p in prints], bool)
    total = len(prints) * (len(prints) - 1) // 2
    near, alike = [], 0
    for i in range(len(prints)):
        apart = (bits[i] ^ bits[i + 1 :]).sum(1)
        near += [(int(apart[j]), i, i + 1 + j) for j in np.flatnonzero(apart <= SAME_BITS)]
        parts = ~(bits[i] ^ bits[i + 1 :]).reshape(-1, 64 // DIGITS_A_PART, 8).any(2)
        alike += int((parts.sum(1) >= PARTS_NEEDED).sum())
    print(f"different photos taken for one: within {len(near)}, between {alike} of {total} pairs")
    for apart, i, j in sorted(near)[:12]:
        print(f"  {apart:3d} bits  {files[i].parent.name}/{files[i].name}  {files[j].name}")


if __name__ == "__main__":
    main()
