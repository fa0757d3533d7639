"""Rows and columns, and what follows from them."""

from __future__ import annotations

import pytest

from bailing.terms import VoucherType
from perception.fields.derived import months_between
from perception.fields.paper import Paper, read_paper
from perception.inspection import SeenTable
from perception.page.layout import place
from perception.voucher_files import voucher_files
from tests.perception.pages import turned, typeset

FILES = voucher_files()
FIRST = """
示例银行账户明细
户名：样本商行      账号：6222000011112222
起止日期：2026-01-01至2026-02-28
交易日期      摘要      收入         支出         余额
2026-01-05    货款      1,000.00                  3,000.00
2026-01-09    采购                   500.00       2,500.00
"""
SECOND = """
2026-02-03    货款      2,000.00                  4,500.00
2026-02-20    电费                   120.50       4,379.50
收入合计  3,000.00
"""


def read(kind: str, *pages: str, degrees: float = 0.0) -> Paper:
    lines = [place(turned(typeset(page), degrees), n) for n, page in enumerate(pages)]
    return read_paper(FILES[VoucherType(kind)], lines)


def values(paper: Paper) -> dict[str, str]:
    return {field.name: field.value for field in paper.fields}


@pytest.mark.parametrize("degrees", [0.0, -4.0])
def test_rows_go_on_upon_the_next_page(degrees: float) -> None:
    paper = read("bank_statement", FIRST, SECOND, degrees=degrees)
    assert [(t.page, len(t.rows)) for t in paper.tables] == [(0, 3), (1, 3)]
    assert paper.tables[1].rows[0] == paper.tables[0].rows[0]
    found = values(paper)
    assert found["total_in_cny"] == "3000.00"
    assert found["total_out_cny"] == "620.50"
    assert found["closing_balance_cny"] == "4379.50"
    assert found["monthly_inflow_cny"] == "1500.00"


def test_a_row_of_two_lines_is_one() -> None:
    page = """
交易日期      摘要      交易金额     账户余额     对方户名
2026-01-05    转账      1,000.00     3,000.00     石家庄示例建筑
                                                  装饰有限公司
2026-01-09    消费      -500.00      2,500.00     样张超市
"""
    (table,) = read("bank_statement", page).tables
    assert [row[4] for row in table.rows] == ["对方户名", "石家庄示例建筑装饰有限公司", "样张超市"]


def test_a_line_over_two_columns_is_cut() -> None:
    page = """
交易日期      摘要        交易金额     余额
2026-01-05 转账存入       1,000.00     3,000.00
2026-01-09    消费        -500.00      2,500.00
"""
    (table,) = read("bank_statement", page).tables
    assert table.rows[1] == ("2026-01-05", "转账存入", "1,000.00", "3,000.00")


def test_a_header_of_two_lines() -> None:
    page = """
交易          摘要        交易         账户
日期                      金额         余额
2026-01-05    转账        1,000.00     3,000.00
"""
    (table,) = read("bank_statement", page).tables
    assert table.rows[0] == ("交易日期", "摘要", "交易金额", "账户余额")


def test_a_statement_may_run_backwards() -> None:
    page = """
交易日期      摘要      收入         支出         余额
2026-02-20    货款      2,000.00                  4,500.00
2026-01-09    采购                   500.00       2,500.00
"""
    assert values(read("bank_statement", page))["closing_balance_cny"] == "4500.00"


def test_a_paper_without_a_table_has_none() -> None:
    paper = read("bank_statement", "示例银行\n户名：样本商行")
    assert paper.tables == ()
    assert "total_in_cny" not in values(paper)
    assert read("bank_statement", "").fields == ()


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-01-01", "2026-03-31", "3"),
        ("2026-01-15", "2026-02-14", "1"),
        ("2026-01-01", "2026-02-14", "1.5"),
        ("2026-01-01", "2026-01-03", "1"),
        ("2026-02-01", "2026-01-01", "None"),
    ],
)
def test_months(first: str, last: str, months: str) -> None:
    assert str(months_between(first, last)) == months


def test_a_table_s_rows_have_the_header_s_cells() -> None:
    with pytest.raises(ValueError, match="cells"):
        SeenTable(0, (0, 0, 1, 1), (("a", "b"), ("c",)))
