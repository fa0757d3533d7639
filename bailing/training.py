"""The dialogue model: trained only when what it is made of has changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

from bailing.settings import ROOT, Settings

INPUTS = ("config.yml", "domain.yml", "data/dialogue", "understanding", "locks/rasa.txt")
"""What the model is made of (READMEs apart); its file is named by their hash.

The list for Python 3.11 is not among them: it has the same versions of all that makes a model, so a
model trained by either engine serves in the other (tests/contract/test_locks.py keeps it so).
"""
TIMEOUT_S = 900


class TrainingFailed(Exception):
    """Rasa could not train; its last words are in the message."""


def inputs_hash(root: Path = ROOT) -> str:
    """Sixteen hex digits over the names and contents of all inputs."""
    digest = hashlib.sha256()
    for name in INPUTS:
        path = root / name
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if "__pycache__" in file.parts or file.suffix == ".md" or not file.exists():
                continue
            digest.update(f"{file.relative_to(root)}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def model_path(settings: Settings) -> Path:
    """Where the model of the present inputs lies, trained or not."""
    return settings.models / f"dialogue-{inputs_hash()}.tar.gz"


def rasa_python() -> Path:
    """The interpreter of Rasa's own environment."""
    return ROOT / ".venv-rasa" / "bin" / "python"


def rasa_environment() -> dict[str, str]:
    """The environment variables under which Rasa runs: no telemetry, no GPU, quiet.

    One OpenMP thread that waits passively: the sentence encoder's threads spin otherwise, and a
    sentence then takes half a second instead of 20 ms on a busy machine.
    """
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "SQLALCHEMY_WARN_20": "0",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "PYTHONWARNINGS": "ignore",
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "SANIC_WORKERS": "1",
        "OMP_NUM_THREADS": "1",
        "OMP_WAIT_POLICY": "PASSIVE",
    }


def train(settings: Settings) -> Path:
    """The dialogue model of the present inputs, trained now if it is not there yet.

    Raises:
        TrainingFailed: Rasa ended with an error.
    """
    path = model_path(settings)
    if path.exists():
        print(f"dialogue model is up to date ({path.name})", flush=True)
        return path
    settings.models.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    print("training the dialogue model (about two minutes) …", flush=True)
    command = [
        *(str(rasa_python()), "-m", "rasa", "train"),
        *("--data", "data/dialogue", "--domain", "domain.yml", "--config", "config.yml"),
        *("--out", str(settings.models), "--fixed-model-name", f"part-{path.name[:-7]}"),
    ]
    tail = _run_showing_stages(command, started)
    made = settings.models / f"part-{path.name}"
    if not made.exists():
        raise TrainingFailed("\n".join(tail))
    made.rename(path)
    print(f"trained in {time.monotonic() - started:.0f} s ({path.name})", flush=True)
    return path


def _run_showing_stages(command: list[str], started: float) -> list[str]:
    tail: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=rasa_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            tail = [*tail[-40:], line.rstrip()]
            if "Starting to train component" in line:
                component = line.split("'")[-2] if "'" in line else line.strip()
                print(f"  {time.monotonic() - started:5.0f} s  {component}", flush=True)
        if process.wait(TIMEOUT_S) != 0:
            print("\n".join(tail), file=sys.stderr, flush=True)
            raise TrainingFailed("\n".join(tail[-5:]))
    return tail
