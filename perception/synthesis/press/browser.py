"""Debian's Chromium, kept open for many pages: HTML in, a printed page and its truth out."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from perception.synthesis.errors import BrowserMissing
from perception.synthesis.press.page import Corners, Mark, Page, Run

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

SCALE = 2.0
"""Device pixels per CSS pixel: A4 comes out at 1588 x 2246."""
_MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")
_FLAGS = ("--no-sandbox", "--force-color-profile=srgb", "--font-render-hinting=none")


class Press:
    """A browser that prints pages; opened with ``with``, or by its first page, and then kept.

    It belongs to the thread that opened it.
    """

    def __init__(self) -> None:
        self._driver: Any = None
        self._browser: Browser | None = None
        self._tab: Tab | None = None

    def __enter__(self) -> Press:
        self._opened()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def print(self, html: str) -> Page:
        """The sheet (the page's ``main``) as pixels, with runs, marks and tables.

        Args:
            html: A whole document with one ``main`` element.

        Raises:
            BrowserMissing: Playwright or Debian's chromium is not installed.
        """
        tab = self._opened()
        tab.set_content(html, wait_until="load")
        tab.evaluate("document.fonts.ready")
        sheet = tab.locator("main")
        told = tab.evaluate(_MEASURE)
        pixels = _decoded(sheet.screenshot(type="png", animations="disabled"))
        return _page(pixels, told)

    def pdf(self, html: str) -> bytes:
        """The same sheet as a PDF of one page with a text layer.

        Raises:
            BrowserMissing: Playwright or Debian's chromium is not installed.
        """
        tab = self._opened()
        tab.emulate_media(media="screen")
        tab.set_content(html, wait_until="load")
        tab.evaluate("document.fonts.ready")
        size: Any = tab.locator("main").bounding_box()
        return tab.pdf(
            width=f"{size['width']}px",
            height=f"{size['height'] + 1}px",
            print_background=True,
            page_ranges="1",
        )

    def close(self) -> None:
        """Ends the browser; the next page opens another."""
        if self._browser is not None:
            self._browser.close()
            self._driver.stop()
        self._browser = self._tab = self._driver = None

    def _opened(self) -> Tab:
        if self._tab is None:
            binary = _chromium()
            self._driver = _driver()
            self._browser = self._driver.chromium.launch(executable_path=binary, args=list(_FLAGS))
            context = self._browser.new_context(
                device_scale_factor=SCALE,
                viewport={"width": 1600, "height": 1200},
                offline=True,
                locale="zh-CN",
            )
            self._tab = context.new_page()
        return self._tab


def _driver() -> Any:
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError as error:
        raise BrowserMissing("pages are printed with the Python package playwright") from error
    return sync_playwright().start()


def _chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        raise BrowserMissing("pages are printed by the Debian package chromium")
    return found


def _decoded(png: bytes) -> NDArray[np.uint8]:
    return np.array(Image.open(io.BytesIO(png)).convert("RGB"))


def _page(pixels: NDArray[np.uint8], told: Any) -> Page:
    runs = tuple(
        Run(
            text=run["text"],
            corners=_corners(run["box"]),
            field=run["field"],
            cell=tuple(run["cell"]) if run["cell"] else None,
            handwritten=run["handwritten"],
        )
        for run in told["runs"]
    )
    marks = tuple(Mark(m["kind"], m["text"], _corners(m["box"])) for m in told["marks"])
    tables = tuple(tuple(tuple(row) for row in table) for table in told["tables"])
    return Page(pixels, runs, marks, tables, tuple(tuple(names) for names in told["columns"]))


def _corners(box: list[float]) -> Corners:
    x0, y0, x1, y1 = (side * SCALE for side in box)
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)
