"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def project_root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def dev_data() -> Path:
    """The development data; without it a test skips, in CI it fails."""
    folder = os.environ.get("BAILING_DEV_DATA")
    if folder and Path(folder).is_dir():
        return Path(folder)
    if os.environ.get("CI"):
        pytest.fail("BAILING_DEV_DATA names no folder")
    pytest.skip("needs the development data folder (BAILING_DEV_DATA)")
