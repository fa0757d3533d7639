"""What tells that two files show one photo: a perceptual hash that outlives saving anew."""

from __future__ import annotations

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE = 16


def fingerprint(image_rgb: NDArray[np.uint8]) -> str:
    """The 256 bits of a DCT hash (Zauner 2010, ``imagehash.phash``), as 64 hex digits."""
    return str(imagehash.phash(Image.fromarray(image_rgb), hash_size=SIDE))
