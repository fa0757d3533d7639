"""XML from outside as a tree of bounded size: no declarations, no entities, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from perception.errors import BrokenFile, OverblownFile

MAX_BYTES = 16 * 2**20
"""The data of the longest invoice weighs a megabyte, a page of the densest statement three."""
MAX_DEPTH = 60
MAX_ELEMENTS = 200_000
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
OURS = {"gbk", "gb2312", "gb18030", "cp936"}
"""Encodings that old invoicing programs write and the parser does not know."""


class _Bounded(TreeBuilder):
    """Builds a tree until it is too deep or too large for a paper."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise OverblownFile(f"XML of {self._count} elements, {self._depth} deep")
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)


def tree(content: bytes) -> Element:
    """The root element.

    Raises:
        BrokenFile: Not well formed, or with declarations, as no paper's data has.
        OverblownFile: Over 16 MiB, 60 levels or 200,000 elements.
    """
    if len(content) > MAX_BYTES:
        raise OverblownFile(f"XML of {len(content)} bytes")
    parser = XMLParser(target=_Bounded(), forbid_dtd=True)
    try:
        parser.feed(_readable(content))
        root = parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BrokenFile(f"XML: {error}") from error
    if not isinstance(root, Element):
        raise BrokenFile("XML without an element")
    return root


def _readable(content: bytes) -> bytes:
    declared = DECLARED.match(content[:400].lstrip())
    if declared is None or declared[1].decode().lower() not in OURS:
        return content
    text = content.lstrip().decode("gb18030", "replace")
    return text[text.index("?>") + 2 :].encode() if "?>" in text else text.encode()


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of these names, in their order; none of what is not there."""
    for child in element if element is not None else ():
        if local(child) in names:
            yield child


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def words(element: Element | None) -> str:
    """The text directly within an element."""
    return (element.text or "").strip() if element is not None else ""
