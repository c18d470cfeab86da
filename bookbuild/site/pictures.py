"""Send pictures as lossless WebP, a fifth lighter and every pixel the same, and only when they are near.

A browser fetches a picture marked ``lazy`` when the reader comes near it, or prints. Its size stands in the
page beforehand, so that nothing moves when it arrives.
"""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

_PICTURE = re.compile(
    r'<img (?P<words>(?:(?!loading=)[^>])*?src="(?:\.\./)*_images/(?P<file>[^"]+\.(?:png|webp|jpg))")'
)


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


def defer(pictures: Path, pages: list[Path]) -> None:
    """Let pages fetch the pictures of a folder late, each with its size in pixels beside it."""
    sizes = {}
    for path in pictures.glob("*"):
        if path.suffix in (".png", ".webp", ".jpg"):
            with Image.open(path) as picture:
                sizes[path.name] = picture.size
    for page in pages:
        html = page.read_text("utf-8")
        changed = _PICTURE.sub(lambda found: _deferred(found, sizes), html)
        if changed != html:
            page.write_text(changed, "utf-8")


def _deferred(found: re.Match[str], sizes: dict[str, tuple[int, int]]) -> str:
    if found["file"] not in sizes:
        return found[0]
    width, height = sizes[found["file"]]
    return f'<img loading="lazy" width="{width}" height="{height}" {found["words"]}'


def _convert(path: Path) -> bool:
    """Write a picture's WebP and drop its PNG; keep the PNG where the WebP is not smaller."""
    target = path.with_suffix(".webp")
    with Image.open(path) as picture:
        picture.save(target, "webp", lossless=True, quality=80, method=4, exact=True)
    larger, smaller = sorted((path, target), key=lambda file: file.stat().st_size, reverse=True)
    larger.unlink()
    return smaller == target
