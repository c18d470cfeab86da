"""Every link inside the book leads somewhere, every picture says what it shows."""

import json
import re
from functools import cache
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import Tag
from visits import BOOK, built_pages, soup


@cache
def anchors(page: str) -> frozenset[str]:
    return frozenset(node["id"] for node in soup(page).find_all(id=True))


def _broken(page: str, address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return False
    target = (BOOK / page).parent.joinpath(unquote(parts.path)).resolve() if parts.path else BOOK / page
    if not target.is_file():
        return True
    named = parts.fragment and target.suffix == ".html"
    return bool(named) and unquote(parts.fragment) not in anchors(target.relative_to(BOOK).as_posix())


def _leads(node: Tag) -> bool:
    return node.has_attr("href") or node.has_attr("src")


@pytest.mark.parametrize("page", built_pages())
def test_links_and_files_of_a_page_exist(built_book: str, page: str):
    links = [node.get("href") or node.get("src") for node in soup(page).find_all(_leads)]
    assert [link for link in links if _broken(page, link)] == []


@pytest.mark.parametrize("page", built_pages(chapters_only=True))
def test_pictures_say_what_they_show(built_book: str, page: str):
    silent = [
        str(image)[:160] for image in soup(page).select("article img") if not image.get("alt", "").strip()
    ]
    assert silent == []


def test_style_sheets_name_files_that_exist(built_book: str):
    missing = []
    for sheet in (BOOK / "_static").rglob("*.css"):
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text("utf-8")):
            if (
                not address.startswith(("data:", "#"))
                and not (sheet.parent / urlsplit(address).path).is_file()
            ):
                missing.append((sheet.name, address))
    assert missing == []


@pytest.mark.parametrize("page", [page for page in built_pages() if page.startswith("notebooks/")])
def test_the_download_button_gives_a_notebook_that_runs_alone(built_book: str, page: str):
    buttons = soup(page).select('a.btn[href$=".ipynb"]')
    assert len(buttons) == 1
    notebook = json.loads((BOOK / page).parent.joinpath(buttons[0]["href"]).read_text("utf-8"))
    setup = next(cell for cell in notebook["cells"] if cell.get("id") == "setup")
    # The edition's set-up cell unpacks the helpers that it carries, where the chapter's only imports them.
    assert "import style" not in "".join(setup["source"]).partition("\n")[0]
    assert "helpers" in "".join(setup["source"])
