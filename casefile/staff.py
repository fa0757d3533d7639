"""The lender's people: who may look into the console, their sessions, and what they unmasked."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from casefile import tables as t
from casefile.cases import token_hash
from casefile.clock import new_id, now
from casefile.errors import NameTaken, UnknownStaff

SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P = 15, 8, 1
"""32 MB and about 0.1 s a try (OWASP's password storage cheat sheet asks for no less memory)."""
SCRYPT_MEMORY = 64 * 2**20
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody of the lender's who may log in; ``removed_at`` ends that."""

    id: str
    name: str
    created_at: datetime
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class StaffSession:
    """One log-in, as long as it lasts."""

    id: str
    staff_id: str
    name: str
    expires_at: datetime


class Staff:
    """Accounts of the lender's people."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, name: str, password: str) -> StaffMember:
        """A new account; one that was removed comes back with the new password.

        Raises:
            NameTaken: Somebody of this name may log in already.
        """
        kept = hash_password(password)
        known = self._db.execute(select(t.staff).where(t.staff.c.name == name)).first()
        if known is not None and known.removed_at is None:
            raise NameTaken(name)
        if known is not None:
            self._db.execute(
                t.staff.update()
                .where(t.staff.c.id == known.id)
                .values(password_hash=kept, removed_at=None)
            )
        else:
            self._db.execute(
                t.staff.insert().values(
                    id=new_id("st"), name=name, password_hash=kept, created_at=now()
                )
            )
        return next(m for m in self.all() if m.name == name)

    def remove(self, name: str) -> StaffMember:
        """End an account and its sessions; what it did stays in the audit log.

        Raises:
            UnknownStaff: Nobody of this name may log in.
        """
        member = next((m for m in self.all() if m.name == name and m.removed_at is None), None)
        if member is None:
            raise UnknownStaff(name)
        self._db.execute(t.staff.update().where(t.staff.c.id == member.id).values(removed_at=now()))
        self._db.execute(t.staff_sessions.delete().where(t.staff_sessions.c.staff_id == member.id))
        return member

    def all(self) -> tuple[StaffMember, ...]:
        """Every account, removed ones too, by name."""
        rows = self._db.execute(select(t.staff).order_by(t.staff.c.name))
        return tuple(StaffMember(r.id, r.name, r.created_at, r.removed_at) for r in rows)

    def password_hash(self, name: str) -> tuple[str, str] | None:
        """The id and password hash of an account that may log in; None for any other name."""
        row = self._db.execute(
            select(t.staff.c.id, t.staff.c.password_hash).where(
                t.staff.c.name == name, t.staff.c.removed_at.is_(None)
            )
        ).first()
        return None if row is None else (row.id, row.password_hash)

    def start_session(self, staff_id: str, hours: float) -> tuple[str, str, datetime]:
        """A new session's id, its token (kept as a hash only), and when it ends."""
        session_id, token = new_id("ss"), secrets.token_urlsafe(32)
        ends = now() + timedelta(hours=hours)
        self._db.execute(t.staff_sessions.delete().where(t.staff_sessions.c.expires_at < now()))
        self._db.execute(
            t.staff_sessions.insert().values(
                id=session_id,
                staff_id=staff_id,
                token_hash=token_hash(token),
                created_at=now(),
                expires_at=ends,
            )
        )
        return session_id, token, ends

    def session_of(self, token: str) -> StaffSession | None:
        """The session that a token opens; None when it is unknown, ended or its account is."""
        row = self._db.execute(
            select(t.staff_sessions, t.staff.c.name)
            .join(t.staff, t.staff.c.id == t.staff_sessions.c.staff_id)
            .where(
                t.staff_sessions.c.token_hash == token_hash(token),
                t.staff_sessions.c.expires_at > now(),
                t.staff.c.removed_at.is_(None),
            )
        ).first()
        return None if row is None else StaffSession(row.id, row.staff_id, row.name, row.expires_at)

    def end_session(self, session_id: str) -> None:
        """Log out."""
        self._db.execute(t.staff_sessions.delete().where(t.staff_sessions.c.id == session_id))

    def unmask(self, session: StaffSession, case_id: str, reason: str) -> str:
        """Keep why somebody looks at this case's names and numbers; the unmasking's id."""
        unmasking_id = new_id("um")
        self._db.execute(
            t.unmaskings.insert().values(
                id=unmasking_id,
                case_id=case_id,
                staff_id=session.staff_id,
                session_id=session.id,
                reason=reason,
                at=now(),
            )
        )
        return unmasking_id

    def unmasked(self, session: StaffSession, case_id: str) -> bool:
        """Whether this session gave a reason for this case."""
        found = self._db.execute(
            select(t.unmaskings.c.id)
            .where(t.unmaskings.c.session_id == session.id, t.unmaskings.c.case_id == case_id)
            .limit(1)
        )
        return found.first() is not None


def hash_password(password: str) -> str:
    """``scrypt$log2(n)$r$p$salt$key``, with a salt of its own."""
    salt = secrets.token_bytes(16)
    key = _scrypt(password, salt, SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P)
    return f"scrypt${SCRYPT_LOG_N}${SCRYPT_R}${SCRYPT_P}${salt.hex()}${key.hex()}"


def password_matches(password: str, kept: str) -> bool:
    """Whether the password is the one that was hashed, compared in constant time."""
    _, log_n, r, p, salt, key = kept.split("$")
    tried = _scrypt(password, bytes.fromhex(salt), int(log_n), int(r), int(p))
    return hmac.compare_digest(tried, bytes.fromhex(key))


def _scrypt(password: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=2**log_n,
        r=r,
        p=p,
        maxmem=SCRYPT_MEMORY,
        dklen=KEY_BYTES,
    )
