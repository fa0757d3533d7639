"""OFD files: letters at their places, templates, stamps, data; and those that play tricks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from perception.errors import (
    BrokenFile,
    EncryptedFile,
    OverblownFile,
    PerceptionError,
    TooManyPages,
    UnsupportedType,
)
from perception.files.archive import MAX_WHOLE, Archive, beside, leads_outside
from perception.files.decode import decode
from perception.files.ofd import LOOKED_AT, sheets_of
from perception.files.sheets import Sheet
from tests.perception.bad_files import zip_bomb
from tests.perception.ofd_files import (
    NUMBER,
    PRINTED,
    XMLNS,
    einvoice,
    invoice_ofd,
    ofd_parts,
    old_einvoice,
    page_of,
    png,
    words_at,
    zipped,
)


def only(content: bytes) -> Sheet:
    (sheet,) = sheets_of(content).pages
    assert sheet is not None
    return sheet


def pixels(sheet: Sheet) -> np.ndarray:
    return np.frombuffer(sheet.rgb, np.uint8).reshape(sheet.height, sheet.width, 3)


def test_an_invoice_has_its_print_its_pictures_and_its_seal() -> None:
    sheet = only(invoice_ofd())
    assert [text for text, _ in sheet.lines][:2] == [
        "电子发票（增值税专用发票）",
        f"发票号码：{NUMBER}",
    ]
    assert (sheet.width, sheet.height) == (1654, 1102)
    per_mm = sheet.width / 210
    x0, y0, *_ = sheet.lines[1][1]
    assert abs(x0 / per_mm - 150) < 0.2
    assert abs(y0 / per_mm - 20.4) < 0.3
    ((name, box),) = sheet.seals
    assert name == "石家庄示例货运有限公司发票专用章"
    red = (pixels(sheet) == (255, 0, 0)).all(axis=2)
    assert red[box[1] : box[3], box[0] : box[2]].sum() == red.sum() > 1_000
    blue = (pixels(sheet) == (0, 0, 255)).all(axis=2)
    assert blue[: int(26 * per_mm), : int(31 * per_mm)].sum() == blue.sum() > 1_000


def test_letters_are_drawn_where_they_are_said_to_be() -> None:
    sheet = only(zipped(ofd_parts([page_of(*PRINTED)])))
    dark = pixels(sheet).min(axis=2) < 128
    whole = dark.sum()
    for _, (x0, y0, _, _, x1, y1, _, _) in sheet.lines:
        dark[int(y0) - 3 : int(y1) + 4, int(x0) - 3 : int(x1) + 4] = False
    assert whole > 2_000
    assert dark.sum() < 0.02 * whole


@pytest.mark.parametrize("name", ["original_invoice.xml", "EInvoice.XML", "数据.xml"])
def test_attached_data_is_read(name: str) -> None:
    pages, _ = decode(invoice_ofd(einvoice(), name=name))
    assert pages[0].data["invoice_number"] == NUMBER
    assert pages[0].data["kind"] == "vat_special_invoice"
    assert pages[0].reader.startswith("ofd")


def test_the_older_data_is_read() -> None:
    data = sheets_of(invoice_ofd(old_einvoice())).data
    assert data["invoice_code"] == "013002000111"
    assert data["tax_cny"] == "130.00"
    assert data["kind"] == "vat_general_invoice"


def test_damaged_data_leaves_the_print() -> None:
    sheets = sheets_of(invoice_ofd("<?xml version='1.0'?><a>"))
    assert not sheets.data
    assert sheets.pages[0] is not None
    assert len(sheets.pages[0].lines) == len(PRINTED)


def test_tags_name_the_print_that_is_each_value() -> None:
    values = {"InvoiceNo": NUMBER, "TaxInclusiveTotalAmount": "1130.00", "SellerName": "示例公司"}
    objects = [words_at(10, 10 * n + 10, v, id_=n) for n, v in enumerate(values.values())]
    tags = "".join(
        f"<{name}><ofd:ObjectRef PageRef='1'>{n}</ofd:ObjectRef></{name}>"
        for n, name in enumerate(values)
    )
    parts = ofd_parts(
        [page_of(*objects)], after="<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>"
    )
    parts["Doc_0/Tags/CustomTags.xml"] = (
        f"<ofd:CustomTags {XMLNS}><ofd:CustomTag><ofd:FileLoc>CustomTag.xml</ofd:FileLoc>"
        "</ofd:CustomTag></ofd:CustomTags>"
    )
    parts["Doc_0/Tags/CustomTag.xml"] = f"<eInvoice {XMLNS}>{tags}</eInvoice>"
    data = sheets_of(zipped(parts)).data
    assert (data["invoice_number"], data["total_cny"]) == (NUMBER, "1130.00")


def test_a_description_may_hold_the_data() -> None:
    told = {"InvoiceNumber": NUMBER, "TotalTax-includedAmount": "5.00", "SellerName": "示例公司"}
    datas = "".join(f'<ofd:CustomData Name="{k}">{v}</ofd:CustomData>' for k, v in told.items())
    info = f"<ofd:DocInfo><ofd:CustomDatas>{datas}</ofd:CustomDatas></ofd:DocInfo>"
    data = sheets_of(zipped(ofd_parts([page_of(*PRINTED)], info=info))).data
    assert data["total_cny"] == "5.00"


def test_matrices_move_turn_and_enlarge() -> None:
    moved = words_at(10, 10, "合计金额").replace('Size="4.0"', 'Size="4.0" CTM="2 0 0 2 5 5"')
    upwards = words_at(100, 100, "合计").replace('Size="4.0"', 'Size="4.0" CTM="0 -1 1 0 0 0"')
    sheet = only(zipped(ofd_parts([page_of(moved, upwards)])))
    per_mm = sheet.width / 210
    boxes = [np.array(quad)[[0, 1, 4, 5]] / per_mm for _, quad in sheet.lines]
    assert boxes[0] == pytest.approx([15, 16.1, 47, 24.1], abs=0.2)
    assert boxes[1] == pytest.approx([100.6, 92, 104.6, 100], abs=0.2)


def test_letters_step_as_they_are_told() -> None:
    code = '<ofd:TextCode X="1" Y="4" DeltaX="{}">1234</ofd:TextCode>'
    for steps in ("g 3 10", "10 10 10", "10 g 2 10", "10 10 g 99999 10"):
        text = f'<ofd:TextObject Boundary="0 0 90 9" Size="4">{code.format(steps)}</ofd:TextObject>'
        ((words, quad),) = only(zipped(ofd_parts([page_of(text)]))).lines
        assert words == "1234"
        assert (quad[2] - quad[0]) / (1654 / 210) == pytest.approx(32, abs=0.2)


def test_what_is_invisible_is_not_read() -> None:
    hidden = words_at(10, 10, "看不见").replace(
        "<ofd:TextObject ", '<ofd:TextObject Visible="false" '
    )
    assert not only(zipped(ofd_parts([page_of(hidden)]))).lines


def test_a_stamp_written_on_later_is_part_of_the_page() -> None:
    parts = ofd_parts([page_of(*PRINTED)], after="<ofd:Annotations>A.xml</ofd:Annotations>")
    parts["Doc_0/A.xml"] = (
        f'<ofd:Annotations {XMLNS}><ofd:Page PageID="1"><ofd:FileLoc>B.xml</ofd:FileLoc>'
        "</ofd:Page></ofd:Annotations>"
    )
    parts["Doc_0/B.xml"] = (
        f'<ofd:PageAnnot {XMLNS}><ofd:Annot Type="Stamp"><ofd:Appearance Boundary="20 110 90 20">'
        f"{words_at(1, 1, '作废')}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
    )
    lines = only(zipped(parts)).lines
    assert lines[-1][0] == "作废"
    assert lines[-1][1][0] / (1654 / 210) == pytest.approx(21, abs=0.2)


def test_pages_are_read_in_their_order_and_drawn_coarsely_between() -> None:
    pages = [page_of(words_at(10, 10, f"第{n}页")) for n in range(20)]
    sheets = sheets_of(zipped(ofd_parts(pages)))
    assert [s.lines[0][0] for s in sheets.pages if s] == [f"第{n}页" for n in range(20)]
    assert [n for n, s in enumerate(sheets.pages) if s and not s.coarse] == [
        *range(LOOKED_AT - 1),
        19,
    ]


def test_a_damaged_page_keeps_its_place() -> None:
    pages = [page_of(words_at(10, 10, "一")), "<ofd:Page", page_of(words_at(10, 10, "三"))]
    assert [s is not None for s in sheets_of(zipped(ofd_parts(pages))).pages] == [True, False, True]


def test_too_many_pages() -> None:
    with pytest.raises(TooManyPages):
        decode(zipped(ofd_parts([page_of()] * 61)))


# --- tricks -----------------------------------------------------------------------------------


def with_parts(**more: bytes | str) -> bytes:
    return zipped(ofd_parts([page_of(*PRINTED)]) | more)


def declared(xml: str) -> bytes:
    parts = ofd_parts([page_of(*PRINTED)])
    parts["Doc_0/Document.xml"] = xml + str(parts["Doc_0/Document.xml"])
    return zipped(parts)


def nested(depth: int) -> bytes:
    blocks = "<ofd:PageBlock>" * depth + "</ofd:PageBlock>" * depth
    return zipped(ofd_parts([page_of(blocks)]))


def locked() -> bytes:
    """The parts said to be under a password: a flag in each of their two headers."""
    content = bytearray(invoice_ofd())
    for start, flag in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = content.find(start)
        while at >= 0:
            content[at + flag] |= 1
            at = content.find(start, at + 4)
    return bytes(content)


def twice() -> bytes:
    return zipped({"OFD.xml": "<a/>", "OFD.xmk": "<b/>"}).replace(b"OFD.xmk", b"OFD.xml")


BIG = b"<a>" + b" " * (20 * 2**20) + b"</a>"


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (zip_bomb, BrokenFile),
        (lambda: with_parts(**{"../../etc/passwd": "x"}), BrokenFile),
        (lambda: with_parts(**{"/etc/passwd": "x"}), BrokenFile),
        (lambda: with_parts(**{"C:/x": "x"}), BrokenFile),
        (lambda: with_parts(**{"..\\x": "x"}), BrokenFile),
        (lambda: with_parts(**{"OFD.xml": BIG}), OverblownFile),
        (lambda: with_parts(**{"OFD.xml": bytes(500 * 2**20)}), OverblownFile),
        (lambda: with_parts(**{f"{n}": "" for n in range(2_000)}), OverblownFile),
        (lambda: with_parts(**{"Doc_0/Document.xml": "<a/>"}), BrokenFile),
        (lambda: with_parts(**{"OFD.xml": "<a/>"}), BrokenFile),
        (lambda: declared('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'), BrokenFile),
        (lambda: declared("<!DOCTYPE a>"), BrokenFile),
        (lambda: nested(100), OverblownFile),
        (locked, EncryptedFile),
        (twice, BrokenFile),
        (lambda: zipped({"word/document.xml": "x"}), UnsupportedType),
    ],
)
def test_tricks_are_refused(make: Callable[[], bytes], error: type[PerceptionError]) -> None:
    with pytest.raises(error):
        decode(make())


def test_a_place_that_leads_outside_is_no_part(tmp_path: object) -> None:
    parts = ofd_parts([page_of(*PRINTED)])
    parts["OFD.xml"] = str(parts["OFD.xml"]).replace("Doc_0/Document.xml", "../../../../etc/passwd")
    with pytest.raises(BrokenFile):
        decode(zipped(parts))
    assert leads_outside(beside("Doc_0", "../../x"))
    assert beside("Doc_0", "/Doc_0/a/./b.xml") == "Doc_0/a/b.xml"


def test_parts_are_bounded_together() -> None:
    parts = {f"{n}": bytes(30 * 2**20) for n in range(5)}
    archive = Archive(zipped(parts))
    with pytest.raises(OverblownFile):
        _ = [archive.read(name) for name in parts]
    assert MAX_WHOLE < 5 * 30 * 2**20


def test_a_picture_of_more_pixels_than_paper_has_is_left_out() -> None:
    parts = ofd_parts(
        [page_of('<ofd:ImageObject ResourceID="7" Boundary="10 5 20 20"/>', *PRINTED)],
        common="<ofd:DocumentRes>R.xml</ofd:DocumentRes>",
    )
    parts["Doc_0/R.xml"] = (
        f'<ofd:Res {XMLNS}><ofd:MultiMedias><ofd:MultiMedia ID="7">'
        "<ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    for picture in (png(size=(7_000, 7_000)), b"not a picture", b""):
        sheet = only(zipped(parts | {"Doc_0/a.png": picture}))
        assert len(sheet.lines) == len(PRINTED)
        assert tuple(pixels(sheet)[100, 150]) == (225, 225, 225)
