"""The dialogue's training lines and the held-out list, checked without Rasa."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml
from rapidfuzz import fuzz, process

from bench.nlu import read_labelled

ENOUGH_CHINESE = 15
ENOUGH_HELD_OUT = 300
NEARLY_THE_SAME = 90
ENTITY = re.compile(r"\[([^\]]+)\]\((\w+)\)")
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN_ONLY = re.compile(r"^[^\u4e00-\u9fff]*[A-Za-z]{2}[^\u4e00-\u9fff]*$")


def plain(line: str) -> str:
    """A training line without its annotations."""
    return ENTITY.sub(r"\1", line)


def bare(text: str) -> str:
    """Lower case, without white space and punctuation."""
    return re.sub(r"[\W_]", "", text.lower()) or text


@pytest.fixture(scope="module")
def domain(project_root: Path) -> dict:
    return yaml.safe_load((project_root / "domain.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def intents(domain: dict) -> list[str]:
    """What merchants say; the gateway's own intents have no lines."""
    return [intent for intent in domain["intents"] if not intent.startswith("system_")]


@pytest.fixture(scope="module")
def blocks(project_root: Path) -> list[tuple[str, list[str]]]:
    found = []
    for file in sorted((project_root / "data" / "dialogue" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            lines = [line.removeprefix("- ") for line in block["examples"].splitlines()]
            found.append((block["intent"], lines))
    return found


@pytest.fixture(scope="module")
def held_out(project_root: Path) -> Path:
    return project_root / "tests" / "understanding" / "heldout.tsv"


def test_each_intent_stands_in_one_place(
    blocks: list[tuple[str, list[str]]], intents: list[str]
) -> None:
    assert Counter(intent for intent, _ in blocks) == Counter(intents)


def test_each_intent_has_lines_in_both_languages(blocks: list[tuple[str, list[str]]]) -> None:
    for intent, lines in blocks:
        assert sum(bool(HAN.search(line)) for line in lines) >= ENOUGH_CHINESE, intent
        assert any(LATIN_ONLY.match(plain(line)) for line in lines), intent


def test_no_line_stands_twice(blocks: list[tuple[str, list[str]]]) -> None:
    owners = defaultdict(list)
    for intent, lines in blocks:
        for line in lines:
            owners["".join(plain(line).lower().split())].append(intent)
    assert {text: where for text, where in owners.items() if len(where) > 1} == {}


def test_every_entity_is_in_the_domain(
    blocks: list[tuple[str, list[str]]], domain: dict, held_out: Path
) -> None:
    named = {found[1] for _, lines in blocks for line in lines for found in ENTITY.findall(line)}
    assert named == set(domain["entities"])
    assert {s.entity for line in read_labelled(held_out) for s in line.spans} <= named


def test_no_annotation_is_broken(blocks: list[tuple[str, list[str]]]) -> None:
    left_over = re.compile(r"\]\(|\[[^\]]*\[")
    assert [x for _, lines in blocks for x in lines if left_over.search(plain(x))] == []


def test_the_held_out_list_covers_all_intents_evenly(held_out: Path, intents: list[str]) -> None:
    lines = read_labelled(held_out)
    counts = Counter(line.intent for line in lines)
    assert len(lines) >= ENOUGH_HELD_OUT
    assert set(counts) == set(intents)
    assert min(counts.values()) >= len(lines) // len(intents) // 2
    assert len({bare(line.text) for line in lines}) == len(lines)


def test_nothing_held_out_is_nearly_a_training_line(
    blocks: list[tuple[str, list[str]]], held_out: Path
) -> None:
    trained = sorted({bare(plain(line)) for _, lines in blocks for line in lines})
    asked = [bare(line.text) for line in read_labelled(held_out)]
    alike = process.cdist(asked, trained, scorer=fuzz.ratio, score_cutoff=NEARLY_THE_SAME)
    assert [(asked[a], trained[b]) for a, b in zip(*alike.nonzero(), strict=True)] == []


def test_labels_are_read_at_their_places(tmp_path: Path) -> None:
    file = tmp_path / "lines.tsv"
    labels = [{"entity": "count", "text": "三"}, {"entity": "count", "text": "三"}]
    file.write_text(f"text\tintent\tentities\n三和三\tinform\t{json.dumps(labels)}\n", "utf-8")
    assert {span.start for span in read_labelled(file)[0].spans} == {0, 2}
