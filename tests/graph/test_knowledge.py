"""The knowledge base: figures by code, and what a broken file says."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bailing.terms import VoucherType
from graph import Knowledge, knowledge
from graph.errors import KnowledgeBroken
from graph.knowledge_base import FOLDER


@pytest.mark.parametrize("code", knowledge().codes)
def test_a_trade_with_a_file_is_known_whole(code: str) -> None:
    industry = knowledge().industry(code)
    assert industry.known
    assert len(industry.seasonality) == 12
    assert industry.assets
    assert industry.suppliers
    assert industry.customers
    assert industry.warnings
    assert industry.proofs_source


def test_figures_fall_back_from_class_to_group_to_section_to_base() -> None:
    known = knowledge()
    assert known.industry("5437").per_vehicle_cny.typical == 160_000  # type: ignore[union-attr]  # 54 has it
    assert known.industry("5422").receivable_days.median == 20, "group 542"
    assert known.industry("5612").receivable_days.median == 35, "section G"
    assert known.industry("9999").receivable_days.median == 15, "the base"
    assert known.industry(None).receivable_days.median == 15
    assert known.industry("nonsense").questions
    assert not known.industry("5437").known


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("5431", "vehicle_count"),
        ("5432", "vehicle_count"),
        ("5213", "floor_area_sqm"),
        ("6220", "floor_area_sqm"),
        ("5123", "receivable_days"),
        ("5165", "receivable_days"),
        ("8040", "staff_count"),
        ("1819", "staff_count"),
        ("5292", "monthly_sales_cny"),
        ("5132", "receivable_days"),
        ("0313", "annual_sales_cny"),
    ],
)
def test_each_trade_is_asked_what_matters_to_it(code: str, first: str) -> None:
    questions = knowledge().questions(code)
    assert questions[0].slot == first
    assert "vehicle_count" not in [q.slot for q in questions if code[:2] != "54"]


def test_every_code_of_the_standard_has_figures_questions_and_proofs() -> None:
    known = knowledge()
    for code in known._names:
        industry = known.industry(code)
        assert industry.name
        assert industry.per_worker_cny
        assert len(industry.questions) >= 2
        assert VoucherType.BUSINESS_LICENSE in {p.voucher_type for p in industry.proofs}


def test_a_question_nobody_knows_is_a_key_error() -> None:
    assert knowledge().question("6220", "vehicle_count").ask_zh
    with pytest.raises(KeyError):
        knowledge().question("6220", "shoe_size")


def spoilt(tmp_path: Path, name: str, **changes: object) -> Path:
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder)
    path = folder / name
    content = yaml.safe_load(path.read_text(encoding="utf-8")) | changes
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "changes", "says"),
    [
        ("industries/5431.yml", {"code": "5432"}, "5431.yml states the code 5432"),
        ("industries/5431.yml", {"warnings": []}, "5431.yml"),
        ("industries/5431.yml", {"surprise": 1}, "surprise"),
        ("industries/5213.yml", {"gross_margin_percent": {"p25": 1, "median": 2, "p75": 3,
                                                          "source": "said"}}, "source"),
        ("industries/5213.yml", {"gross_margin_percent": {"p25": 9, "median": 2, "p75": 3,
                                                          "source": "estimate: a test of ours"}},
         "out of order"),
        ("industries/5132.yml", {"seasonality": {"index": [2] * 12,
                                                 "source": "estimate: a test of ours"}}, "average"),
        ("trades.yml", {"9998": ["飞天"]}, "9998"),
        ("ambiguous.yml", {"飞天": {"9997": 0.5}}, "9997"),
        ("general.yml", {"proof_sets": {}}, "no proof set"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named(
    tmp_path: Path, name: str, changes: dict[str, object], says: str
) -> None:
    folder = spoilt(tmp_path, name, **changes)
    with pytest.raises(KnowledgeBroken, match=says):
        Knowledge.load(folder)


def test_sounds_that_are_none_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder)
    (folder / "sounds.tsv").write_text("guan 馆管官", encoding="utf-8")
    with pytest.raises(KnowledgeBroken, match="sounds"):
        Knowledge.load(folder)
    (folder / "sounds.tsv").unlink()
    with pytest.raises(KnowledgeBroken, match="sounds"):
        Knowledge.load(folder)


def test_one_more_file_is_one_more_trade(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder)
    content = yaml.safe_load((folder / "industries/5213.yml").read_text(encoding="utf-8"))
    content |= {"code": "5222", "name": "糕点、面包零售", "words": ["麦香驿铺"] * 5}
    (folder / "industries/5222.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    known = Knowledge.load(folder)
    assert known.industry("5222").known
    assert known.match("我开麦香驿铺")[0].code == "5222"
    assert known.industry("5222").inventory_days.median == Decimal(38)
