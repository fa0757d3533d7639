"""Who comes in: a merchant with the lender's token, or one of the demonstration's four."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import jwt
from jwt.types import Options

from bot.config import GatewayConfig
from bot.errors import BadToken, UnknownDemo

AUDIENCE = "bailing"
DEFAULT_LIMIT_CNY = Decimal(50_000)
KEYS_TIMEOUT_S = 5
MAX_AMOUNT = 10**12
MAX_NAME_CHARS, MAX_SLOT_CHARS = 200, 60


@dataclass(frozen=True, slots=True)
class Merchant:
    """A merchant as the lender knows them.

    Attributes:
        subject: The lender's id; None for a fresh demonstration merchant.
        name: The name on papers.
        salutation: How to address them.
        limit_cny: The present limit in yuan.
        profile: Slot to (value, unit) of what the lender's file says.
    """

    subject: str | None
    name: str | None
    salutation: str | None
    limit_cny: Decimal
    language: str = "zh"
    profile: Mapping[str, tuple[Any, str | None]] = field(default_factory=dict)


DEMO_MERCHANTS: dict[str, Merchant] = {
    "wang": Merchant(
        None,
        "王建国",
        "王师傅",
        Decimal(100_000),
        profile={"industry_code": ("5431", None), "region": ("石家庄", None)},
    ),
    "li": Merchant(
        None,
        "李秀英",
        "李姐",
        Decimal(60_000),
        profile={"industry_code": ("5213", None), "region": ("杭州", None)},
    ),
    "chen": Merchant(
        None,
        "陈志强",
        "陈老板",
        Decimal(200_000),
        profile={"industry_code": ("5132", None), "region": ("广州", None)},
    ),
    "blank": Merchant(None, None, None, DEFAULT_LIMIT_CNY),
}


def demo_merchant(name: str, config: GatewayConfig) -> Merchant:
    """The demonstration merchant of this name.

    Raises:
        UnknownDemo: There is none, or this installation shows no demonstration.
    """
    if not config.demo or name not in DEMO_MERCHANTS:
        raise UnknownDemo(name)
    return DEMO_MERCHANTS[name]


def merchant_of_token(token: str, config: GatewayConfig) -> Merchant:
    """The merchant whom the lender vouches for.

    HS256 is taken with the shared secret only, EdDSA and RS256 with the lender's keys only:
    the algorithm that a token names never chooses the kind of key.

    Raises:
        BadToken: Signature, audience, expiry or a claim is not as it must be.
    """
    try:
        claims = _verified(token, config)
    except (jwt.PyJWTError, ArithmeticError, RecursionError, ValueError, OSError) as error:
        raise BadToken(type(error).__name__) from error
    return _merchant(claims)


def _verified(token: str, config: GatewayConfig) -> dict[str, Any]:
    algorithm = jwt.get_unverified_header(token).get("alg")
    required: Options = {"require": ["exp", "sub", "aud"]}
    if algorithm == "HS256" and config.merchant_secret:
        return jwt.decode(
            token, config.merchant_secret, ["HS256"], audience=AUDIENCE, options=required
        )
    if algorithm in ("EdDSA", "RS256") and config.merchant_jwks:
        key = _public_key(config.merchant_jwks, token, algorithm)
        return jwt.decode(token, key, [algorithm], audience=AUDIENCE, options=required)
    raise jwt.InvalidAlgorithmError("no key for this algorithm")


def _public_key(source: str, token: str, algorithm: str) -> jwt.PyJWK:
    """The lender's key that a token names and that is one for this algorithm."""
    wanted = jwt.get_unverified_header(token).get("kid")
    if source.startswith("https://"):
        keys = [_key_server(source).get_signing_key_from_jwt(token)]
    else:
        keys = jwt.PyJWKSet.from_dict(json.loads(Path(source).read_text(encoding="utf-8"))).keys
    for key in keys:
        if key.algorithm_name == algorithm and wanted in (None, key.key_id):
            return key
    raise jwt.InvalidKeyError("no such key")


@cache
def _key_server(address: str) -> jwt.PyJWKClient:
    """It keeps the keys that it fetched for some minutes."""
    return jwt.PyJWKClient(address, timeout=KEYS_TIMEOUT_S)


def _merchant(claims: Mapping[str, Any]) -> Merchant:
    subject = claims["sub"]
    if not isinstance(subject, str) or not 1 <= len(subject) <= 200 or not subject.isprintable():
        raise BadToken("sub")
    profile: dict[str, tuple[Any, str | None]] = {}
    for slot in ("industry_code", "region"):
        if claims.get(slot):
            profile[slot] = (_line(claims[slot], MAX_SLOT_CHARS), None)
    for slot, unit in (("years_in_business", "year"), ("annual_sales_cny", "cny")):
        if claims.get(slot) is not None:
            number = float(_amount(claims[slot]))
            profile[slot] = ({"low": number, "high": number}, unit)
    limit = claims.get("limit_cny")
    return Merchant(
        subject=subject,
        name=_line(claims["name"], MAX_NAME_CHARS) if claims.get("name") else None,
        salutation=None,
        limit_cny=DEFAULT_LIMIT_CNY if limit is None else _amount(limit),
        language="en" if claims.get("language") == "en" else "zh",
        profile=profile,
    )


def _line(value: Any, longest: int) -> str:
    """A claim that is a short line of words, without what cannot be seen."""
    if not isinstance(value, str | int):
        raise BadToken("claim")
    return "".join(c for c in str(value) if c.isprintable())[:longest]


def _amount(value: Any) -> Decimal:
    """Yuan, to the fen; a whole number as such."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation as error:
        raise BadToken("amount") from error
    if not amount.is_finite() or not 0 <= amount <= MAX_AMOUNT:
        raise BadToken("amount")
    fen = abs(round(amount, 2))
    return fen.quantize(Decimal(1)) if fen == fen.to_integral_value() else fen
