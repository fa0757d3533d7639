"""PDFs as they come in: where their text stands, what is filled in, what is locked."""

from __future__ import annotations

import numpy as np
import pytest

from perception.errors import BrokenFile, EncryptedFile, OverblownFile, TooManyPages
from perception.files.decode import Page, decode
from perception.files.letters import garbled, plain
from perception.files.pdf_pages import LOOKED_AT, sheets_of
from perception.files.sheets import Sheet
from tests.perception.bad_files import pdf_of, pdf_pages_of
from tests.perception.pdf_files import document, filled_in, locked, picture, shown, sideways


def only(content: bytes) -> Sheet:
    (sheet,) = sheets_of(content).pages
    assert sheet is not None
    return sheet


def texts(sheet: Sheet) -> list[str]:
    return [text for text, _ in sheet.lines]


def inked(sheet: Sheet) -> float:
    """The share of a page's ink that lies within the boxes of its lines."""
    image = np.frombuffer(sheet.rgb, np.uint8).reshape(sheet.height, sheet.width, 3)
    dark = image.min(axis=2) < 128
    total = dark.sum()
    for _, (x0, y0, _, _, x1, y1, _, _) in sheet.lines:
        dark[max(0, int(y0) - 2) : int(y1) + 3, max(0, int(x0) - 2) : int(x1) + 3] = False
    return 1.0 - dark.sum() / total


PLAIN = shown("Invoice No 24132000") + shown("Total 1130.00", 300, 500)


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_text_stands_where_it_is_drawn_however_the_page_is_turned(angle: int) -> None:
    sheet = only(document([PLAIN], page=b"/Rotate %d" % angle))
    assert texts(sheet) == ["Invoice No 24132000", "Total 1130.00"]
    assert sheet.width < sheet.height
    assert inked(sheet) > 0.99
    assert sheet.lines[0][1][1] < sheet.lines[1][1][1]


def test_text_that_runs_upwards_is_set_level() -> None:
    sheet = only(document([sideways("Bank statement", 100, 100) + sideways("Page 1", 300, 100)]))
    assert sheet.width > sheet.height
    assert inked(sheet) > 0.99
    assert all(x1 - x0 > y1 - y0 for _, (x0, y0, x1, _, _, y1, *_) in sheet.lines)


def test_a_cropped_page_shows_its_crop() -> None:
    sheet = only(document([PLAIN], page=b"/CropBox[50 450 560 750]"))
    assert sheet.width > sheet.height
    assert inked(sheet) > 0.99


def test_what_is_filled_into_a_form_is_read() -> None:
    sheet = only(filled_in("1130.00"))
    assert texts(sheet) == ["Total due", "1130.00"]
    assert inked(sheet) > 0.9


def test_a_document_that_asks_for_a_password() -> None:
    with pytest.raises(EncryptedFile):
        decode(locked("Total 1130.00", user=b"1234"))


def test_one_that_only_forbids_changes_is_read() -> None:
    pages, _ = decode(locked("Total 1130.00", user=b""))
    assert [line.text for line in pages[0].text] == ["Total 1130.00"]


@pytest.mark.parametrize(
    "more",
    [
        b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\); while\\(true\\){})>>",
        b"/OpenAction<</S/Launch/F(/bin/sh)>>",
        b"/OpenAction<</S/URI/URI(http://192.0.2.1/)>>",
        b"/AA<</WC<</S/JavaScript/JS(while\\(true\\){})>>>>",
        b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(while\\(true\\){})>>]>>>>",
    ],
)
def test_scripts_and_actions_are_not_run(more: bytes) -> None:
    assert "Total 1130.00" in texts(only(document([PLAIN], more=more)))


def test_of_a_long_document_the_text_is_read_throughout() -> None:
    pages, count = decode(document([shown(f"Page {n} balance {n}.00") for n in range(25)]))
    assert count == len(pages) == 25
    assert [page.text[0].text for page in pages] == [f"Page {n} balance {n}.00" for n in range(25)]
    fine = [n for n, page in enumerate(pages) if not page.coarse]
    assert fine == [*range(LOOKED_AT - 1), 24]
    assert len({round(frame(page)[0], -1) for page in pages}) == 1


def frame(page: Page) -> tuple[float, float]:
    height, width = page.image_rgb.shape[:2]
    return width * page.scale, height * page.scale


def test_one_page_that_is_asked_for_is_drawn_finely() -> None:
    pages, _ = decode(document([shown(f"Page {n}") for n in range(25)]), only=15)
    assert [n for n, page in enumerate(pages) if page.opened] == [15]
    assert not pages[15].coarse


def test_a_page_that_does_not_open_keeps_its_place() -> None:
    content = document([shown("One"), shown("Two"), shown("Three")])
    pages, count = decode(
        content.replace(b"/Kids[4 0 R 6 0 R 8 0 R]", b"/Kids[4 0 R 99 0 R 8 0 R]")
    )
    assert count == 3
    assert [page.opened for page in pages] == [True, False, True]


def test_how_much_of_a_page_is_a_picture_and_how_much_of_its_text_unseen() -> None:
    scanned = only(document([picture() + shown("Total 1130.00", mode=3)]))
    assert scanned.pictured > 0.99
    assert scanned.unseen == 1.0
    printed = only(document([picture(100, 100) + PLAIN]))
    assert printed.pictured < 0.05
    assert printed.unseen == 0.0


def test_bold_print_and_letters_drawn_apart_are_one_line() -> None:
    twice = shown("Total 9.00") + shown("Total 9.00", 73)
    apart = b"".join(shown(c, 72 + 14 * n, 600) for n, c in enumerate("24132000"))
    assert texts(only(document([twice + apart]))) == ["Total 9.00", "24132000"]


def test_letters_have_their_own_codes() -> None:
    assert plain("\u2f45\u5f0f \ufa09\t\u2ee2\u200b ") == "方式 降 马"
    assert garbled("\ue001\ue002合计") == 0.5
    assert garbled("") == 0.0


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (pdf_pages_of(300), TooManyPages),
        (pdf_of(b"", box=b"0 0 1e30 1e30").replace(b"/Kids[3 0 R]", b"/Kids[]"), BrokenFile),
        (b"%PDF-1.4\n%%EOF", BrokenFile),
    ],
)
def test_what_is_no_document_says_so(content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        decode(content)


def test_a_document_that_takes_too_long_is_overblown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perception.files.apart.SECONDS", 0.01)
    with pytest.raises(OverblownFile):
        decode(document([PLAIN]))
