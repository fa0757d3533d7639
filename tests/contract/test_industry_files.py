"""Industry files and the words of the trades agree with the standard and with the profile."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

from actions.statements import read_statements
from graph import knowledge
from graph.files import read_names, read_yaml
from graph.knowledge_base import FOLDER

SLOTS = {
    "years_in_business", "staff_count", "annual_sales_cny", "monthly_sales_cny", "gross_margin",
    "amount_asked_cny", "receivable_days", "inventory_days", "payable_days", "vehicle_count",
    "floor_area_sqm",
}  # fmt: skip
FILES = sorted((FOLDER / "industries").glob("*.yml"))
PLANNED = {"5431", "5213", "5132"}
AT_LEAST = 10
UNSURE = {"不好说", "Hard to say"}
"""Quick answers that pass over a question: among the examples of the intent ``skip``."""


def test_the_trades_of_the_demonstration_have_files() -> None:
    assert {path.stem for path in FILES} >= PLANNED
    assert len(FILES) >= AT_LEAST


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_an_industry_file_is_whole(path: Path) -> None:
    names = read_names(FOLDER / "gbt4754.csv")
    industry = knowledge().industry(path.stem)
    assert path.stem in names
    assert industry.name == names[path.stem]
    assert {q.slot for q in industry.questions} <= SLOTS
    for question in industry.questions:
        assert question.why_zh
        assert question.why_en
        assert len(question.buttons_zh) == len(question.buttons_en)
        for ask in (*question.ask_zh, *question.ask_en):
            assert len(ask) <= 100, "short bubbles"
            assert "！" not in ask
            assert "!" not in ask
    assert sum(a.share_low_percent for a in industry.assets[:1]) > 0


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_form_asks_each_question_and_understands_each_quick_answer(path: Path) -> None:
    domain = yaml.safe_load((FOLDER.parents[1] / "domain.yml").read_text(encoding="utf-8"))
    asked = set(domain["forms"]["review_form"]["required_slots"])
    for question in knowledge().questions(path.stem):
        assert question.slot in asked
        for title in (*question.buttons_zh, *question.buttons_en):
            if title in UNSURE:
                continue
            read = read_statements(
                title, asked=question.slot, industry_code=path.stem, trade_words=lambda _: None
            )
            assert set(read.updates) == {question.slot}, title


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_figure_says_where_it_is_from(path: Path) -> None:
    def walk(value: object, where: str) -> None:
        if isinstance(value, dict):
            if "source" in value:
                source = str(value["source"])
                known = source.startswith(("estimate: ", "published: ")) or "A-share" in source
                assert known, f"{where}: {source}"
            for key, item in value.items():
                walk(item, f"{where}.{key}")
        elif isinstance(value, list):
            for n, item in enumerate(value):
                walk(item, f"{where}[{n}]")

    walk(read_yaml(path), path.stem)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_its_own_words_mean_it(path: Path) -> None:
    known = knowledge()
    content = read_yaml(path)
    astray = [
        word
        for word in (*content["words"], *content["words_en"])
        if path.stem not in {m.code for m in known.match(word, told=True)[:2]}
    ]
    assert not astray


def test_no_word_stands_for_two_trades_unsaid() -> None:
    seen: dict[str, str] = {}
    for code, words in read_yaml(FOLDER / "trades.yml").items():
        for word in words:
            assert seen.setdefault(word, code) == code, f"{word}: {seen[word]} and {code}"


def test_every_question_of_the_general_file_fills_a_slot_of_the_profile() -> None:
    assert set(read_yaml(FOLDER / "general.yml")["questions"]) <= SLOTS


def test_the_codes_are_those_of_the_standard(dev_data: Path) -> None:
    own = read_names(FOLDER / "gbt4754.csv")
    with (dev_data / "datasets/graph/gbt4754/gbt4754_2017_tree.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        standard = {r["code"]: r["name"] for r in csv.DictReader(file) if r["level"] == "4"}
    assert own.keys() == standard.keys()
    differing = [c for c in own if own[c] != "".join(standard[c].split())]
    assert len(differing) <= 6, "only names that the table cuts off are completed"


TRIPLE = re.compile(r"(\d+)/(\d+)/(\d+)")
MARGIN = re.compile(r"([\u4e00-\u9fff]+) (?:median )?(\d+(?:\.\d)?) %")


def test_the_cited_figures_of_listed_firms_are_those_of_the_table(dev_data: Path) -> None:
    path = dev_data / "datasets/graph/operating_cycle"
    with next(path.glob("*.csv")).open(encoding="utf-8-sig", newline="") as file:
        table = {r["industry"]: r for r in csv.DictReader(file)}

    def of(name: str, kind: str) -> list[float]:
        return [float(table[name][f"{kind}_{c}"]) for c in ("p25", "med", "p75")]

    wrong, seen = [], 0
    for source in (s for path in FILES for s in sources(read_yaml(path)) if "A-share" in s):
        for triple in TRIPLE.finditer(source):
            before = re.findall(r"[\u4e00-\u9fff]+", source[: triple.start()])
            name = next(n for n in reversed(before) if n in table)
            cited = [int(n) for n in triple.groups()]
            seen += 1
            if not any(
                all(abs(c - t) <= 0.5 for c, t in zip(cited, of(name, kind), strict=True))
                for kind in ("ar_days", "inv_days")
            ):
                wrong.append(source)
        for name, percent in MARGIN.findall(source):
            if name in table and "current assets" not in source:
                seen += 1
                if abs(float(table[name]["gross_margin_med"]) - float(percent)) > 0.5:
                    wrong.append(source)
    assert not wrong
    assert seen >= 40


def sources(value: object) -> list[str]:
    """Every ``source`` below a value."""
    if isinstance(value, dict):
        own = [str(value["source"])] if "source" in value else []
        return own + [s for item in value.values() for s in sources(item)]
    return [s for item in value for s in sources(item)] if isinstance(value, list) else []
