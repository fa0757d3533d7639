"""Checks a machine and an installation, and says of each fault what to do; changes nothing."""

from bailing.doctor.finding import Finding, Status
from bailing.doctor.registry import Check, UnknownCheck, all_checks, chosen
from bailing.doctor.runner import Result, examine
from bailing.doctor.site import Site, read_site

__all__ = [
    "Check",
    "Finding",
    "Result",
    "Site",
    "Status",
    "UnknownCheck",
    "all_checks",
    "chosen",
    "examine",
    "read_site",
]
