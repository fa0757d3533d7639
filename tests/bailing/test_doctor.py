"""`bailing doctor` as a real process, before faults that are really there."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from bailing.compose import heartbeat_file, open_credit_file
from bailing.doctor import Check, Finding, Site, Status, all_checks, examine
from bailing.doctor.registry import Group
from bailing.settings import ROOT, Settings
from bailing.training import model_path
from bench.running import Installation, free_port

LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", ".tools", ".env", "__pycache__", ".*_cache")
PORTS = ("PORT", "RASA_PORT", "ACTIONS_PORT")


@dataclass(frozen=True)
class Seen:
    """What a run of the doctor told."""

    code: int
    rows: dict[str, dict[str, Any]]
    errors: str

    def fault(self, check: str, status: str = "failure") -> str:
        """What was seen, and what is to be done, of a check that has this status."""
        row = self.rows[check]
        assert row["status"] == status, row
        assert self.code == (1 if status == "failure" else 0)
        return f"{row['saw']} => {row['remedy']}"


@dataclass
class Machine:
    """Where the doctor looks: a checkout, its own ports and its own folder."""

    root: Path
    var: Path
    environment: dict[str, str] = field(default_factory=dict)
    prefix: tuple[str, ...] = ()
    prepare: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        inherited = {n: v for n, v in os.environ.items() if not n.startswith("BAILING_")}
        ports = {f"BAILING_{name}": str(free_port()) for name in PORTS}
        own = {"PYTHONPATH": str(self.root), "BAILING_VAR": str(self.var)}
        self.environment = {**inherited, **ports, **own, **self.environment}

    def run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*self.prefix, sys.executable, "-m", "bailing.cli", "doctor", *words],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            check=False,
            timeout=60,
            preexec_fn=self.prepare,
        )

    def only(self, *checks: str, **settings: str) -> Seen:
        self.environment |= {f"BAILING_{name}": value for name, value in settings.items()}
        ended = self.run("--json", "--only", *checks)
        rows = [json.loads(line) for line in ended.stdout.splitlines()]
        assert all(set(row) == {"check", "status", "saw", "remedy"} for row in rows)
        errors = ended.stderr.decode()
        assert "Traceback" not in errors, errors
        return Seen(ended.returncode, {row["check"]: row for row in rows}, errors)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(ROOT, tmp_path / "var")


@pytest.fixture
def copied(tmp_path: Path) -> Machine:
    """A copy of the project to break; its environments are the present ones."""
    root = tmp_path / "bailing"
    shutil.copytree(ROOT, root, ignore=_left_out)
    for name in (".venv", ".venv-rasa", ".tools"):
        if (ROOT / name).exists():
            (root / name).symlink_to((ROOT / name).resolve())
    return Machine(root, root / "var")


def _left_out(folder: str, names: list[str]) -> set[str]:
    made = {"models", "var"} if Path(folder) == ROOT else set()
    return {*LEFT_OUT(folder, names), *made}


@pytest.fixture
def kept(machine: Machine) -> Machine:
    """A machine whose installation has run once: a credit file, a key, uploads and a graph."""
    from graph import open_engine

    open_credit_file(Settings(var=machine.var, database_url="", storage_url="")).close()
    (machine.var / "uploads").mkdir()
    open_engine(f"ladybug://{machine.var}/graph.lbug").close()
    return machine


def bound_by_rights(machine: Machine) -> Machine:
    """The same, where even root may write only what its rights say."""
    if os.geteuid() == 0:
        machine.prefix = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    return machine


@contextlib.contextmanager
def process(*words: str, code: str = "import time; time.sleep(60)") -> Iterator[int]:
    """A process of ours that prints a line when it is as it should be, then waits."""
    with subprocess.Popen(
        [sys.executable, "-c", f"print(flush=True)\n{code}", *words], stdout=subprocess.PIPE
    ) as started:
        assert started.stdout
        started.stdout.readline()
        try:
            yield started.pid
        finally:
            started.kill()


def note(var: Path, **pids: int) -> None:
    (var / "run").mkdir(parents=True, exist_ok=True)
    lines = [f"{name.replace('_', '-')} {pid}" for name, pid in pids.items()]
    (var / "run" / "pids").write_text("\n".join(lines) + "\n", encoding="utf-8")


# the machine


def test_a_taken_port_is_named_with_its_holder(machine: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = machine.only("ports", RASA_PORT=str(port)).fault("ports")
    assert f"{port} (BAILING_RASA_PORT) is taken by " in told
    assert f"kill {os.getpid()}, or export BAILING_RASA_PORT=" in told


def test_a_port_that_is_none_and_one_named_twice_are_told(machine: Machine) -> None:
    assert "70000 is no port" in machine.only("ports", PORT="70000").fault("ports")
    port = str(free_port())
    told = machine.only("settings", PORT=port, ACTIONS_PORT=port).fault("settings")
    assert "BAILING_PORT and BAILING_ACTIONS_PORT are the same port" in told


def test_programs_that_are_missing_are_named_with_their_packages(copied: Machine) -> None:
    for name in (".venv", ".venv-rasa", ".tools"):
        (copied.root / name).unlink(missing_ok=True)
    copied.environment |= {"PATH": "/nowhere", "PYENV_ROOT": "/nowhere", "XDG_DATA_HOME": "/no"}
    seen = copied.only("machine")
    assert "apt-get install make python3-venv" in seen.fault("tools")
    assert "apt-get install python3 python3-venv" in seen.fault("python")
    for name, package in (("chromium", "chromium"), ("java", "openjdk-17-jdk-headless maven")):
        row = seen.rows[name]
        assert row["status"] == "warning"
        assert row["remedy"].endswith(f"apt-get install {package}")


def test_few_files_and_another_encoding_are_told(machine: Machine) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    machine.prepare = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (128, hard))
    assert "ulimit -n 4096" in machine.only("open-files").fault("open-files")
    machine.environment["PYTHONIOENCODING"] = "gbk"
    assert "the terminal in gbk => export LC_ALL" in machine.only("locale").fault("locale")


def test_memory_that_does_not_reach_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from bailing.doctor.checks import machine as checks

    site = Site(ROOT, Settings(var=tmp_path, workers=4), {}, {})
    monkeypatch.setattr(checks, "_free_memory", lambda: 2_000 * 2**20)
    found = checks.memory(site)
    assert found == Finding(
        Status.FAILURE,
        "2,000 MiB free; 4 workers and the rest take 3,600 MiB",
        "export BAILING_WORKERS=1",
    )


# what the installation was told


def test_a_mistyped_setting_is_named_with_the_right_one(copied: Machine) -> None:
    seen = copied.only("settings", POTR="9000")
    assert "rename BAILING_POTR to BAILING_PORT in the environment" in seen.fault("settings")
    del copied.environment["BAILING_POTR"]
    (copied.root / ".env").write_text("BAILING_WORKER=2\n", encoding="utf-8")
    told = copied.only("settings").fault("settings")
    assert "BAILING_WORKER (.env) is no setting, BAILING_WORKERS is => rename" in told


def test_a_variable_that_is_like_no_setting_is_a_warning(machine: Machine) -> None:
    told = machine.only("settings", FAVOURITE_TEA="oolong").fault("settings", "warning")
    assert "unset BAILING_FAVOURITE_TEA" in told
    assert "oolong" not in told


def test_a_wrong_value_is_named_and_the_other_checks_go_on(machine: Machine) -> None:
    seen = machine.only("settings,ports,var", WORKERS="many", PORT="x")
    told = seen.fault("settings")
    assert "BAILING_WORKERS" in told
    assert "BAILING_PORT" in told
    assert "many" not in told
    assert seen.rows["var"]["status"] == "ok"


def test_a_folder_that_depends_on_where_one_stands_is_told(machine: Machine) -> None:
    told = machine.only("settings", VAR="var").fault("settings")
    assert f"export BAILING_VAR={ROOT}/var" in told


def test_a_policy_that_does_not_hang_together_is_named(machine: Machine, tmp_path: Path) -> None:
    policy = tmp_path / "ours.yml"
    policy.write_text("version: ours\n", encoding="utf-8")
    assert f"=> correct {policy}" in machine.only("policy", POLICY=str(policy)).fault("policy")


def test_keys_that_let_nobody_or_anybody_in_are_told(machine: Machine, tmp_path: Path) -> None:
    closed = machine.only("merchant-keys", DEMO="false")
    assert "nobody can come in" in closed.fault("merchant-keys")
    weak = machine.only("merchant-keys", MERCHANT_SECRET="hush-hush")
    told = weak.fault("merchant-keys", "warning")
    assert "hush-hush" not in told
    gone = machine.only("merchant-keys", MERCHANT_JWKS=str(tmp_path / "none.json"))
    assert "FileNotFoundError" in gone.fault("merchant-keys")


def test_a_key_that_others_may_read_is_told(kept: Machine) -> None:
    key = kept.var / "installation.key"
    assert kept.only("secrets").rows["secrets"]["status"] == "ok"
    key.chmod(0o644)
    assert f"=> chmod 600 {key}" in kept.only("secrets").fault("secrets")
    key.write_bytes(b"short")
    key.chmod(0o600)
    assert "cut off" in kept.only("secrets").fault("secrets")


def test_a_dotenv_with_a_secret_is_for_its_owner(copied: Machine) -> None:
    env = copied.root / ".env"
    env.write_text(f"BAILING_MERCHANT_SECRET={'s' * 40}\n", encoding="utf-8")
    env.chmod(0o644)
    told = copied.only("secrets").fault("secrets")
    assert "=> chmod 600 .env" in told
    assert "sss" not in told


# what was set up


def test_environments_that_are_missing_gone_or_altered_are_told(copied: Machine) -> None:
    env = copied.root / ".venv-rasa"
    env.unlink(missing_ok=True)
    assert "sh deploy/setup.sh rasa" in copied.only("rasa-environment").fault("rasa-environment")
    (env / "bin").mkdir(parents=True)
    (env / "bin" / "python").symlink_to("/nowhere/python3.10")
    told = copied.only("rasa-environment").fault("rasa-environment")
    assert "does not run; its Python is gone => rm -r .venv-rasa" in told
    (env / "bin" / "python").unlink()
    (env / "bin" / "python").symlink_to(sys.executable)
    assert "another list" in copied.only("rasa-environment").fault("rasa-environment")
    lock = copied.root / "locks" / "rasa.txt"
    made_from = hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    (env / ".made-from").write_text(made_from + "\n", encoding="utf-8")
    pins = dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.M))
    pins["rasa"] = "1.10.2"
    del pins["numpy"]
    for name, version in pins.items():
        place = (
            env / "lib/python3.10/site-packages" / f"{name.replace('-', '_')}-{version}.dist-info"
        )
        place.mkdir(parents=True)
    told = copied.only("rasa-environment").fault("rasa-environment")
    assert "not as locked: no numpy, rasa 1.10.2 instead of 3.6" in told
    assert "=> rm .venv-rasa/.made-from && sh deploy/setup.sh rasa" in told


def test_a_dialogue_model_that_is_missing_or_cut_off_is_told(
    machine: Machine, tmp_path: Path
) -> None:
    models = tmp_path / "models"
    models.mkdir()
    told = machine.only("dialogue-model", MODELS=str(models)).fault("dialogue-model")
    assert "no model of the present inputs" in told
    assert "train" in told
    (models / model_path(Settings()).name).write_bytes(b"\x1f\x8b\x08\x00cut off")
    assert "is damaged" in machine.only("dialogue-model").fault("dialogue-model")


@pytest.mark.parametrize(
    ("check", "file"),
    [
        ("perception-models", "perception/models/look.onnx"),
        ("risk-models", "risk/models/pd_prior.ubj"),
        ("vouchers", "perception/vouchers/business_license.yml"),
        ("knowledge", "graph/knowledge/industries/5123.yml"),
    ],
)
def test_an_altered_file_is_named(copied: Machine, check: str, file: str) -> None:
    path = copied.root / file
    path.write_bytes(path.read_bytes() + b"\n: altered\n")
    told = copied.only(check).fault(check)
    assert "=> git checkout -- " in told
    assert told.rpartition("git checkout -- ")[2].split()[0] in file


# where things are kept


def test_an_old_and_an_unknown_schema_are_told(machine: Machine) -> None:
    machine.var.mkdir()
    engine = create_engine(f"sqlite:///{machine.var}/casefile.db")
    config = Config()
    config.set_main_option("script_location", str(ROOT / "casefile" / "migrations"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    told = machine.only("credit-file").fault("credit-file")
    assert "has schema 0002, the newest is" in told
    assert "=> make run" in told
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    assert "does not know" in machine.only("credit-file").fault("credit-file")


def test_a_credit_file_that_another_holds_or_that_is_damaged_is_told(kept: Machine) -> None:
    file = kept.var / "casefile.db"
    held = sqlite3.connect(file, isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    told = kept.only("credit-file").fault("credit-file")
    assert time.monotonic() - began < 20
    assert "fuser" in told
    held.close()
    assert kept.only("credit-file").rows["credit-file"]["status"] == "ok"
    file.write_bytes(b"no database, certainly not one" * 100)
    kept.only("credit-file").fault("credit-file")


def test_what_may_not_be_written_is_told(kept: Machine) -> None:
    bound_by_rights(kept)
    seen = kept.only("var,uploads,credit-file")
    assert seen.code == 0, seen.rows
    (kept.var / "uploads").chmod(0o555)
    (kept.var / "casefile.db").chmod(0o444)
    seen = kept.only("var,uploads,credit-file")
    assert f"=> chmod -R u+rwX {kept.var}/uploads" in seen.fault("uploads")
    assert "not writable: casefile.db, uploads" in seen.fault("var")
    assert "readonly" in seen.fault("credit-file")
    kept.var.chmod(0o555)
    told = kept.only("var").fault("var")
    assert "Permission denied => chmod -R u+rwX" in told
    kept.var.chmod(0o755)


def test_a_folder_that_cannot_be_made_is_told(machine: Machine, tmp_path: Path) -> None:
    bound_by_rights(machine)
    tmp_path.chmod(0o555)
    seen = machine.only("var,uploads")
    tmp_path.chmod(0o755)
    seen.fault("var")
    assert "cannot be made: Permission denied" in seen.fault("uploads")


def test_a_lock_on_the_graph_that_is_not_the_actions_is_told(kept: Machine) -> None:
    opens = "import ladybug, sys, time; held = ladybug.Database(sys.argv[1]); time.sleep(60)"
    file = kept.var / "graph.lbug"
    with process(str(file), code=opens) as pid:
        for _ in range(100):
            seen = kept.only("graph")
            if seen.code:
                break
        os.kill(pid, signal.SIGSTOP)
        told = kept.only("graph").fault("graph")
        assert f"(process {pid}, stopped), which is not the running actions" in told
        assert f"=> kill -9 {pid}" in told
    with process("bailing.cli", code=opens.replace("argv[1]", f"argv[0] and {str(file)!r}")) as pid:
        note(kept.var, actions=pid)
        for _ in range(100):
            words = kept.only("graph").rows["graph"]["saw"]
            if "in the hands of the running actions" in words:
                break
        else:
            pytest.fail(words)


def test_a_graph_that_is_damaged_or_hangs_is_told(kept: Machine) -> None:
    file = kept.var / "graph.lbug"
    file.write_bytes(b"no graph" * 100)
    assert "=> cp -a BACKUP" in kept.only("graph").fault("graph")
    told = kept.only("graph", GRAPH_URL="oracle://me:hushhush@there/x").fault("graph")
    assert "no graph engine for 'oracle'" in told
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"bolt://me:hushhush@127.0.0.1:{silent.getsockname()[1]}"
        began = time.monotonic()
        told = kept.only("graph", GRAPH_URL=url).fault("graph")
        assert time.monotonic() - began < 20
    assert "=> start its server, or correct BAILING_GRAPH_URL" in told


def test_a_graph_of_an_earlier_or_a_later_version_is_told(kept: Machine) -> None:
    from graph import open_engine
    from graph.upkeep import VERSION, remember

    for version, words in (("0", "=> make run"), ("999", "does not know")):
        engine = open_engine(f"ladybug://{kept.var}/graph.lbug")
        remember(engine, VERSION, version)
        engine.close()
        assert words in kept.only("graph").fault("graph")
        (kept.var / "graph.lbug").unlink()


def test_a_password_in_an_address_is_not_told(machine: Machine) -> None:
    addresses = {
        "DATABASE_URL": "postgresql://me:hushhush@127.0.0.1:1/x",
        "GRAPH_URL": "neo4j://me:hushhush@127.0.0.1:1",
    }
    seen = machine.only("credit-file,graph", **addresses)
    seen.fault("credit-file")
    seen.fault("graph")
    assert "hushhush" not in json.dumps(seen.rows)


# what runs

SILENT = """
import socket, sys, time
taken = socket.create_server(("127.0.0.1", int(sys.argv[2])))
print(flush=True)
time.sleep(60)
"""


@contextlib.contextmanager
def silent_installation(machine: Machine) -> Iterator[dict[str, int]]:
    """Processes that hold their ports and never answer, and a worker whose heart stands still."""
    with contextlib.ExitStack() as stack:
        pids = {
            name: stack.enter_context(_silent(word, machine.environment[f"BAILING_{port}"]))
            for name, word, port in (
                ("web", "bailing.cli", "PORT"),
                ("rasa", "understanding.server", "RASA_PORT"),
                ("actions", "bailing.cli", "ACTIONS_PORT"),
            )
        }
        pids["worker_1"] = stack.enter_context(process("bailing.cli"))
        note(machine.var, **pids)
        heart = heartbeat_file(Settings(var=machine.var), pids["worker_1"])
        heart.touch()
        os.utime(heart, (time.time() - 60, time.time() - 60))
        yield pids


@contextlib.contextmanager
def _silent(word: str, port: str) -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-c", SILENT, word, port], stdout=subprocess.PIPE
    ) as started:
        assert started.stdout
        started.stdout.readline()
        try:
            yield started.pid
        finally:
            started.kill()


def test_engines_that_hang_are_failures_and_no_hang(machine: Machine) -> None:
    with silent_installation(machine) as pids:
        began = time.monotonic()
        seen = machine.only("ports", "running", "turn")
        assert time.monotonic() - began < 25
    assert seen.rows["ports"]["status"] == "ok"
    assert seen.rows["processes"]["status"] == "ok"
    for name in ("web", "rasa", "actions"):
        told = seen.fault(name)
        assert f"(process {pids[name]}), does not answer at http://127.0.0.1:" in told
        assert f"=> kill -9 {pids[name]}" in told
    assert "no heartbeat of worker-1" in seen.fault("workers")
    assert "no answer from http://127.0.0.1:" in seen.fault("turn")


def test_processes_that_are_gone_are_told(machine: Machine) -> None:
    note(machine.var, web=2**22 + 1)
    assert "=> make run" in machine.only("processes").fault("processes", "warning")
    with process("bailing.cli") as pid:
        note(machine.var, web=pid, rasa=2**22 + 1)
        told = machine.only("processes").fault("processes")
    assert "actions, rasa, worker-1 not there => tail" in told


# the doctor's own ways


def fake(name: str, look: Callable[[Site], Finding], limit_s: float = 5) -> Check:
    return Check(name, Group.MACHINE, "it is well", look, f"mend {name}", limit_s)


def test_a_check_that_hangs_dies_or_breaks_costs_itself_only(tmp_path: Path) -> None:
    grandchild = tmp_path / "pid"

    def hangs(_site: Site) -> Finding:
        child = subprocess.Popen(["sleep", "60"])
        grandchild.write_text(str(child.pid), encoding="utf-8")
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(60)
        raise AssertionError

    def dies(_site: Site) -> Finding:
        os._exit(3)

    def breaks(_site: Site) -> Finding:
        raise RuntimeError("it is\nbroken")

    def well(_site: Site) -> Finding:
        return Finding(Status.OK, "well")

    site = Site(ROOT, Settings(var=tmp_path), {}, {})
    checks = [fake("hangs", hangs, 1), fake("dies", dies), fake("breaks", breaks), fake("w", well)]
    began = time.monotonic()
    found = {r.check.name: r.finding for r in examine(checks, site)}
    assert time.monotonic() - began < 4
    assert list(found) == ["hangs", "dies", "breaks", "w"]
    assert (found["hangs"].saw, found["hangs"].remedy) == ("no answer within 1 s", "mend hangs")
    assert found["dies"].remedy == "mend dies"
    assert found["breaks"].saw == "RuntimeError: it is broken"
    assert found["w"].status is Status.OK
    for _ in range(100):
        if not _runs(int(grandchild.read_text(encoding="utf-8"))):
            break
        time.sleep(0.02)
    else:
        pytest.fail("what a check started outlived it")


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_the_whole_takes_no_longer_than_it_may(tmp_path: Path) -> None:
    def hangs(_site: Site) -> Finding:
        time.sleep(60)
        raise AssertionError

    site = Site(ROOT, Settings(var=tmp_path), {}, {})
    began = time.monotonic()
    results = list(examine([fake(f"c{n}", hangs, 5) for n in range(10)], site, total_s=1))
    assert time.monotonic() - began < 4
    assert [r.finding.status for r in results] == [Status.FAILURE] * 10
    assert "took all the time" in results[0].finding.saw


def test_nothing_is_changed(kept: Machine) -> None:
    before = _tree(kept.var)
    seen = kept.only("settings,secrets,var,credit-file,uploads,graph,processes")
    assert seen.code == 0, seen.rows
    assert _tree(kept.var) == before


def test_nothing_is_made_where_nothing_is(machine: Machine) -> None:
    machine.only("settings,secrets,var,credit-file,uploads,graph,running")
    assert not machine.var.exists()


def _tree(folder: Path) -> Mapping[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mode, _content(path))
        for path in sorted(folder.rglob("*"))
    }


def _content(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b""


def test_a_fresh_machine_without_a_locale_is_told_in_80_columns(copied: Machine) -> None:
    for name in (".venv-rasa", ".tools"):
        (copied.root / name).unlink(missing_ok=True)
    copied.environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(copied.root),
        "LANG": "C",
        **{n: v for n, v in copied.environment.items() if n.startswith("BAILING_")},
    }
    ended = copied.run()
    assert ended.returncode == 1
    assert not ended.stderr
    lines = ended.stdout.decode().splitlines()
    assert max(len(line) for line in lines) <= 80
    text = "\n".join(lines)
    assert "\x1b" not in text
    for check in all_checks():
        assert check.name in text
    assert "sh deploy/setup.sh rasa" in text
    assert re.search(rf"{len(all_checks())} checks in \d+ s: \d+ ok, .*\d failures?$", text)
    assert not copied.var.exists()


def test_a_name_that_no_check_has_is_told_with_the_nearest(machine: Machine) -> None:
    ended = machine.run("--only", "grahp")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert b"graph" in ended.stderr
    assert list(machine.only("policy", "ports").rows) == ["ports", "policy"]


@pytest.mark.rasa
def test_a_running_installation_is_well(bailing: Installation) -> None:
    """Nothing fails; what only the tests want may be missing."""
    endpoints = yaml.safe_load((bailing.var / "endpoints.yml").read_text(encoding="utf-8"))
    port = endpoints["action_endpoint"]["url"].removesuffix("/webhook")
    machine = Machine(ROOT, bailing.var)
    ports = zip(PORTS, (bailing.address, bailing.rasa_url, port), strict=True)
    machine.environment |= {f"BAILING_{n}": url.rpartition(":")[2] for n, url in ports}
    began = time.monotonic()
    seen = machine.only(*Group)
    assert time.monotonic() - began < 30
    assert seen.code == 0, [r for r in seen.rows.values() if r["status"] != "ok"]
    assert list(seen.rows) == [check.name for check in all_checks()]
    wanting = {row["check"] for row in seen.rows.values() if row["status"] == "warning"}
    assert wanting <= {"chromium", "fonts", "java", "python", "memory", "disk"}
    assert "in the hands of the running actions" in seen.rows["graph"]["saw"]
    assert "ours" in seen.rows["ports"]["saw"]
    assert "answered after" in seen.rows["turn"]["saw"]
    assert "fields right" in seen.rows["inspection"]["saw"]
