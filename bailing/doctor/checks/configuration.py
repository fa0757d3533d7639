"""What the installation was told: its settings, its policy, its keys and who may read them."""

from __future__ import annotations

import json
import urllib.request
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values

from bailing.doctor.checks.ports import ports_of
from bailing.doctor.finding import Finding, failure, ok, warning
from bailing.doctor.registry import Group, check
from bailing.doctor.site import PREFIX, Site
from bailing.settings import Settings
from bailing.terms import RoomError

SET_UP_ALONE = "BAILING_RASA_PYTHON"
"""Read by deploy/setup.sh, and no setting of a process."""
SECRETS = ("BAILING_MERCHANT_SECRET", "BAILING_GRAPH_PASSWORD")
KEY_BYTES = 32
FETCH_S = 4.0
OTHERS_READ, OTHERS_WRITE = 0o044, 0o022


def known_names() -> list[str]:
    """Every variable that something reads."""
    return [*(f"{PREFIX}{name.upper()}" for name in Settings.model_fields), SET_UP_ALONE]


@check("settings", Group.INSTALLATION, remedy="env | grep BAILING_; cat .env")
def settings(site: Site) -> Finding:
    """Every BAILING_ variable is a setting, and each has a value that it takes."""
    if site.faults:
        name = next(iter(site.faults))
        saw = "; ".join(f"{n}: {words}" for n, words in site.faults.items())
        return failure(saw, f"correct {name} in {site.named.get(name, '.env')} (docs/settings.md)")
    if fault := _clash(site.settings):
        return fault
    if unknown := sorted(set(site.named) - set(known_names())):
        return _unknown(unknown, site)
    return ok(f"{len(site.named)} set, the others as docs/settings.md says")


def _clash(settings: Settings) -> Finding | None:
    """Values that are well each by itself, and not together."""
    ports = ports_of(settings)
    if len(set(ports.values())) < len(ports):
        twice = [name for name, port in ports.items() if list(ports.values()).count(port) > 1]
        saw = f"{' and '.join(twice)} are the same port"
        return failure(saw, f"give {twice[-1]} a port of its own")
    for name, path in (("VAR", settings.var), ("MODELS", settings.models)):
        if not path.is_absolute():
            saw = f"{PREFIX}{name}={path} has no leading /: each process would look elsewhere"
            return failure(saw, f"export {PREFIX}{name}={path.absolute()}")
    return None


def _unknown(names: list[str], site: Site) -> Finding:
    """Variables that nothing reads; where one is nearly a setting, it was meant to be it."""
    near = {n: get_close_matches(n, known_names(), n=1, cutoff=0.8) for n in names}
    likely = {n: match[0] for n, match in near.items() if match}
    words = [
        f"{n} ({site.named[n]}) is no setting" + (f", {likely[n]} is" if n in likely else "")
        for n in names
    ]
    saw = "; ".join(words)
    if not likely:
        return warning(saw, f"unset {names[0]}, or see docs/settings.md for the name")
    wrong, right = next(iter(likely.items()))
    return failure(saw, f"rename {wrong} to {right} in {site.named[wrong]}")


@check("policy", Group.INSTALLATION, remedy=".venv/bin/bailing decide --help", limit_s=15)
def policy(site: Site) -> Finding:
    """The lender's policy file can be read and hangs together."""
    from risk import load_policy

    path = site.settings.policy
    try:
        found = load_policy(path)
    except RoomError as error:
        named = path if path is not None else "risk/policies/standard.yml"
        mend = f"correct {named}" if path else f"git checkout -- {named}"
        return failure(f"{named}: {error}", mend)
    return ok(f"version {found.version}, {'the standard one' if path is None else path}")


@check(
    "merchant-keys", Group.INSTALLATION, remedy="correct BAILING_MERCHANT_JWKS (docs/settings.md)"
)
def merchant_keys(site: Site) -> Finding:
    """The lender's keys for merchants' tokens can be read, and are strong enough."""
    settings = site.settings
    if settings.merchant_jwks:
        try:
            count = _keys(settings.merchant_jwks)
        except Exception as error:  # a path, an address, JSON, a key: each fails in its own way
            saw = f"BAILING_MERCHANT_JWKS cannot be used: {type(error).__name__}: {error}"
            return failure(saw, "let it name a readable JWKS file or an https address")
        return ok(f"{count} public keys")
    if settings.merchant_secret is not None:
        if len(settings.merchant_secret.encode()) < KEY_BYTES:
            saw = f"BAILING_MERCHANT_SECRET is shorter than {KEY_BYTES} bytes, and can be guessed"
            return warning(saw, "openssl rand -hex 32, and give it to the lender's side too")
        return ok("a secret for development")
    if not settings.demo:
        saw = "neither merchants' keys nor the demonstration: nobody can come in"
        return failure(saw, "set BAILING_MERCHANT_JWKS (docs/settings.md)")
    return ok("none: demonstration merchants only")


def _keys(source: str) -> int:
    import jwt

    if source.startswith("https://"):
        with urllib.request.urlopen(source, timeout=FETCH_S) as answer:
            body = json.loads(answer.read())
    else:
        body = json.loads(Path(source).read_text(encoding="utf-8"))
    return len(jwt.PyJWKSet.from_dict(body).keys)


@check("secrets", Group.INSTALLATION, remedy="ls -l .env var/installation.key")
def secrets(site: Site) -> Finding:
    """What is secret can be read by its owner alone."""
    key = site.settings.var / "installation.key"
    password = site.settings.var / "neo4j" / "password"
    env = site.root / ".env"
    for path in (key, password):
        if path.exists() and path.stat().st_mode & OTHERS_READ:
            return failure(f"others may read {site.show(path)}", f"chmod 600 {site.show(path)}")
    if key.exists() and len(key.read_bytes()) < KEY_BYTES:
        saw = f"{site.show(key)} is cut off: it has fewer than {KEY_BYTES} bytes"
        return failure(saw, f"restore {site.show(key)} from the backup of the same day")
    if env.exists() and env.stat().st_mode & OTHERS_READ and _tells_secrets(env):
        return failure("others may read .env, which holds a secret", "chmod 600 .env")
    keys = site.settings.merchant_jwks
    if keys and Path(keys).exists() and Path(keys).stat().st_mode & OTHERS_WRITE:
        return failure(f"others may write {keys}: they could let anybody in", f"chmod 644 {keys}")
    names = [site.show(path) for path in (key, password, env) if path.exists()]
    return ok(f"{', '.join(names)} for their owner" if names else "none made yet")


def _tells_secrets(env: Path) -> bool:
    values = {name.upper(): value or "" for name, value in dotenv_values(env).items()}
    in_address = any("@" in value for name, value in values.items() if name.endswith("_URL"))
    return in_address or any(values.get(name) for name in SECRETS)
