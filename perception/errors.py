"""What can go wrong in the perception room.

RoomError
└── PerceptionError
    ├── EmptyFile           empty_file
    ├── UnsupportedType     unsupported_type
    ├── BrokenFile          broken_file
    ├── EncryptedFile       encrypted_file
    ├── OverblownFile       overblown_file
    ├── PictureTooLarge     picture_too_large
    ├── TooManyPages        too_many_pages
    └── ModelUnavailable    perception_model_unavailable
"""

from bailing.terms import RoomError


class PerceptionError(RoomError):
    """Anything that the perception room refuses."""

    code = "perception"


class EmptyFile(PerceptionError):
    """A file of no bytes."""

    code = "empty_file"


class UnsupportedType(PerceptionError):
    """Not a kind of file that is read."""

    code = "unsupported_type"


class BrokenFile(PerceptionError):
    """The right kind of file, but it cannot be decoded."""

    code = "broken_file"


class EncryptedFile(PerceptionError):
    """A document that asks for a password before it opens."""

    code = "encrypted_file"


class OverblownFile(PerceptionError):
    """A file that unpacks to far more, or takes far more memory or time, than a paper does."""

    code = "overblown_file"


class PictureTooLarge(PerceptionError):
    """More than 120 megapixels."""

    code = "picture_too_large"


class TooManyPages(PerceptionError):
    """More than 60 pages."""

    code = "too_many_pages"


class ModelUnavailable(PerceptionError):
    """A model's file is missing or is not the one that was listed."""

    code = "perception_model_unavailable"
