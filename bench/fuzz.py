"""Fuzz a parser of untrusted bytes: any answer but a reading or a refusal of ours is a finding.

    python -m bench.fuzz PARSER [--seconds S] [--keep FOLDER]

Guided by coverage where atheris is installed (the dependency group ``fuzz``), else by mutating
valid files at random, from a fixed seed; the line printed at the end says which, and how many
inputs were tried. A finding is written to the folder and ends the run with status 1. Documents are
parsed within this process; in use they have one of their own (``perception.files.process``).
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bailing.terms import RoomError

SLOW_S = 10.0
"""An input that takes longer is a finding; the machine may be busy, so this is generous."""
MAX_BYTES = 65_536
COARSE = 24
"""Dots an inch of the pages that are drawn: parsers are tried here, not paint."""
MUTATIONS = 4
"""Of one input, at most."""
INSTRUMENTED = ["perception.files", "perception.fields", "bot.sniff", "zipfile", "defusedxml"]
TOKENS = (b"g 9999", b"&a;", b"<!DOCTYPE", b"-1", b"1e308", b"nan", b"\xff\xff\xff\xff", b"\0\0")

Parse = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Target:
    """A parser and the valid inputs from which it is fuzzed."""

    parse: Parse
    seeds: Sequence[bytes]


def _sniff() -> Target:
    from perception.files.sniff import sniff
    from tests.perception.bad_files import kinds_of

    return Target(sniff, list(kinds_of(_photo()).values()))


def _gateway() -> Target:
    from bot.sniff import sniff
    from tests.perception.bad_files import kinds_of

    return Target(sniff, list(kinds_of(_photo()).values()))


def _picture() -> Target:
    from perception.files.pictures import picture
    from perception.files.sniff import sniff
    from tests.perception.picture_files import varied

    def parse(content: bytes) -> object:
        mime = sniff(content)
        return picture(content, mime) if mime.startswith("image/") else None

    return Target(parse, varied())


def _pdf() -> Target:
    from perception.files.pdf_pages import sheets_of
    from tests.perception.pdf_files import document, filled_in, locked, picture, shown

    seeds = [
        document([shown("Total 1130.00"), picture() + shown("Page 2", mode=3)]),
        document([shown("Total")], page=b"/Rotate 90/CropBox[9 9 400 500]"),
        filled_in("1130.00"),
        locked("Total", user=b""),
    ]
    return Target(partial(sheets_of, dpi=COARSE), seeds)


def _archive() -> Target:
    from perception.files.ofd import sheets_of
    from tests.perception.ofd_files import einvoice, invoice_ofd

    return Target(partial(sheets_of, dpi=COARSE), [invoice_ofd(), invoice_ofd(einvoice())])


def _ofd() -> Target:
    """One part of an OFD at a time; a zip's checksums would keep most mutations out."""
    from perception.files.ofd import sheets_of
    from tests.perception.ofd_files import einvoice, invoice_parts, zipped

    parts = invoice_parts(einvoice())
    names = sorted(parts)

    def parse(content: bytes) -> object:
        name = names[content[0] % len(names)] if content else names[0]
        return sheets_of(zipped(parts | {name: content[1:]}, packed=False), dpi=COARSE)

    def as_bytes(part: bytes | str) -> bytes:
        return part.encode() if isinstance(part, str) else part

    return Target(parse, [bytes([n]) + as_bytes(parts[name]) for n, name in enumerate(names)])


def _xml() -> Target:
    from perception.files.einvoice_xml import sheets_of
    from tests.perception.bad_files import laughing_xml
    from tests.perception.ofd_files import einvoice, old_einvoice

    return Target(sheets_of, [einvoice().encode(), old_einvoice().encode(), laughing_xml()])


def _values() -> Target:
    from perception.fields import stated, values

    readers = (
        values.credit_code,
        values.registration_number,
        values.iso_date,
        values.period_end,
        values.amount,
        values.capital,
        values.capital_number,
        values.in_capitals,
        values.digits,
    )

    def parse(content: bytes) -> object:
        text = content.decode("utf-8", "replace")
        kinds = ("amount", "date", "digits", "credit_code", "company")
        return [read(text) for read in readers], [stated.normal(kind, text) for kind in kinds]

    seeds = ["壹拾万肆仟陆佰圆整", "2016年06月08日至长期", "¥1,130.00", "二〇一九年三月廿五日"]
    return Target(parse, [seed.encode() for seed in [*seeds, "92130108G8BLHHDH6N", "600万元整"]])


