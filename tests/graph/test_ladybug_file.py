"""Ladybug's file between processes: one writes, others read beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph import export_graph, open_engine, open_graph
from graph.errors import GraphUnavailable

OPEN = (
    "import sys; from graph import open_graph\n"
    "try: open_graph(sys.argv[1])\n"
    "except Exception as error: print(error.code, error.retryable, error)"
)
EXPORT = "import sys; from bailing.cli import main; main()"


def python(root: Path, script: str, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin:/bin", **env},
    )


def test_a_second_writing_process_is_refused_retryably(tmp_path: Path, project_root: Path) -> None:
    url = f"ladybug:///{tmp_path}/graph.lbug"
    first = open_graph(url)
    second = python(project_root, OPEN, url)
    first.close()
    assert second.stdout.startswith("graph_unavailable True another process writes to"), second


def test_others_export_and_check_beside_the_one_that_writes(
    tmp_path: Path, project_root: Path
) -> None:
    writing = open_graph(f"ladybug:///{tmp_path}/graph.lbug")
    file = tmp_path / "graph.jsonl"
    env = {"BAILING_GRAPH_URL": f"ladybug:///{tmp_path}/graph.lbug"}
    exported = python(project_root, EXPORT, "graph", "export", str(file), **env)
    checked = python(project_root, EXPORT, "graph", "check", **env)
    loaded = python(project_root, EXPORT, "graph", "load", str(file), "--json", **env)
    writing.close()
    assert exported.returncode == 0, exported
    assert checked.returncode == 0, checked
    assert loaded.returncode == 1
    assert '"code": "graph_unavailable"' in loaded.stdout
    assert "end it first" in loaded.stdout


def test_an_export_over_which_the_file_was_rewritten_does_not_appear(tmp_path: Path) -> None:
    url = f"ladybug:///{tmp_path}/graph.lbug"
    writing = open_engine(url)
    reading = open_engine(url, read_only=True)
    writing.run("CREATE (v:Voucher {id: 'later'})")
    writing.run("CHECKPOINT")
    with pytest.raises(GraphUnavailable, match="rewritten"):
        export_graph(reading, tmp_path / "graph.jsonl")
    assert [p.name for p in tmp_path.glob("*.jsonl*")] == []
    for engine in (reading, writing):
        engine.close()


def test_a_graph_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    import ladybug

    old = ladybug.Database(f"{tmp_path}/graph.lbug")
    connection = ladybug.Connection(old)
    connection.execute("CREATE NODE TABLE Industry(code STRING PRIMARY KEY)")
    connection.execute("CREATE REL TABLE PART_OF(FROM Industry TO Industry)")
    connection.execute("CREATE (i:Industry {code: '54'})-[:PART_OF]->(i)")
    connection.close()
    old.close()
    opened = open_engine(f"ladybug:///{tmp_path}/graph.lbug")
    rows = opened.run("MATCH (i:Industry {code: '54'})-[:PART_OF]->(s) RETURN s.name AS name")
    assert rows == [{"name": "交通运输、仓储和邮政业"}]
    opened.close()


def test_reading_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(GraphUnavailable, match="there is no graph"):
        open_engine(f"ladybug:///{tmp_path}/none.lbug", read_only=True)
    assert list(tmp_path.iterdir()) == []
