"""What happens to a page on its way: photographed, scanned, shown, copied."""

from perception.synthesis.wear.chains import FORMS, worn
from perception.synthesis.wear.frozen import Strengths, strengths

__all__ = ["FORMS", "Strengths", "strengths", "worn"]
