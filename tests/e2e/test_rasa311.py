"""The dialogue engine on Python 3.11: installed, trained, served and asked, in a folder of its own.

Prints what every part took; ``make test-rasa311`` shows it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import psutil
import pytest

from bailing.settings import Settings
from bailing.training import INPUTS, rasa_environment
from bailing.up import write_rasa_files
from bench.running import free_port

pytestmark = pytest.mark.install

INSTALL_S = 1800
TRAIN_S = 900
START_S = 240
SENTENCES = 50


class Actions(BaseHTTPRequestHandler):
    """An action server that says which action it was asked for."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = {"events": [], "responses": [{"text": asked["next_action"]}]}
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def actions_port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Actions) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@contextmanager
def timed(what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    print(f"{what:28} {time.monotonic() - began:6.1f} s", flush=True)


def run(command: list[str], folder: Path, environment: dict[str, str], timeout_s: float) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout_s,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Iterator[Path]:
    """A copy of what the engine needs, with its environment made by the set-up."""
    folder = tmp_path_factory.mktemp("rasa311")
    for name in (*(i for i in INPUTS if not i.startswith("locks/")), "bailing", "deploy", "locks"):
        source, target = project_root / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    print()
    with timed("uv and the environment"):
        forced = {"BAILING_RASA_PYTHON": "3.11"}
        run(["sh", "deploy/setup.sh", "rasa"], folder, forced, INSTALL_S)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def model(installation: Path) -> Path:
    """The project's own dialogue, trained by the project's own command."""
    models = installation / "models"
    with timed("training"):
        command = [sys.executable, "-m", "bailing.cli", "train"]
        run(command, installation, {"BAILING_MODELS": str(models)}, TRAIN_S)
    (made,) = models.glob("dialogue-*.tar.gz")
    return made


@pytest.fixture(scope="module")
def engine(installation: Path, model: Path, actions_port: int) -> Iterator[httpx.Client]:
    """The engine serving the model; ended by its process id."""
    port = free_port()
    settings = Settings(var=installation / "var", actions_port=actions_port)
    endpoints, credentials = write_rasa_files(settings)
    command = [
        *(str(installation / ".venv-rasa/bin/python"), "-m", "rasa", "run", "--enable-api"),
        *("-i", "127.0.0.1", "-p", str(port), "-m", str(model)),
        *("--endpoints", str(endpoints), "--credentials", str(credentials)),
    ]
    log_path = settings.var / "rasa.log"
    address = f"http://127.0.0.1:{port}"
    with (
        log_path.open("wb") as log,
        httpx.Client(base_url=address, timeout=30, trust_env=False) as client,
        subprocess.Popen(
            command,
            cwd=installation,
            env={**rasa_environment(), "PYTHONPATH": str(installation)},
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            with timed("start"):
                wait_until_up(client, process, log_path)
            yield client
            rss = psutil.Process(process.pid).memory_info().rss
            print(f"{'memory while serving':28} {rss / 2**20:6.0f} MiB", flush=True)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_until_up(client: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if client.get("/status").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    pytest.fail(log.read_text(encoding="utf-8"))


def parse(engine: httpx.Client, text: str) -> dict:
    answer = engine.post("/model/parse", json={"text": text})
    assert answer.status_code == 200, answer.text
    return answer.json()


def sentences(project_root: Path) -> list[str]:
    """Fifty of the training lines, without their marks."""
    lines = []
    for file in sorted((project_root / "data/dialogue/nlu").glob("*.yml")):
        found = re.findall(r"^    - (.+)$", file.read_text(encoding="utf-8"), re.M)
        lines += [re.sub(r"\[([^]]+)\][({][^)}]*[)}]", r"\1", line) for line in found]
    return lines[:: len(lines) // SENTENCES][:SENTENCES]


def test_it_is_python_311(installation: Path) -> None:
    python = installation / ".venv-rasa/bin/python"
    said = subprocess.run([str(python), "-V"], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("Python 3.11.")


@pytest.mark.parametrize(
    ("text", "intent", "entity"),
    [
        ("你好", "greet", None),
        ("额度不够用", "request_raise", None),
        ("我做服装批发", "inform", ("industry", "服装批发")),
        ("为什么额度降了", "ask_why", None),
    ],
)
def test_it_understands(
    engine: httpx.Client, text: str, intent: str, entity: tuple[str, str] | None
) -> None:
    understood = parse(engine, text)
    assert understood["intent"]["name"] == intent
    assert [(e["entity"], e["value"]) for e in understood["entities"]] == [entity] * bool(entity)


@pytest.mark.parametrize(("text", "action"), [("你好", "action_greet"), ("谢谢", "action_answer")])
def test_it_answers_on_the_rest_channel(engine: httpx.Client, text: str, action: str) -> None:
    asked = {"sender": f"merchant-{action}", "message": text, "metadata": {"message_id": "1"}}
    answer = engine.post("/webhooks/rest/webhook", json=asked)
    assert answer.json() == [{"recipient_id": asked["sender"], "text": action}]


def test_it_parses_in_a_fraction_of_a_second(engine: httpx.Client, project_root: Path) -> None:
    took = []
    for text in sentences(project_root):
        began = time.perf_counter()
        parse(engine, text)
        took.append((time.perf_counter() - began) * 1000)
    p50 = statistics.median(took)
    print(f"\n{f'parse, p50 of {len(took)}':28} {p50:6.1f} ms", flush=True)
    assert len(took) == SENTENCES
    assert p50 < 500
