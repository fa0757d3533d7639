"""What the rooms bring along: models, voucher files and the experts' knowledge."""

from __future__ import annotations

from pydantic import ValidationError

from bailing.doctor.finding import Finding, failure, ok
from bailing.doctor.registry import Group, check
from bailing.doctor.site import Site
from bailing.terms import RoomError


@check("perception-models", Group.INSTALLATION, remedy="git checkout -- perception/", limit_s=15)
def perception_models(site: Site) -> Finding:
    """Each model of perception/models.yml is the listed file; those under the AGPL may lack."""
    from perception.model_files import load_model, model_entries, model_is_there

    try:
        entries = model_entries()
    except RoomError as error:
        return failure(f"perception/models.yml: {error}", "git checkout -- perception/models.yml")
    for name, entry in entries.items():
        if entry.licence.startswith("AGPL") and not model_is_there(name):
            continue
        try:
            load_model(name)
        except RoomError as error:
            file = f"perception/{entry.file}"
            return failure(f"{file} is missing or altered ({error})", f"git checkout -- {file}")
    return ok(f"{', '.join(entries)}: the listed files")


@check("risk-models", Group.INSTALLATION, remedy="git checkout -- risk/", limit_s=20)
def risk_models(site: Site) -> Finding:
    """The model of risk/models.yml is the listed file, and opens."""
    from risk.model import ROOM, load

    try:
        found = load(ROOM)
    except RoomError as error:
        return failure(f"risk/models: {error}", "git checkout -- risk/models risk/models.yml")
    return ok(f"{found.version}: the listed file")


@check("vouchers", Group.INSTALLATION, remedy="git checkout -- perception/vouchers", limit_s=15)
def vouchers(site: Site) -> Finding:
    """Every voucher file loads."""
    import yaml

    from perception.voucher_files import voucher_files

    try:
        files = voucher_files()
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        return failure(f"perception/vouchers: {error}", "git checkout -- perception/vouchers")
    return ok(f"{len(files)} kinds of voucher")


@check("knowledge", Group.INSTALLATION, remedy="git checkout -- graph/knowledge", limit_s=15)
def knowledge(site: Site) -> Finding:
    """Every file of the experts' knowledge loads."""
    from graph import Knowledge

    try:
        known = Knowledge.load()
    except (RoomError, OSError, ValueError) as error:
        return failure(f"graph/knowledge: {error}", "git checkout -- graph/knowledge")
    return ok(f"{len(known.codes)} trades with a file of their own")
