"""What an Inspection states goes out as JSON and comes back the same."""

from __future__ import annotations

import json
from dataclasses import replace

from bailing.terms import VoucherType
from perception import from_json, to_json
from perception.inspection import (
    Authenticity,
    Field,
    Guess,
    Inspection,
    Quality,
    SeenTable,
    Verdict,
)

BOX = (1, 2, 30, 40)
SEEN = Inspection(
    sha256="0" * 64,
    pages=2,
    quality=Quality(True),
    voucher=Guess(VoucherType.BANK_STATEMENT, 0.97),
    alternatives=(),
    fields=(Field("account_name", "户名", "account name", "样本", "样木", 0.5, BOX, 1, True),),
    marks=(),
    objects=(),
    authenticity=Authenticity(None, None, (), Verdict.GENUINE),
    lines=(),
    models=("reader@1",),
    tables=(SeenTable(1, BOX, (("日期", "金额"), ("2026-01-05", "1.00"))),),
)


def test_tables_and_repairs_come_back() -> None:
    body = json.loads(json.dumps(to_json(SEEN)))
    assert body["tables"] == [
        {"page": 1, "box": [1, 2, 30, 40], "rows": [["日期", "金额"], ["2026-01-05", "1.00"]]}
    ]
    assert body["fields"]["account_name"]["repaired"] is True
    assert from_json(body) == SEEN


def test_what_was_kept_before_there_were_tables_is_read() -> None:
    body = to_json(replace(SEEN, tables=()))
    del body["tables"]
    del body["fields"]["account_name"]["repaired"]
    found = from_json(body)
    assert found.tables == ()
    assert not found.fields[0].repaired
