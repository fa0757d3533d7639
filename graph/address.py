"""The address of a graph server, taken apart; a password never gets into a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from graph.errors import AddressWrong

DEFAULT_USER = "neo4j"
DEFAULT_DATABASE = "neo4j"
DEFAULT_PORT = 7687


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is, and who we are there.

    Attributes:
        uri: Scheme, host and port only, as the driver wants it.
    """

    uri: str
    user: str
    password: str = field(repr=False)
    database: str = DEFAULT_DATABASE

    def __str__(self) -> str:
        """Without the password."""
        return f"{self.uri}/{self.database}"


def read_address(url: str) -> Address:
    """Take apart ``neo4j://user:password@host:port/database``; percent signs as in any URL.

    Raises:
        AddressWrong: No host, no password, or a port that is no number.
    """
    parts = urlsplit(url)
    try:
        host, port = parts.hostname, parts.port or DEFAULT_PORT
    except ValueError as error:
        raise AddressWrong("the graph's address has a port that is no number") from error
    if not host:
        raise AddressWrong("the graph's address names no host")
    if not parts.password:
        raise AddressWrong(
            f"no password for {host}: set BAILING_GRAPH_PASSWORD, or write "
            f"{parts.scheme}://user:password@host:port"
        )
    shown = f"[{host}]" if ":" in host else host
    return Address(
        uri=f"{parts.scheme}://{shown}:{port}",
        user=unquote(parts.username or DEFAULT_USER),
        password=unquote(parts.password),
        database=parts.path.strip("/") or DEFAULT_DATABASE,
    )


def with_password(url: str, password: str) -> str:
    """The same address with a password, where it is a server's and has none."""
    parts = urlsplit(url)
    if not parts.hostname or parts.password:
        return url
    place = parts.netloc.rpartition("@")[2]
    user = quote(unquote(parts.username or DEFAULT_USER), safe="")
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{place}"))
