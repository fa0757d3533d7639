"""The installation's settings: environment variables (``.env`` for all), read once at the edge."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
"""The project's folder."""


class Settings(BaseSettings):
    """Every setting, with the prefix ``BAILING_``; docs/settings.md explains each."""

    model_config = SettingsConfigDict(
        env_prefix="BAILING_", env_file=ROOT / ".env", extra="ignore", frozen=True
    )

    var: Path = Field(ROOT / "var", description="Where the installation keeps its data and logs.")
    models: Path = Field(ROOT / "models", description="Where trained dialogue models lie.")
    database_url: str = Field("", description="Credit file; empty: a SQLite file under var.")
    storage_url: str = Field("", description="Uploads (fsspec); empty: a folder under var.")
    graph_url: str = Field("", description="Graph engine; empty: Ladybug under var.")
    graph_password: str | None = Field(
        None, description="Of the graph server; empty: made once, under var."
    )
    graph_server_port: int = Field(7687, description="The port of `bailing graph server`.")
    graph_server_memory_mib: int = Field(
        512, ge=256, description="Java's heap of `bailing graph server`, in MiB."
    )
    host: str = Field("127.0.0.1", description="Where the web process listens.")
    port: int = Field(8000, description="The web process's port.")
    rasa_port: int = Field(5005, description="Rasa's port, on the loopback address.")
    actions_port: int = Field(5055, description="The action server's port, loopback too.")
    workers: int = Field(1, ge=1, le=16, description="Verification workers.")
    worker_memory_mib: int = Field(
        4_096,
        ge=1_024,
        description="The most memory that one worker may take, in MiB.",
    )
    worker_seconds: float = Field(
        120.0,
        gt=0,
        description="The longest that one file may be looked at, in seconds.",
    )
    silent_seconds: float = Field(
        6.0, gt=0, description="A process that does not answer for so long is started anew."
    )
    demo: bool = Field(True, description="Whether demonstration merchants may come in.")
    merchant_secret: str | None = Field(None, description="HS256 secret, for development.")
    merchant_jwks: str | None = Field(None, description="The lender's public keys (path, https).")
    secure_cookie: bool = Field(False, description="Whether cookies are for https only.")
    console: bool = Field(True, description="Whether the web process shows /console too.")
    console_session_hours: int = Field(
        8, ge=1, le=168, description="How long an analyst's log-in lasts."
    )
    console_port: int = Field(8010, description="The console's port where it runs apart.")
    policy: Path | None = Field(None, description="Another policy file than the standard one.")
    dev_data: Path | None = Field(None, description="Development data for tests and benches.")

    @property
    def database(self) -> str:
        """The credit file's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.var}/casefile.db"

    @property
    def storage(self) -> str:
        """The uploads' fsspec URL."""
        return self.storage_url or f"file://{self.var}/uploads"

    @property
    def graph(self) -> str:
        """The graph engine's URL; a server's that states no password gets the installation's."""
        url = self.graph_url or f"ladybug://{self.var.absolute()}/graph.lbug"
        own = self.var / "neo4j" / "password"
        if url.startswith("ladybug:") or not (self.graph_password or own.exists()):
            return url
        from graph.address import with_password

        return with_password(url, self.graph_password or own.read_text(encoding="utf-8").strip())

    @property
    def rasa_url(self) -> str:
        """Where Rasa answers."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Where the action server answers."""
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def address(self) -> str:
        """The page that a merchant opens."""
        host = "127.0.0.1" if self.host == "0.0.0.0" else self.host
        return f"http://{host}:{self.port}"


def console_secret(var: Path) -> bytes:
    """What the console signs with: made from the installation's key, good for nothing else."""
    return hmac.new(installation_key(var), b"console", hashlib.sha256).digest()


def installation_key(var: Path) -> bytes:
    """The installation's secret for keyed hashes, made on first use (readable by us alone)."""
    path = var / "installation.key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{secrets.token_hex(4)}")
        partial.touch(mode=0o600)
        partial.write_bytes(secrets.token_bytes(32))
        partial.rename(path)
    return path.read_bytes()
