"""Installs the server's jars, once for each version of the list."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from graph.errors import ServerRefused

HERE = Path(__file__).parent
POM = HERE / "pom.xml"
OLDEST_JAVA = 17
INSTALL_TIMEOUT_S = 600


def version() -> str:
    """The version of Neo4j that is run."""
    found = re.findall(r"<artifactId>neo4j</artifactId>\s*<version>(.+?)<", POM.read_text())
    return str(found[0])


def jar_folder(folder: Path) -> Path:
    """Where the jars of this list lie below a folder, whether they are there or not."""
    return folder / f"jars-{hashlib.sha256(POM.read_bytes()).hexdigest()[:16]}"


def missing_tools(folder: Path) -> list[str]:
    """What the machine lacks to run the server, with the package that brings it.

    Args:
        folder: Where the jars are kept; with them there, Maven is not needed.
    """
    missing = []
    if _compiling_java() < OLDEST_JAVA:
        missing.append("a JDK, version 17 or newer (apt-get install openjdk-17-jdk-headless)")
    if not jar_folder(folder).exists() and not shutil.which("mvn"):
        missing.append("Maven (apt-get install maven)")
    return missing


def install(folder: Path) -> Path:
    """The folder of the jars; Maven brings them where they are not there yet.

    Raises:
        ServerRefused: Java or Maven is missing, or Maven did not bring them.
    """
    if missing := missing_tools(folder):
        raise ServerRefused(f"the graph server needs {' and '.join(missing)}")
    jars = jar_folder(folder)
    if jars.exists():
        return jars
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="installing-") as unfinished:
        _bring(Path(unfinished))
        try:
            (Path(unfinished) / "jars").rename(jars)
        except OSError:
            if not jars.exists():  # another process was quicker
                raise
    return jars


def _bring(folder: Path) -> None:
    """Maven runs in the folder, so that it leaves nothing beside the list."""
    folder = folder.absolute()
    shutil.copy(POM, folder / "pom.xml")
    command = [
        *("mvn", "--quiet", "--batch-mode", "--strict-checksums"),
        *("dependency:copy-dependencies", f"-DoutputDirectory={folder / 'jars'}"),
    ]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=INSTALL_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ServerRefused(f"Maven brought nothing within {INSTALL_TIMEOUT_S} s") from error
    if done.returncode:
        said = [line for line in done.stdout.splitlines() if line.startswith("[ERROR]")]
        raise ServerRefused(f"Maven failed: {said[0] if said else done.stderr[-500:]}")


def _compiling_java() -> int:
    """The version of the Java here that can run a source file; 0 where there is none."""
    if not shutil.which("java"):
        return 0
    listed = subprocess.run(
        ["java", "--list-modules"], capture_output=True, text=True, timeout=60, check=False
    )
    found = re.search(r"^jdk\.compiler@(\d+)", listed.stdout, re.M)
    return int(found[1]) if found else 0
