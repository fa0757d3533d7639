"""Addresses of graph servers."""

from __future__ import annotations

import pytest

from graph.address import read_address, with_password
from graph.errors import AddressWrong, ServerRefused
from graph.server import ServerPlan, missing_tools, own_password


@pytest.mark.parametrize(
    ("url", "uri", "user", "password", "database"),
    [
        ("neo4j://u:p@h:1", "neo4j://h:1", "u", "p", "neo4j"),
        ("bolt+s://:p%2F%40@h/db", "bolt+s://h:7687", "neo4j", "p/@", "db"),
        ("bolt://u:p@[::1]:9", "bolt://[::1]:9", "u", "p", "neo4j"),
    ],
)
def test_its_parts(url: str, uri: str, user: str, password: str, database: str) -> None:
    address = read_address(url)
    assert (address.uri, address.user) == (uri, user)
    assert (address.password, address.database) == (password, database)
    assert "p" not in str(address).removeprefix(uri.partition("//")[0]).replace("neo4j", "")


@pytest.mark.parametrize("url", ["neo4j://h:1", "neo4j://u@h", "neo4j://u:p@", "neo4j://u:p@h:x"])
def test_what_lacks_a_part_is_refused(url: str) -> None:
    with pytest.raises(AddressWrong):
        read_address(url)


def test_a_password_is_added_only_where_there_is_none() -> None:
    assert with_password("neo4j://h:1", "p/@") == "neo4j://neo4j:p%2F%40@h:1"
    assert with_password("bolt://me@h:1/db", "p") == "bolt://me:p@h:1/db"
    assert with_password("neo4j://u:q@h", "p") == "neo4j://u:q@h"
    assert with_password("ladybug:///var/g", "p") == "ladybug:///var/g"


def test_a_password_is_made_once_for_us_alone(tmp_path) -> None:
    first = own_password(tmp_path / "neo4j")
    assert own_password(tmp_path / "neo4j") == first
    assert len(first) >= 32
    assert (tmp_path / "neo4j" / "password").stat().st_mode & 0o777 == 0o600


def test_a_weak_password_is_refused(tmp_path) -> None:
    with pytest.raises(ServerRefused):
        ServerPlan(tmp_path, tmp_path, 1, "short", tmp_path)


def test_what_a_machine_lacks_is_named_with_its_package(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    java, maven = missing_tools(tmp_path)
    assert "openjdk-17-jdk-headless" in java
    assert "apt-get install maven" in maven
