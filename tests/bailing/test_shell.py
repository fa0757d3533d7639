"""The shell as a real process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def bailing(*words: str, told: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bailing.cli", *words]
    return subprocess.run(command, input=told, capture_output=True, check=False, timeout=60)


@pytest.mark.parametrize("command", ["quantity", "industry", "decide"])
def test_a_source_that_cannot_be_read_is_told(command: str, tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\xff")
    for source in (tmp_path, tmp_path / "none", tmp_path / "bytes"):
        ended = bailing(command, str(source), "--json")
        assert ended.returncode == 2
        assert b"unreadable_source" in ended.stderr
        assert b"Traceback" not in ended.stderr


def test_bad_bytes_on_standard_input_are_a_line_like_any_other() -> None:
    ended = bailing("quantity", "-", "--json", told=b"\xff\n3\xe4\xb8\x87\n")
    assert ended.returncode == 0
    assert b'"low": 30000' in ended.stdout.splitlines()[1]
