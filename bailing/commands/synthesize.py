"""``bailing synthesize``: pictures for training, tests and the demonstration, made by our code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, cast

import typer

from bailing.terms import RoomError

synthesize_app = typer.Typer(
    name="synthesize",
    help="Make pictures: scenes, vouchers, the demonstration's photos.",
    no_args_is_help=True,
)

Count = Annotated[int, typer.Option("--count", "-n", min=1, help="How many pictures.")]
Seed = Annotated[
    int, typer.Option("--seed", min=0, help="Seed of the first; each next is one more.")
]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder; made if it is not there.")]
Width = Annotated[
    int, typer.Option("--width", min=64, max=4096, help="Pixels; height is 3/4 of it.")
]


@synthesize_app.command()
def scenes(
    kind: Annotated[str, typer.Option(help="truck, van, excavator, shop_front, shelf or stall.")],
    out: Out,
    count: Count = 1,
    seed: Seed = 0,
    width: Width = 640,
) -> None:
    """Scenes that a merchant would photograph, as KIND_SEED.jpg."""
    from perception import synthesis

    with _plain_errors():
        for number in range(seed, seed + count):
            picture = synthesis.render_scene(
                cast(synthesis.SceneKind, kind), number, size=(width, width * 3 // 4)
            )
            _write(out / f"{kind}_{number}.jpg", synthesis.jpeg_bytes(picture, quality=88))


@synthesize_app.command()
def vouchers(
    kind: Annotated[
        str, typer.Option(help="A voucher type that is printed; a wrong one lists all.")
    ],
    out: Out,
    split: Annotated[
        str, typer.Option(help="train or test: layouts, typefaces, writers.")
    ] = "train",
    form: Annotated[
        str, typer.Option(help="flat, photo, scan, screenshot, pdf, print or screen.")
    ] = "photo",
    count: Count = 1,
    seed: Seed = 0,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Browsers at a time.")] = 1,
    limit_kb: Annotated[
        int | None, typer.Option("--limit-kb", min=20, help="Largest picture, 1,000 bytes each.")
    ] = None,
) -> None:
    """Vouchers with random contents, as KIND_SEED.jpg, and the truth in KIND_SEED.json.

    Of the form pdf, KIND_SEED.pdf is the file and KIND_SEED.jpg its rendering, which the truth's
    places are of.
    """
    from perception import synthesis

    with _plain_errors():
        seeds, limit = range(seed, seed + count), limit_kb * 1000 if limit_kb else None
        for made in synthesis.made_vouchers(
            kind, seeds, split=split, form=form, jobs=jobs, limit=limit
        ):
            stem = f"{kind}_{made.seed}"
            _write(out / f"{stem}.json", _json_bytes(made.truth))
            _write(out / f"{stem}.jpg", made.jpeg)
            if made.pdf is not None:
                _write(out / f"{stem}.pdf", made.pdf)


@synthesize_app.command()
def demo(out: Out = Path("data/demo")) -> None:
    """The demonstration merchants' photos, and photos.json with the truth about each."""
    from perception import synthesis

    with _plain_errors():
        rows = []
        for photo in synthesis.demo_photos():
            _write(out / photo.file, synthesis.jpeg_bytes(photo.picture, quality=86, limit=390_000))
            rows.append(
                {
                    "file": photo.file,
                    "merchant": photo.merchant,
                    "kind": photo.kind,
                    "seed": photo.seed,
                    "fields": photo.fields,
                }
            )
        _write(out / "photos.json", _json_bytes(rows))


def _json_bytes(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    typer.echo(path)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Says a room's error in one line and ends with status 1."""
    try:
        yield
    except RoomError as error:
        typer.echo(f"{error.code}: {error}", err=True)
        raise typer.Exit(1) from error
