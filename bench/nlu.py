"""How well merchants' words are understood, and how fast.

    python -m bench.nlu [FILE.tsv …] [--url http://127.0.0.1:5005] [--json] [--min-accuracy 0.9]

Without ``--url`` the trained dialogue model (`make train`) is served on a free port for as long as
the run takes, with the interpreter and environment of ``bailing up``. Each labelled line is posted
to ``/model/parse``, one at a time. A file has the columns ``text intent entities`` and perhaps
``alternatives``; entities are a JSON list of ``{"entity", "text"}``. A span is right only when it
is exact; entities in greetings, small talk and the like are not scored.

Exit status: 0 measured, 1 below ``--min-accuracy``, 2 nothing to measure.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bailing.settings import ROOT, Settings
from bailing.training import model_path, rasa_environment, rasa_python
from bench.running import NotReady, free_port

HELD_OUT = ROOT / "tests" / "understanding" / "heldout.tsv"
UNSCORED = frozenset({"greet", "goodbye", "thank", "abuse", "chitchat", "out_of_scope"})
"""Intents whose entities nothing uses."""
READY_TIMEOUT_S = 180.0
TERM_GRACE_S = 10.0
CONFUSIONS_SHOWN = 12


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """An entity and its place in a sentence, in characters, end exclusive."""

    entity: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence, what it means, and other meanings that are right too."""

    text: str
    intent: str
    spans: frozenset[Span] = frozenset()
    alternatives: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was understood of a sentence, and in how many milliseconds."""

    intent: str
    confidence: float
    spans: frozenset[Span]
    elapsed_ms: float


def read_labelled(path: Path) -> list[Labelled]:
    """The lines of a labelled TSV.

    Raises:
        ValueError: A labelled part is not in its sentence.
    """
    head, *rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines() if row]
    lines = []
    for cells in rows:
        row = dict(zip(head, cells, strict=False))
        spans = _located(row["text"], json.loads(row.get("entities") or "[]"))
        others = frozenset(filter(None, row.get("alternatives", "").split("|")))
        lines.append(Labelled(row["text"], row["intent"], spans, others))
    return lines


def _located(text: str, labels: Sequence[dict[str, str]]) -> frozenset[Span]:
    """Each labelled part at its first place that no other label has taken."""
    taken: list[Span] = []
    for label in labels:
        start = text.find(label["text"])
        while any(start < span.end and span.start < start + len(label["text"]) for span in taken):
            start = text.find(label["text"], start + 1)
        if start < 0:
            raise ValueError(f"{label['text']!r} is not in {text!r}")
        taken.append(Span(label["entity"], start, start + len(label["text"])))
    return frozenset(taken)


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The address of the trained model's server, which ends with the block.

    Raises:
        NotReady: No model is trained for the present inputs, or its server does not come up.
    """
    model = model_path(settings)
    if not model.exists():
        raise NotReady(f"{model.name} is not trained yet: make train")
    port = free_port()
    command = [
        *(str(rasa_python()), "-m", "rasa", "run", "--enable-api", "-i", "127.0.0.1"),
        *("-p", str(port), "-m", str(model)),
    ]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=rasa_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_ready(address, process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(TERM_GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_TIMEOUT_S
    with httpx.Client(base_url=address, timeout=2, trust_env=False) as client:
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if client.get("/status").status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.5)
    raise NotReady("the dialogue engine does not answer")


def understand(client: httpx.Client, text: str) -> Parsed:
    """What the server makes of one sentence."""
    started = time.perf_counter()
    answer = client.post("/model/parse", json={"text": text})
    elapsed_ms = (time.perf_counter() - started) * 1_000
    answer.raise_for_status()
    body: dict[str, Any] = answer.json()
    spans = frozenset(
        Span(found["entity"], found["start"], found["end"]) for found in body["entities"]
    )
    intent = body["intent"]
    return Parsed(str(intent["name"]), float(intent["confidence"]), spans, elapsed_ms)


def f1(right: int, found: int, wanted: int) -> float:
    """The harmonic mean of precision and recall; 0 when nothing is right."""
    return 2 * right / (found + wanted) if right else 0.0


def report(lines: Sequence[Labelled], parses: Sequence[Parsed]) -> dict[str, Any]:
    """All figures of one file, shares as fractions and times in milliseconds."""
    heard = [
        (line.intent, line.intent if parse.intent in line.alternatives else parse.intent)
        for line, parse in zip(lines, parses, strict=True)
    ]
    wanted, found = Counter(a for a, _ in heard), Counter(b for _, b in heard)
    right = Counter(a for a, b in heard if a == b)
    confused = Counter(pair for pair in heard if pair[0] != pair[1])
    by_intent = {name: f1(right[name], found[name], wanted[name]) for name in sorted(wanted)}
    times = sorted(parse.elapsed_ms for parse in parses)
    return {
        "lines": len(lines),
        "intent_accuracy": sum(right.values()) / len(lines),
        "macro_f1": statistics.fmean(by_intent.values()),
        "rejected": found["nlu_fallback"],
        "intents": by_intent,
        "confusions": [[*pair, times_] for pair, times_ in confused.most_common()],
        **_entity_figures(lines, parses),
        "p50_ms": statistics.median(times),
        "p95_ms": times[int(len(times) * 0.95)],
    }


def _entity_figures(lines: Sequence[Labelled], parses: Sequence[Parsed]) -> dict[str, Any]:
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for line, parse in zip(lines, parses, strict=True):
        if line.intent not in UNSCORED:
            right.update(span.entity for span in line.spans & parse.spans)
            found.update(span.entity for span in parse.spans)
            wanted.update(span.entity for span in line.spans)
    return {
        "entity_f1": f1(right.total(), found.total(), wanted.total()),
        "entities": {
            name: {"f1": f1(right[name], found[name], wanted[name]), "wanted": wanted[name]}
            for name in sorted(wanted | found)
        },
    }


def shown(name: str, figures: dict[str, Any]) -> str:
    """The figures of one file, for people."""
    rows = [
        f"{name}: {figures['lines']} lines",
        f"  intents   {figures['intent_accuracy']:.4f} right, macro F1 {figures['macro_f1']:.4f}, "
        f"{figures['rejected']} not understood",
        f"  entities  F1 {figures['entity_f1']:.4f} (exact spans)",
        *(f"    {e:<9} {f['f1']:.3f} of {f['wanted']}" for e, f in figures["entities"].items()),
        f"  a line    p50 {figures['p50_ms']:.1f} ms, p95 {figures['p95_ms']:.1f} ms",
        *(f"  {n} × {a} taken for {b}" for a, b, n in figures["confusions"][:CONFUSIONS_SHOWN]),
    ]
    return "\n".join(rows)


def measure(address: str, files: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """The figures of each file, by its name."""
    labelled = {file.name: read_labelled(file) for file in files}
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        understand(client, "你好")  # the first sentence pays for what is loaded lazily
        return {
            name: report(lines, [understand(client, line.text) for line in lines])
            for name, lines in labelled.items()
        }


def main(argv: Sequence[str] | None = None) -> int:
    """Serve, ask, score, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, default=[HELD_OUT], help="labelled TSVs")
    parser.add_argument("--url", help="a Rasa server that is up already")
    parser.add_argument("--min-accuracy", type=float, default=0.0, help="fail below this")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    options = parser.parse_args(argv)
    try:
        if options.url:
            figures = measure(options.url, options.files)
        else:
            with served(Settings()) as address:
                figures = measure(address, options.files)
    except (NotReady, httpx.HTTPError, OSError, ValueError, KeyError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        print("\n\n".join(shown(name, of_file) for name, of_file in figures.items()))
    worst = min(of_file["intent_accuracy"] for of_file in figures.values())
    return int(worst < options.min_accuracy)


if __name__ == "__main__":
    sys.exit(main())
