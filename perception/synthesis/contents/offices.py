"""Offices that issue papers: named after a place, and plainly invented, as firms are."""

from __future__ import annotations

from perception.synthesis.contents.places import Place


def office(where: Place, kind: str) -> str:
    """An office of that place, e.g. 石家庄市示例交通运输局 for 交通运输局."""
    return f"{where.town}示例{kind}"


def local_office(where: Place, kind: str) -> str:
    """An office of that district, e.g. 长安区示例行政审批局 for 行政审批局."""
    return f"{where.district or where.town}示例{kind}"
