"""The audit chain names its first broken entry, whatever was done to the rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from casefile import BreakKind, CaseFile, Head, open_casefile
from casefile.audit import entry_hash

KEY = b"k" * 32
ENTRIES = 7


@pytest.fixture
def casefile(tmp_path: Path) -> Iterator[CaseFile]:
    opened = open_casefile(f"sqlite:///{tmp_path}/b.db", f"file://{tmp_path}/uploads", KEY)
    opened.migrate()
    append(opened, ENTRIES)
    yield opened
    opened.close()


def append(casefile: CaseFile, count: int) -> None:
    with casefile.begin() as ledger:
        for n in range(count):
            ledger.audit.append("x", actor="test", subject=f"ev_{n}", detail={"名": n, "f": 1.5})


def tamper(casefile: CaseFile, *statements: str) -> None:
    engine = create_engine(casefile._engine.url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def broken(casefile: CaseFile) -> tuple[int, BreakKind] | None:
    with casefile.read() as ledger:
        found = ledger.audit.verify().broken
    return None if found is None else (found.seq, found.kind)


def test_a_whole_chain_holds_and_tells_its_head(casefile: CaseFile) -> None:
    with casefile.read() as ledger:
        report = ledger.audit.verify()
        last = list(ledger.audit.entries())[-1]
    assert (report.entries, report.broken) == (ENTRIES, None)
    assert report.head == Head(last.seq, last.hash)


def test_an_empty_chain_holds(tmp_path: Path) -> None:
    opened = open_casefile(f"sqlite:///{tmp_path}/e.db", f"file://{tmp_path}/u", KEY)
    opened.migrate()
    assert broken(opened) is None
    opened.close()


@pytest.mark.parametrize(
    ("statement", "seq", "kind"),
    [
        ("UPDATE audit SET detail = '{\"n\": 9}' WHERE seq = 3", 3, "hash"),
        ("UPDATE audit SET actor = 'other' WHERE seq = 1", 1, "hash"),
        ("UPDATE audit SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 4", 4, "hash"),
        ("UPDATE audit SET at = 'never' WHERE seq = 4", 4, "hash"),
        ("UPDATE audit SET detail = '{' WHERE seq = 5", 5, "hash"),
        ("UPDATE audit SET subject = NULL WHERE seq = 2", 2, "hash"),
        ("UPDATE audit SET hash = 'x' WHERE seq = 2", 2, "hash"),
        ("UPDATE audit SET previous_hash = 'x' WHERE seq = 6", 6, "link"),
        ("DELETE FROM audit WHERE seq = 3", 3, "gap"),
        ("DELETE FROM audit WHERE seq = 1", 1, "gap"),
        ("UPDATE audit SET seq = 99 WHERE seq = 4", 4, "gap"),
        ("DELETE FROM audit WHERE seq = 7", 7, "truncated"),
        ("DELETE FROM audit WHERE seq > 2", 3, "truncated"),
        ("DELETE FROM audit", 1, "truncated"),
        ("DELETE FROM audit_head", 7, "unsealed"),
        ("UPDATE audit_head SET seal = 'x'", 7, "unsealed"),
    ],
)
def test_the_first_broken_entry_is_named(
    casefile: CaseFile, statement: str, seq: int, kind: str
) -> None:
    tamper(casefile, statement)
    assert broken(casefile) == (seq, BreakKind(kind))
    append(casefile, 2)
    again = broken(casefile)
    assert again is not None, "what was done stays visible after new entries"
    assert again[0] <= seq + 1


def test_entries_exchanged_are_noticed(casefile: CaseFile) -> None:
    tamper(
        casefile,
        "UPDATE audit SET seq = 100 WHERE seq = 2",
        "UPDATE audit SET seq = 2 WHERE seq = 3",
        "UPDATE audit SET seq = 3 WHERE seq = 100",
    )
    assert broken(casefile) == (2, BreakKind.LINK)


def rehash(casefile: CaseFile, upto: int) -> None:
    """As somebody would who knows the code and writes to the database, but lacks the key."""
    engine = create_engine(casefile._engine.url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit SET actor = 'forger' WHERE seq = 2"))
        connection.execute(text(f"DELETE FROM audit WHERE seq > {upto}"))
        previous = "0" * 64
        for row in connection.execute(text("SELECT * FROM audit ORDER BY seq")).mappings().all():
            entry = dict(row)
            entry.pop("hash")
            entry["at"] = datetime.fromisoformat(entry["at"])
            entry["detail"] = json.loads(entry["detail"])
            entry["previous_hash"] = previous
            stated = entry_hash(entry)
            connection.execute(
                text("UPDATE audit SET previous_hash = :p, hash = :h WHERE seq = :s"),
                {"p": previous, "h": stated, "s": entry["seq"]},
            )
            previous = stated
        connection.execute(
            text("UPDATE audit_head SET seq = :s, hash = :h"), {"s": upto, "h": previous}
        )
    engine.dispose()


@pytest.mark.parametrize("upto", [ENTRIES, 4])
def test_a_chain_hashed_anew_lacks_the_seal(casefile: CaseFile, upto: int) -> None:
    rehash(casefile, upto)
    assert broken(casefile) == (upto, BreakKind.UNSEALED)
    append(casefile, 1)
    assert broken(casefile) == (upto + 1, BreakKind.LINK)


def test_an_older_copy_is_noticed_by_a_noted_head_only(casefile: CaseFile) -> None:
    with casefile.read() as ledger:
        old = ledger.audit.verify().head
    append(casefile, 2)
    with casefile.read() as ledger:
        new = ledger.audit.verify().head
        assert ledger.audit.verify(old).broken is None
    engine = create_engine(casefile._engine.url)
    with casefile.begin() as ledger:
        seal = ledger.audit._seal(old)  # what an older copy of the database would hold
    with engine.begin() as connection:
        connection.execute(text(f"DELETE FROM audit WHERE seq > {old.seq}"))
        connection.execute(
            text("UPDATE audit_head SET seq = :s, hash = :h, seal = :m"),
            {"s": old.seq, "h": old.hash, "m": seal},
        )
    engine.dispose()
    with casefile.read() as ledger:
        assert ledger.audit.verify().broken is None
        found = ledger.audit.verify(new).broken
    assert found is not None
    assert (found.seq, found.kind) == (new.seq, BreakKind.NOTED)


def test_a_credit_file_from_before_the_seal_is_sealed_once(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    import casefile as room

    opened = open_casefile(f"sqlite:///{tmp_path}/old.db", f"file://{tmp_path}/u", KEY)
    opened.migrate()
    append(opened, 3)
    config = Config()
    config.set_main_option("script_location", str(Path(room.__file__).parent / "migrations"))
    with opened._engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    opened.migrate()
    assert broken(opened) is None
    append(opened, 1)
    assert broken(opened) is None
    tamper(opened, "DELETE FROM audit_head")
    opened.migrate()
    assert broken(opened) == (4, BreakKind.UNSEALED)
    opened.close()


def test_ten_thousand_entries_are_walked_some_at_a_time(casefile: CaseFile) -> None:
    append(casefile, 3_000)
    tamper(casefile, "UPDATE audit SET actor = 'x' WHERE seq = 2999")
    assert broken(casefile) == (2999, BreakKind.HASH)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_change_of_any_row_is_noticed_there(casefile: CaseFile, data: st.DataObject) -> None:
    seq = data.draw(st.integers(1, ENTRIES), label="seq")
    column = data.draw(
        st.sampled_from(["at", "actor", "action", "case_id", "subject", "detail", "hash"])
    )
    value = data.draw(st.none() | st.text('ab{}[]:"0é名', max_size=8), label="value")
    engine = create_engine(casefile._engine.url)
    with engine.connect() as connection:
        before = connection.execute(text(f"SELECT {column} FROM audit WHERE seq = {seq}")).scalar()
        nullable = column in ("case_id", "subject")
        assume(value != before and (value is not None or nullable))
        change = text(f"UPDATE audit SET {column} = :v WHERE seq = {seq}")
        connection.execute(change, {"v": value})
        connection.commit()
        assert broken(casefile) == (seq, BreakKind.HASH)
        connection.execute(change, {"v": before})
        connection.commit()
    engine.dispose()
    assert broken(casefile) is None
