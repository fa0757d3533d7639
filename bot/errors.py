"""What the gateway refuses, each with an HTTP status and words in the merchant's language.

RoomError
└── GatewayError
    ├── BadToken            401 bad_token
    ├── EmptyText           422 empty_text
    ├── TextTooLong         422 text_too_long
    ├── UnknownButton       422 unknown_button
    ├── UnknownDemo         422 unknown_demo
    ├── EmptyFile           422 empty_file
    ├── BrokenFile          422 broken_file
    ├── FileTooLarge        413 file_too_large
    ├── PictureTooLarge     413 picture_too_large
    ├── TooManyPages        413 too_many_pages
    ├── OneFileAtATime      422 one_file_at_a_time
    ├── UnsupportedType     415 unsupported_type
    ├── UnknownField        422 unknown_field
    ├── BadValue            422 bad_value
    ├── NotReadYet          409 not_read_yet
    └── DialogueUnavailable 503 dialogue_unavailable (retryable)
"""

from bailing.terms import RoomError


class GatewayError(RoomError):
    """Anything that the gateway refuses."""

    code = "gateway"
    status = 400


class BadToken(GatewayError):
    """A token that is unknown, expired, forged or not for us."""

    code = "bad_token"
    status = 401


class EmptyText(GatewayError):
    """Nothing was said."""

    code = "empty_text"
    status = 422


class TextTooLong(GatewayError):
    """More than 4,000 characters at once."""

    code = "text_too_long"
    status = 422


class UnknownButton(GatewayError):
    """A payload that no button of this case offered."""

    code = "unknown_button"
    status = 422


class UnknownDemo(GatewayError):
    """No demonstration merchant of this name, or no demonstration here."""

    code = "unknown_demo"
    status = 422


class EmptyFile(GatewayError):
    """A file of no bytes."""

    code = "empty_file"
    status = 422


class BrokenFile(GatewayError):
    """The right kind of file, but cut off or damaged."""

    code = "broken_file"
    status = 422


class FileTooLarge(GatewayError):
    """More than 20 MB."""

    code = "file_too_large"
    status = 413


class PictureTooLarge(GatewayError):
    """More than 120 megapixels."""

    code = "picture_too_large"
    status = 413


class TooManyPages(GatewayError):
    """More than 60 pages."""

    code = "too_many_pages"
    status = 413


class OneFileAtATime(GatewayError):
    """Several files in one upload, of which all but one would be lost."""

    code = "one_file_at_a_time"
    status = 422


class UnsupportedType(GatewayError):
    """Not a kind of file that is read."""

    code = "unsupported_type"
    status = 415


class UnknownField(GatewayError):
    """A correction of something that this paper does not have."""

    code = "unknown_field"
    status = 422


class BadValue(GatewayError):
    """A correction that is no amount or no day where the field is one."""

    code = "bad_value"
    status = 422


class NotReadYet(GatewayError):
    """The proof is still being read."""

    code = "not_read_yet"
    status = 409


class DialogueUnavailable(GatewayError):
    """The dialogue engine does not answer."""

    code = "dialogue_unavailable"
    status = 503
    retryable = True
