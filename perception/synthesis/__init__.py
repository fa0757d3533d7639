"""Pictures made wholly by our code: scenes, papers, and the demonstration merchants' photos.

What comes in is a kind and a seed; what goes out is the same picture each time, with the truth
about it. Nothing here is needed to read a merchant's photos.
"""

from perception.synthesis.camera import jpeg_bytes
from perception.synthesis.demo import DemoPhoto, demo_photos
from perception.synthesis.errors import BrowserMissing, FontMissing, SynthesisError, UnknownKind
from perception.synthesis.forms.catalogue import form_kinds
from perception.synthesis.forms.runs import MadeVoucher, made_vouchers
from perception.synthesis.scenes import SCENE_KINDS, SceneKind, Wording, render_scene

__all__ = [
    "SCENE_KINDS",
    "BrowserMissing",
    "DemoPhoto",
    "FontMissing",
    "MadeVoucher",
    "SceneKind",
    "SynthesisError",
    "UnknownKind",
    "Wording",
    "demo_photos",
    "form_kinds",
    "jpeg_bytes",
    "made_vouchers",
    "render_scene",
]
