"""Text layers are believed where they say what is printed; else the picture is read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from perception.files.decode import UNOPENED, Page
from perception.page.layers import DocumentReader, agrees
from perception.page.reading import ReadLine, boxed

SHAPE = (1_000, 800, 3)
TEXTS = ("发票号码：24132000", "合计 1130.00", "名称：示例公司", "2024年03月05日", "账户余额 55.20")


def layer(*texts: str) -> tuple[ReadLine, ...]:
    return tuple(boxed(t, 1.0, (50, 100 * n + 50, 450, 100 * n + 80)) for n, t in enumerate(texts))


def page(*texts: str, **more: object) -> Page:
    """A page whose layer says these; each line's patch of the picture is of a grey of its own."""
    image = np.full(SHAPE, 255, dtype=np.uint8)
    for number, line in enumerate(layer(*TEXTS)):
        x0, y0, x1, y1 = line.box
        image[y0 - 5 : y1 + 5, x0:x1] = 10 * number
    return replace(Page(image, 1.0, layer(*texts), pictured=0.0), **more)


class Reader:
    """Reads what is printed, told by the grey of each patch."""

    version = "fake"

    def __init__(self) -> None:
        self.sizes: list[tuple[int, ...]] = []

    def read(self, image_rgb: np.ndarray) -> list[ReadLine]:
        self.sizes.append(image_rgb.shape)
        found = []
        for number, text in enumerate(TEXTS):
            grey = np.abs(image_rgb[..., 0].astype(int) - 10 * number) <= 1
            rows, columns = np.nonzero(grey.sum(axis=1) > 50)[0], np.nonzero(grey.any(axis=0))[0]
            if len(rows) > 10:
                box = (columns[0], rows[0], columns[-1], rows[-1])
                found.append(boxed(text, 0.9, tuple(int(v) for v in box)))
        return found


class Level:
    """Nothing lies on its side."""

    version = "fake"

    def quarters(self, image_rgb: np.ndarray) -> int:
        return 0


def reader() -> DocumentReader:
    return DocumentReader(Reader(), Level())


def words(lines: list[ReadLine]) -> list[str]:
    return [line.text for line in lines]


def test_a_layer_that_says_what_is_printed_is_taken() -> None:
    read = reader().read(page(*TEXTS))
    assert read.layered
    assert {line.confidence for line in read.lines} == {1.0}


@pytest.mark.parametrize(
    "texts",
    [
        ("!\"#$%&'()*+,", "-./0123456", "789:;<=>?@", "ABCDEFGHIJ", "KLMNOPQRST"),
        (
            "发票号码：99999999",
            "合计 88888888.00",
            "名称：另外一家",
            "2001年09月09日",
            "余额 7777.77",
        ),
    ],
)
def test_a_layer_that_says_something_else_is_not(texts: tuple[str, ...]) -> None:
    read = reader().read(page(*texts))
    assert not read.layered
    assert words(read.lines) == list(TEXTS)


def test_letters_without_a_meaning_are_not_even_compared() -> None:
    engine = Reader()
    read = DocumentReader(engine, Level()).read(page("\ue010\ue011\ue012\ue013"))
    assert engine.sizes == [SHAPE]
    assert not read.layered


def test_a_scanners_own_reading_is_not_taken() -> None:
    assert not reader().read(page(*TEXTS, unseen=0.9, pictured=1.0)).layered


def test_a_watermark_does_not_hide_the_photographed_page() -> None:
    read = reader().read(page(TEXTS[0], pictured=0.9))
    assert words(read.lines) == list(TEXTS)
    assert [line.confidence for line in read.lines] == [1.0, 0.9, 0.9, 0.9, 0.9]


def test_a_page_without_text_is_read() -> None:
    assert words(reader().read(page()).lines) == list(TEXTS)


def test_after_three_pages_that_agree_the_rest_is_believed() -> None:
    engine = Reader()
    pages = DocumentReader(engine, Level())
    assert all(pages.read(page(*TEXTS)).layered for _ in range(9))
    assert len(engine.sizes) == 3
    assert not pages.read(page(*TEXTS, unseen=0.9)).layered
    assert len(engine.sizes) == 4
    assert pages.read(page(*TEXTS)).layered
    assert len(engine.sizes) == 5


def test_coarse_pages_are_believed_as_those_before_were() -> None:
    honest, lying = reader(), reader()
    coarse = page("第十二页 余额 1.00", coarse=True)
    honest.read(page(*TEXTS))
    lying.read(page(*reversed(TEXTS)))
    assert words(honest.read(coarse).lines) == ["第十二页 余额 1.00"]
    assert words(lying.read(coarse).lines) == []
    assert words(honest.read(UNOPENED).lines) == []


def test_a_picture_drawn_from_the_text_need_not_be_compared() -> None:
    engine = Reader()
    assert DocumentReader(engine, Level()).read(page("画出来的", drawn=True)).layered
    assert engine.sizes == []


def test_the_comparison_is_small_and_one_reading() -> None:
    engine = Reader()
    many = [boxed(f"流水第{n}行 {n}.00", 1.0, (50, 9 * n, 450, 9 * n + 9)) for n in range(100)]
    agrees(np.full(SHAPE, 255, dtype=np.uint8), many, engine)
    ((height, width, _),) = engine.sizes
    assert height <= 700
    assert width <= 1_300
