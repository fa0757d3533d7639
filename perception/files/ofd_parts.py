"""The parts of an OFD document: its pages with their templates, stamps, resources and data."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from xml.etree.ElementTree import Element

from perception.errors import BrokenFile, TooManyPages
from perception.files.archive import Archive, beside, leads_outside
from perception.files.einvoice_xml import stated
from perception.files.ofd_objects import Letters, Origin, Thing, box_of, things
from perception.files.trees import child, children, local, tree, words

MAX_PAGES = 60
MAX_RESOURCES = 2_000
MAX_ATTACHMENTS = 20
A4 = (0.0, 0.0, 210.0, 297.0)
LARGEST_MM = 2_000.0


@dataclass(frozen=True, slots=True)
class OfdPage:
    """A page: its name in the document, its box in millimetres, and what is drawn on it."""

    id: str
    box: tuple[float, float, float, float]
    things: tuple[Thing, ...]


class OfdDocument:
    """The first document of an OFD file.

    Raises:
        PerceptionError: It cannot be opened within bounds.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._body = child(tree(archive.read("OFD.xml")), "DocBody")
        place = words(child(self._body, "DocRoot"))
        self._path = beside("", place)
        self.root = self.part(self._path)
        self.folder = posixpath.dirname(self._path)
        self.pages = list(children(child(self.root, "Pages"), "Page"))
        if len(self.pages) > MAX_PAGES:
            raise TooManyPages(f"{len(self.pages)} pages")
        self._templates = {
            page.get("ID", ""): page.get("BaseLoc", "")
            for page in children(child(self.root, "CommonData"), "TemplatePage")
        }
        self._notes = dict(self._annotated())
        self._media = dict(self._resources())

    def part(self, path: str) -> Element:
        """A part as a tree.

        Raises:
            BrokenFile: It is not there, or its name leads outside.
        """
        if leads_outside(path):
            raise BrokenFile(f"OFD: no part {path[:80]!r}")
        return tree(self.archive.read(path))

    def found(self, base: str, place: str) -> str | None:
        """A part that is named in another: relative to it, to the document, or to the root."""
        for folder in (base, self.folder, "") if place.strip() else ():
            path = beside(folder, place)
            if not leads_outside(path) and path in self.archive:
                return path
        return None

    def media(self, resource: str) -> bytes | None:
        """The bytes of a picture by its id; None where it is not there."""
        path = self._media.get(resource)
        return self.archive.read(path) if path is not None else None

    def page(self, number: int) -> OfdPage:
        """A page with all that is drawn on it.

        Raises:
            BrokenFile: It is not there or damaged.
        """
        told = self.pages[number]
        content = self.part(self.found(self.folder, told.get("BaseLoc", "")) or "")
        areas = (child(content, "Area"), child(self.root, "CommonData", "PageArea"))
        box = next((b for area in areas if (b := _paper(area))), A4)
        id_ = told.get("ID", "")
        back: list[Iterator[Thing]] = []
        front: list[Iterator[Thing]] = []
        for used in children(content, "Template"):
            layer = self._template(used.get("TemplateID", ""))
            (front if used.get("ZOrder") == "Foreground" else back).append(layer)
        drawn = chain(*back, things(child(content, "Content")), *front, self._stamps(id_))
        return OfdPage(id_, box, tuple(drawn))

    def _template(self, id_: str) -> Iterator[Thing]:
        path = self.found(self.folder, self._templates.get(id_, ""))
        return things(child(self.part(path), "Content")) if path else iter(())

    def _annotated(self) -> Iterator[tuple[str, str]]:
        """By page, the part that holds what was written on it afterwards."""
        path = self.found(self.folder, words(child(self.root, "Annotations")))
        for page in children(self.part(path) if path else None, "Page"):
            held = self.found(posixpath.dirname(path or ""), words(child(page, "FileLoc")))
            if held:
                yield page.get("PageID", ""), held

    def _stamps(self, page_id: str) -> Iterator[Thing]:
        path = self._notes.get(page_id)
        for note in children(self.part(path) if path else None, "Annot"):
            shown = child(note, "Appearance")
            box = box_of(shown.get("Boundary")) if shown is not None else None
            if note.get("Visible", "true").lower() != "false":
                yield from things(shown, Origin(*box[:2]) if box else None)

    def _resources(self) -> Iterator[tuple[str, str]]:
        common = child(self.root, "CommonData")
        for told in children(common, "PublicRes", "DocumentRes"):
            path = self.found(self.folder, words(told))
            if path is None:
                continue
            resources = self.part(path)
            base = beside(posixpath.dirname(path), resources.get("BaseLoc", ""))
            listed = children(child(resources, "MultiMedias"), "MultiMedia")
            for media, _ in zip(listed, range(MAX_RESOURCES), strict=False):
                held = self.found(base, words(child(media, "MediaFile")))
                if held:
                    yield media.get("ID", ""), held

    def signatures(self) -> tuple[str, Element] | None:
        """The list of the document's signatures and its path; None where there is none."""
        place = words(child(self._body, "Signatures"))
        path = self.found("", place) if place else None
        return (path, self.part(path)) if path else None

    def data(self, letters: dict[str, Letters]) -> dict[str, str]:
        """What the document says as data: attached, tagged, or in its own description.

        Args:
            letters: What is printed, by the id of its object.
        """
        for root in chain(self._attached(), self._tagged(letters), self._described()):
            if found := stated(root):
                return found
        return {}

    def _attached(self) -> Iterator[Element]:
        path = self.found(self.folder, words(child(self.root, "Attachments")))
        listed = children(self.part(path) if path else None, "Attachment")
        for told, _ in zip(listed, range(MAX_ATTACHMENTS), strict=False):
            place = words(child(told, "FileLoc"))
            held = self.found(posixpath.dirname(path or ""), place)
            if held and place.lower().endswith(".xml"):
                yield self.part(held)

    def _tagged(self, letters: dict[str, Letters]) -> Iterator[Element]:
        """Tags name the objects that print each value: the tree with their letters set in."""
        path = self.found(self.folder, words(child(self.root, "CustomTags")))
        for told in children(self.part(path) if path else None, "CustomTag"):
            held = self.found(posixpath.dirname(path or ""), words(child(told, "FileLoc")))
            if held:
                yield _set_in(self.part(held), letters)

    def _described(self) -> Iterator[Element]:
        """The data of the document's description, as elements of these names."""
        root = Element("EInvoice")
        for told in children(child(self._body, "DocInfo", "CustomDatas"), "CustomData"):
            named = Element(told.get("Name", "").strip() or "unnamed")
            named.text = words(told)
            root.append(named)
        yield root


def _paper(area: Element | None) -> tuple[float, float, float, float] | None:
    for name in ("PhysicalBox", "ApplicationBox", "ContentBox"):
        box = box_of(words(child(area, name)))
        if box and max(box[2] - box[0], box[3] - box[1]) <= LARGEST_MM:
            return box
    return None


def _set_in(root: Element, letters: dict[str, Letters]) -> Element:
    for element in root.iter():
        refs = [r for r in children(element, "ObjectRef") if words(r) in letters]
        if refs and local(element) != "ObjectRef":
            element.text = "".join(letters[words(r)].text for r in refs)
    return root
