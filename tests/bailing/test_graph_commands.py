"""``bailing graph`` as real processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bailing.settings import Settings
from bench.running import free_port
from graph.server import ServerPlan

COMMAND = [sys.executable, "-m", "bailing.cli", "graph"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "BAILING_VAR": str(tmp_path), "BAILING_GRAPH_URL": ""}


def bailing(
    environment: dict[str, str], *words: str, told: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        env=environment,
        input=told,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_graph_is_loaded_checked_and_exported(
    environment: dict[str, str], tmp_path: Path
) -> None:
    nothing = bailing(environment, "check", "--json")
    assert nothing.returncode == 1
    assert json.loads(nothing.stdout)["error"]["code"] == "graph_unavailable"
    lines = ['{"bailing_graph":1,"schema":2}', '{"node":"Place","key":"河北"}']
    lines += ['{"end":{"nodes":1,"relations":0}}']
    loaded = bailing(environment, "load", "-", "--json", told="\n".join(lines))
    assert loaded.returncode == 0, loaded
    checked = bailing(environment, "check", "--json")
    found = json.loads(checked.stdout)
    assert (found["ok"], found["nodes"]["Place"], found["nodes"]["Industry"]) == (True, 1, 1971)
    exported = bailing(environment, "export", "-")
    assert '{"node":"Place","key":"河北","properties":{}}' in exported.stdout.splitlines()
    again = bailing(environment, "load", "-", told=exported.stdout)
    assert again.returncode == 0, again


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["load", "/none"], "graph_file_broken"),
        (["export", "/none/file"], "graph_file_broken"),
        (["load", "-"], "graph_file_broken"),
    ],
)
def test_what_fails_says_so_in_one_line(
    environment: dict[str, str], words: list[str], code: str
) -> None:
    bailing(environment, "load", "-")  # makes an empty graph, though there is nothing to load
    plain, as_json = bailing(environment, *words), bailing(environment, *words, "--json")
    assert (plain.returncode, as_json.returncode) == (1, 1)
    assert plain.stderr.startswith(f"{code}: ")
    assert len(plain.stderr.splitlines()) == 1
    assert json.loads(as_json.stdout)["error"]["code"] == code


def test_an_address_without_a_password_gets_the_installations(tmp_path: Path) -> None:
    def settings(url: str, password: str | None = None) -> Settings:
        return Settings(var=tmp_path, graph_url=url, graph_password=password, _env_file=None)

    assert settings("neo4j://h:1").graph == "neo4j://h:1"
    assert settings("neo4j://h:1", "p/").graph == "neo4j://neo4j:p%2F@h:1"
    (tmp_path / "neo4j").mkdir()
    (tmp_path / "neo4j" / "password").write_text("own\n")
    assert settings("neo4j://h:1").graph == "neo4j://neo4j:own@h:1"
    assert settings("neo4j://u:q@h:1", "p").graph == "neo4j://u:q@h:1"
    assert settings("", "p").graph == f"ladybug://{tmp_path}/graph.lbug"
    assert (
        Settings(var=Path("var"), _env_file=None).graph == f"ladybug://{Path.cwd()}/var/graph.lbug"
    )


def test_a_taken_port_is_told_with_its_holder(environment: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = bailing(environment, "server", "--port", str(port))
    assert ended.returncode == 1
    assert f"graph_server_refused: port {port}" in ended.stderr
    assert f"(process {os.getpid()})" in ended.stderr


def test_a_machine_without_java_is_told_what_to_install(
    environment: dict[str, str], tmp_path: Path
) -> None:
    ended = bailing({**environment, "PATH": str(tmp_path)}, "server", "--port", str(free_port()))
    assert ended.returncode == 1
    assert "apt-get install openjdk-17-jdk-headless" in ended.stderr
    assert "apt-get install maven" in ended.stderr


@pytest.fixture
def with_jars(
    environment: dict[str, str], tmp_path: Path, server_plan: Callable[[], ServerPlan]
) -> dict[str, str]:
    """An installation in which the jars are there already."""
    jars = server_plan().jars
    (tmp_path / "neo4j").mkdir()
    (tmp_path / "neo4j" / jars.name).symlink_to(jars)
    return environment


@pytest.mark.neo4j
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_server_serves_and_leaves_nothing_behind(
    with_jars: dict[str, str], number: signal.Signals
) -> None:
    port = str(free_port())
    running = subprocess.Popen(
        [*COMMAND, "server", "--port", port], env=with_jars, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout
    try:
        said = [running.stdout.readline() for _ in range(3)]
        assert said[-1] == f"BAILING_GRAPH_URL=neo4j://127.0.0.1:{port}\n"
        there = {**with_jars, "BAILING_GRAPH_URL": f"neo4j://127.0.0.1:{port}"}
        loaded = bailing(there, "load", "-", "--json", told='{"bailing_graph":1,"schema":2}')
        assert "cut short" in loaded.stdout
        checked = bailing(there, "check")
        assert checked.returncode == 0, checked
    finally:
        running.send_signal(number)
        status = running.wait(40)
        running.stdout.close()
    assert status == (-9 if number is signal.SIGKILL else 0)
    deadline = time.monotonic() + 20
    while java_on(port) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not java_on(port)


def java_on(port: str) -> list[str]:
    """The servers that run on this port."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = file.read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0] == b"java" and port.encode() in words:
            found.append(file.parent.name)
    return found
