"""Pictures made wholly by our code: scenes, papers, and the demonstration merchants' photos.

What comes in is a kind and a seed; what goes out is the same picture each time, with the truth
about it. Nothing here is needed to read a merchant's photos.
"""

from perception.synthesis.camera import jpeg_bytes
from perception.synthesis.demo import DemoPhoto, demo_photos
from perception.synthesis.desk import Strain
from perception.synthesis.errors import FontMissing, SynthesisError, UnknownKind
from perception.synthesis.forms.catalogue import form_kinds
from perception.synthesis.forms.runs import MadeVoucher, made_vouchers
from perception.synthesis.papers.registry import PAPER_KINDS, Paper, PaperKind, render_paper
from perception.synthesis.scenes import SCENE_KINDS, SceneKind, Wording, render_scene

__all__ = [
    "PAPER_KINDS",
    "SCENE_KINDS",
    "DemoPhoto",
    "FontMissing",
    "MadeVoucher",
    "Paper",
    "PaperKind",
    "SceneKind",
    "Strain",
    "SynthesisError",
    "UnknownKind",
    "Wording",
    "demo_photos",
    "form_kinds",
    "jpeg_bytes",
    "made_vouchers",
    "render_paper",
    "render_scene",
]
