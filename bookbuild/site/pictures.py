"""Send pictures as lossless WebP: a plot weighs a fifth less than as PNG, every pixel the same."""

from __future__ import annotations

from pathlib import Path

from PIL import Image


def shrink(pictures: Path, pages: list[Path]) -> None:
    """Turn each PNG under ``pictures`` into WebP where that is smaller, and let ``pages`` name the new file.

    Parameters
    ----------
    pictures
        The folder ``_images`` of a built book; nothing happens where there is none.
    pages
        The pages that may show them.
    """
    renamed = {path.name: path.with_suffix(".webp").name for path in pictures.glob("*.png") if _convert(path)}
    if not renamed:
        return
    for page in pages:
        html = page.read_text("utf-8")
        changed = html
        for old, new in renamed.items():
            changed = changed.replace(f"_images/{old}", f"_images/{new}")
        if changed != html:
            page.write_text(changed, "utf-8")


def _convert(path: Path) -> bool:
    """Write a picture's WebP and drop its PNG; keep the PNG where the WebP is not smaller."""
    target = path.with_suffix(".webp")
    with Image.open(path) as picture:
        picture.save(target, "webp", lossless=True, quality=80, method=4, exact=True)
    larger, smaller = sorted((path, target), key=lambda file: file.stat().st_size, reverse=True)
    larger.unlink()
    return smaller == target
