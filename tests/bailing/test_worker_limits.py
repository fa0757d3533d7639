"""Files that really need too much time or memory end as unreadable, and the worker goes on."""

from __future__ import annotations

import io
import multiprocessing
import resource
import struct
import time
import zlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bailing.worker import Worker
from casefile import TaskKind, open_casefile
from perception.files.decode import decode


@dataclass
class Decoder:
    """An inspector that opens the file and gives up there."""

    def inspect(self, content: bytes, *, declared: str | None = None) -> Any:
        decode(content)
        raise ValueError("opened")


def png(side: int) -> bytes:
    """A white RGBA picture of so many pixels a side, some hundred kilobytes whatever its size."""

    def part(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + name
            + content
            + struct.pack(">I", zlib.crc32(name + content))
        )

    packer = zlib.compressobj(9)
    row = bytes(1 + 4 * side)
    pixels = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    parts = part(b"IHDR", head) + part(b"IDAT", pixels) + part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def scans(side: int, number: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    held = io.BytesIO()
    Image.new("L", (side, side), 128).save(held, "JPEG", progressive=True)
    content = held.getvalue()
    return content[:-2] + content[content.rfind(b"\xff\xda") : -2] * number + b"\xff\xd9"


def _work(folder: Path, content: bytes, memory_mib: int, seconds: float) -> None:
    """In a process of its own: the bad file, then a good one."""
    casefile = open_casefile(f"sqlite:///{folder}/c.db", f"file://{folder}/up", b"k" * 32)
    casefile.migrate()
    good = io.BytesIO()
    Image.new("RGB", (64, 48)).save(good, "JPEG")
    with casefile.begin() as ledger:
        case, _ = ledger.cases.open_for(lender_subject=None, name=None, limit_cny=Decimal(1))
        for one in (content, good.getvalue()):
            evidence, _ = ledger.proofs.receive(
                case.id,
                sha256=casefile.uploads.put(case.id, one),
                mime="image/png",
                size_bytes=len(one),
                declared=None,
                client_upload_id=None,
            )
            ledger.tasks.add(case.id, TaskKind.INSPECT, {"evidence_id": evidence.id})
    bound = memory_mib * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))
    worker = Worker(casefile, Decoder(), "w", limit_s=seconds)
    for _ in range(2):
        with casefile.begin() as ledger:
            task = ledger.tasks.claim([TaskKind.INSPECT], "w")
        assert task is not None
        worker.do(task)
    with casefile.read() as ledger:
        told = [e.inspection["error"] for e in ledger.proofs.all(case.id)]
    (folder / "told").write_text(" ".join(f"{t['code']}:{t['message']}" for t in told))


def worked(folder: Path, content: bytes, memory_mib: int, seconds: float) -> tuple[str, float]:
    began = time.monotonic()
    spawn = multiprocessing.get_context("spawn")
    process = spawn.Process(target=_work, args=[folder, content, memory_mib, seconds])
    process.start()
    process.join(60)
    assert process.exitcode == 0
    return (folder / "told").read_text(), time.monotonic() - began


def test_a_picture_that_needs_too_much_memory(tmp_path: Path) -> None:
    told, _ = worked(tmp_path, png(10_900), 700, 60)
    assert told.startswith("broken_file:")
    assert told.endswith("inspection_failed:ValueError")


def test_a_picture_that_needs_too_much_time(tmp_path: Path) -> None:
    told, elapsed_s = worked(tmp_path, scans(10_000, 80), 4_096, 1)
    assert told == "inspection_failed:TookTooLong inspection_failed:ValueError"
    assert elapsed_s < 45


@pytest.mark.parametrize("number", [200, 5_000])
def test_more_scans_than_any_encoder_writes_are_not_begun(number: int) -> None:
    from perception import sniff
    from perception.errors import BrokenFile

    with pytest.raises(BrokenFile):
        sniff(scans(64, number))