TARGETS: dict[str, Callable[[], Target]] = {
    "sniff": _sniff,
    "gateway": _gateway,
    "picture": _picture,
    "pdf": _pdf,
    "archive": _archive,
    "ofd": _ofd,
    "xml": _xml,
    "values": _values,
}


def _photo() -> bytes:
    path = Path(__file__).parent.parent / "data" / "demo" / "li_license.jpg"
    return path.read_bytes()


class Finding(Exception):
    """An input that neither was read nor refused, or took too long."""


def tried(parse: Parse, content: bytes) -> None:
    """Parse an input.

    Raises:
        Finding: It is one.
    """
    began = time.monotonic()
    try:
        parse(content)
    except RoomError:
        pass
    except Exception as error:
        raise Finding(traceback.format_exc()) from error
    if time.monotonic() - began > SLOW_S:
        raise Finding(f"took {time.monotonic() - began:.1f} s")


def mutated(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """A valid input with bytes changed, cut out, doubled, or put in."""
    content = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, MUTATIONS)):
        at = chance.randrange(len(content) + 1)
        length = chance.choice((1, 2, 4, 16, 200))
        match chance.randrange(5):
            case 0:
                content[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del content[at : at + length]
            case 2:
                content[at:at] = content[at : at + length] * chance.choice((1, 3, 50))
            case 3:
                content[at : at + length] = chance.choice(TOKENS)
            case _:
                other = chance.choice(seeds)
                start = chance.randrange(len(other) + 1)
                content[at : at + length] = other[start : start + length]
    return bytes(content[:MAX_BYTES])


def at_random(target: Target, seconds: float, seed: int = 1) -> tuple[int, bytes | None, str]:
    """Fuzz without guidance.

    Returns:
        How many inputs were tried, the finding where there is one, and what it did.
    """
    chance, count, ends = random.Random(seed), 0, time.monotonic() + seconds
    waiting = list(target.seeds)
    while time.monotonic() < ends or waiting:
        content = waiting.pop() if waiting else mutated(chance, target.seeds)
        count += 1
        try:
            tried(target.parse, content)
        except Finding as error:
            return count, content, str(error)
    return count, None, ""


def guided(name: str, seconds: float, keep: Path) -> None:
    """Fuzz by coverage with atheris, which ends the process."""
    import atheris

    with atheris.instrument_imports(include=INSTRUMENTED):
        target = TARGETS[name]()
    corpus = keep / f"{name}_corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed_{number}").write_bytes(seed[:MAX_BYTES])
    options = [f"-max_total_time={int(seconds)}", f"-artifact_prefix={keep}/{name}_"]
    options += [
        f"-timeout={int(SLOW_S)}",
        f"-max_len={MAX_BYTES}",
        "-rss_limit_mb=3000",
        "-len_control=0",
    ]
    arguments = [sys.argv[0], *options, "-print_final_stats=1", "-close_fd_mask=1", str(corpus)]
    atheris.Setup(arguments, lambda content: tried(target.parse, content))
    atheris.Fuzz()


def main() -> None:
    """Fuzz one parser and print how it went."""
    parser = argparse.ArgumentParser(description="Fuzz a parser of untrusted bytes.")
    parser.add_argument("parser", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"), help="where findings go")
    asked = parser.parse_args()
    asked.keep.mkdir(parents=True, exist_ok=True)
    if importlib.util.find_spec("atheris") is not None:
        guided(asked.parser, asked.seconds, asked.keep)
        return
    count, finding, words = at_random(TARGETS[asked.parser](), asked.seconds)
    if finding is not None:
        kept = asked.keep / f"{asked.parser}_finding"
        kept.write_bytes(finding)
        sys.exit(f"{asked.parser}: a finding after {count} inputs, kept as {kept}\n{words}")
    print(f"{asked.parser}: {count} inputs, mutated at random for {asked.seconds:g} s, no finding")


if __name__ == "__main__":
    main()
