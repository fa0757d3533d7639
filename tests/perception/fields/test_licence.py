"""Fields of a licence by where they stand."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from bailing.terms import VoucherType
from perception.fields.licence import licence_fields
from perception.page.layout import place
from perception.page.outline import Outline, straightened
from perception.page.reading import ReadLine, boxed
from perception.voucher_files import voucher_files
from tests.perception import pages

FILE = voucher_files()[VoucherType.BUSINESS_LICENSE]


def read(lines) -> dict[str, str]:
    return {f.name: f.value for f in licence_fields(FILE, lines)}


@pytest.mark.parametrize("degrees", [0.0, -7.0, 10.0])
def test_every_field_is_found_however_the_page_lies(degrees: float) -> None:
    assert read(pages.licence(degrees)) == {
        "name": "石家庄市建国示例货运部",
        "social_credit_code": "92130108G8BLHHDH6N",
        "legal_person": "王建国",
        "company_type": "个体工商户",
        "address": "河北省石家庄市裕华区示范路358号",
        "registered_capital": "100000.00",
        "established_on": "2017-11-29",
        "valid_until": "long_term",
        "business_scope": "许可项目：道路货物运输（不含危险货物）。",
    }


def test_an_old_licence_has_its_number() -> None:
    line = pages.line
    lines = [
        line("企业法人营业执照", 300, 50), line("注册号440306109930323", 500, 120),
        line("企业类型", 60, 250), line("有限责任公司", 240, 250),
        line("成立日期二〇一四年七月廿五日", 60, 300),
    ]  # fmt: skip
    fields = read(place(lines))
    assert fields["registration_number"] == "440306109930323"
    assert fields["established_on"] == "2014-07-25"
    assert "social_credit_code" not in fields


def test_a_watermark_is_no_value() -> None:
    line = pages.line
    mark = pages.boxed("某某网", 0.99, (420, 330, 700, 420))
    lines = [
        line("法定代表人", 60, 350), line("王建国", 240, 350), line("注册资本", 60, 400), mark,
        line("伍拾万元整", 240, 400),
    ]  # fmt: skip
    assert read(place(lines))["legal_person"] == "王建国"


def test_an_unproven_code_is_unsure() -> None:
    fields = licence_fields(FILE, place([pages.line("92130108G8BLHHDH6K", 60, 160)]))
    (code,) = fields
    assert code.confidence < 0.5


def test_confidence_falls_with_the_reader_s() -> None:
    def name(confidence: float) -> float:
        lines = [pages.line("名称", 60, 50), pages.line("示例货运部", 200, 50, confidence)]
        return next(f.confidence for f in licence_fields(FILE, place(lines)) if f.name == "name")

    assert name(0.6) < name(0.99)
    assert 0 <= name(0.5) <= 1


def test_a_label_s_own_words_within_its_value_are_no_label() -> None:
    line = pages.line
    lines = [
        line("经营范围", 60, 400), line("以章程为准，信息请至平台查询。", 240, 400),
        line("经营范围中涉及许可的，取得许可", 240, 435), line("后方可经营。", 240, 470),
    ]  # fmt: skip
    assert read(place(lines))["business_scope"] == (
        "以章程为准，信息请至平台查询。经营范围中涉及许可的，取得许可后方可经营。"
    )


def test_a_type_ends_with_its_form_and_an_address_is_known_without_its_label() -> None:
    line = pages.line
    lines = [
        line("名称", 60, 250), line("示例花卉种植园", 240, 250),
        line("类型", 60, 300), line("个体工商户", 240, 300),
        line("河北省石家庄市裕华区示范路8号", 240, 345),
        line("经营者", 60, 400), line("王建国", 240, 400),
    ]  # fmt: skip
    fields = read(place(lines))
    assert fields["company_type"] == "个体工商户"
    assert fields["address"] == "河北省石家庄市裕华区示范路8号"


def test_a_form_in_brackets_goes_on_in_the_next_line() -> None:
    line = pages.line
    lines = [
        line("类型", 60, 300), line("有限责任公司", 240, 300), line("(自然人独资)", 240, 335),
        line("经营者", 60, 400), line("王建国", 240, 400),
    ]  # fmt: skip
    assert read(place(lines))["company_type"] == "有限责任公司（自然人独资）"


def test_the_term_of_business_tells_the_founding_day() -> None:
    line = pages.line
    lines = [line("营业期限", 60, 350), line("2017年11月29日至长期", 240, 350)]
    fields = {f.name: f for f in licence_fields(FILE, place(lines))}
    assert fields["established_on"].value == "2017-11-29"
    assert fields["established_on"].confidence < 0.7
    open_end = [line("营业期限", 60, 350), line("长期", 240, 350)]
    assert "established_on" not in read(place(open_end))


def test_a_page_seen_from_below_is_read_once_it_is_straight() -> None:
    corners = ((250.0, 80.0), (900.0, 120.0), (1250.0, 760.0), (20.0, 640.0))
    size = np.asarray([[0, 0], [1400, 0], [1400, 720], [0, 720]], np.float32)
    matrix = cv2.getPerspectiveTransform(size, np.asarray(corners, np.float32))
    lines = []
    for placed in pages.licence():
        flat = boxed(placed.text, 0.99, placed.line.box).corners
        points = np.asarray(flat, np.float32).reshape(-1, 1, 2)
        seen = cv2.perspectiveTransform(points, matrix)[:, 0]
        a, b, c, d = ((float(x), float(y)) for x, y in seen)
        lines.append(ReadLine(placed.text, 0.99, (a, b, c, d)))
    straight = straightened(lines, Outline(corners))
    assert read(place(lines, 0, straight)) == read(pages.licence())
