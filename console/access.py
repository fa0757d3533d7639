"""Who may look: log-ins, sessions in signed cookies, form tokens, and bounds on guessing."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import OrderedDict, deque
from dataclasses import dataclass

from casefile import (
    CaseFile,
    Ledger,
    StaffSession,
    hash_password,
    password_matches,
)
from console.config import ConsoleConfig

MAX_NAME_CHARS = 60
MAX_PASSWORD_CHARS = 200
ATTEMPTS = 5
"""Log-ins that one name may try from one address within the window."""
ATTEMPTS_OF_ADDRESS = 30
WINDOW_S = 15 * 60
REMEMBERED = 20_000
"""Pairs of name and address that are remembered; the oldest are forgotten first."""
HASHES_AT_A_TIME = 2
"""A log-in takes 32 MB and 0.1 s; more of them wait."""


class Signer:
    """Signs values that go through a browser and come back."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def sign(self, purpose: str, value: str) -> str:
        """The signature of a value for one purpose only."""
        message = f"{purpose}\0{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()

    def sealed(self, purpose: str, value: str) -> str:
        """The value with its signature behind it."""
        return f"{value}.{self.sign(purpose, value)}"

    def opened(self, purpose: str, sealed: str | None) -> str | None:
        """The value of a sealed one; None where it was not signed here for this purpose."""
        value, _, signature = (sealed or "").rpartition(".")
        return value if value and self.holds(purpose, value, signature) else None

    def holds(self, purpose: str, value: str, signature: str) -> bool:
        """Whether the signature is ours, compared in constant time."""
        stated = signature.encode("utf-8", "surrogatepass")
        return hmac.compare_digest(self.sign(purpose, value).encode(), stated)


class Attempts:
    """How often log-ins were tried, by name and address, in the last quarter of an hour."""

    def __init__(self) -> None:
        self._tried: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: str, address: str) -> bool:
        """Whether one more try is allowed; it is counted when it is."""
        place = _network(address)
        with self._lock:
            bounds = (((name, place), ATTEMPTS), (("", place), ATTEMPTS_OF_ADDRESS))
            if any(len(self._recent(key)) >= most for key, most in bounds):
                return False
            for key, _ in bounds:
                self._recent(key).append(time.monotonic())
            while len(self._tried) > REMEMBERED:
                self._tried.popitem(last=False)
        return True

    def forget(self, name: str, address: str) -> None:
        """A log-in succeeded: this pair begins anew."""
        with self._lock:
            self._tried.pop((name, _network(address)), None)
            if of_address := self._tried.get(("", _network(address))):
                of_address.pop()

    def _recent(self, key: tuple[str, str]) -> deque[float]:
        tried = self._tried.setdefault(key, deque())
        self._tried.move_to_end(key)
        while tried and tried[0] < time.monotonic() - WINDOW_S:
            tried.popleft()
        return tried


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A new session: its cookie, and how many seconds it lasts."""

    cookie: str
    max_age_s: int


class Access:
    """The console's door-keeper."""

    def __init__(self, casefile: CaseFile, config: ConsoleConfig) -> None:
        self._casefile = casefile
        self._config = config
        self.signer = Signer(config.secret)
        self._attempts = Attempts()
        self._hashing = threading.BoundedSemaphore(HASHES_AT_A_TIME)
        self._nobody = hash_password(secrets.token_hex(16))

    def may_try(self, name: str, address: str) -> bool:
        """Whether this name may try once more from this address."""
        return self._attempts.take(name, address)

    def log_in(self, name: str, password: str, address: str) -> LoggedIn | None:
        """A session, or None for a wrong name or password; which of them, nobody learns.

        An unknown name takes as long as a known one.
        """
        with self._casefile.read() as ledger:
            known = ledger.staff.password_hash(name[:MAX_NAME_CHARS])
        with self._hashing:
            fits = password_matches(
                password[:MAX_PASSWORD_CHARS], known[1] if known else self._nobody
            )
        if known is None or not fits or len(password) > MAX_PASSWORD_CHARS:
            self._note_failure(name, address)
            return None
        with self._casefile.begin() as ledger:
            session_id, token, ends = ledger.staff.start_session(
                known[0], self._config.session_hours
            )
            ledger.audit.append(
                "staff_logged_in", actor=actor(ledger, known[0]), subject=session_id
            )
        self._attempts.forget(name, address)
        value = f"{token}.{int(ends.timestamp())}"
        return LoggedIn(
            self.signer.sealed("session", value), int(self._config.session_hours * 3600)
        )

    def _note_failure(self, name: str, address: str) -> None:
        with self._casefile.begin() as ledger:
            detail = {
                "name": ledger.audit.keyed(f"staff name:{name}"),
                "address": ledger.audit.keyed(f"address:{address}"),
            }
            ledger.audit.append("staff_log_in_failed", actor="console", detail=detail)

    def session(self, cookie: str | None) -> StaffSession | None:
        """The session of a cookie; None where it is forged, ended, or was logged out."""
        value = self.signer.opened("session", cookie)
        if value is None:
            return None
        token, _, ends = value.rpartition(".")
        if int(ends) < time.time():
            return None
        with self._casefile.read() as ledger:
            return ledger.staff.session_of(token)

    def log_out(self, session: StaffSession) -> None:
        """End a session here, whatever the browser keeps."""
        with self._casefile.begin() as ledger:
            ledger.staff.end_session(session.id)
            ledger.audit.append(
                "staff_logged_out", actor=actor(ledger, session.staff_id), subject=session.id
            )

    def form_token(self, session: StaffSession) -> str:
        """What every form of this session carries."""
        return self.signer.sign("form", session.id)

    def form_holds(self, session: StaffSession, token: str) -> bool:
        """Whether a form came from a page of this session."""
        return self.signer.holds("form", session.id, token)


def actor(ledger: Ledger, staff_id: str) -> str:
    """Somebody of the staff as the audit log names them: a keyed hash, never their name."""
    return f"st_{ledger.audit.keyed(f'staff:{staff_id}')[:16]}"


def _network(address: str) -> str:
    """An address; of version 6 the network, since one household has so many of them."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(known)
