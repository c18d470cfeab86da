"""The built page "Beliefs put to the test": every link lands on the cell that shows it."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from visits import BOOK, visit

from bookbuild.model import beliefs, book, facts

PAGE = "appendix/beliefs.html"
ROWS = {name: known.beliefs for name, known in facts.of_book().items()}
PLACES = beliefs.places(book.chapters())
CHAPTERS = [name for name in ROWS if (BOOK / "notebooks" / f"{name}.html").exists()]


class Links(HTMLParser):
    """Addresses of all links of a page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link."""
        if tag == "a":
            self.found.append(dict(attrs).get("href") or "")


class Cells(HTMLParser):
    """For each anchor of a page, the text of the first code cell at or behind it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[list[str]] = []
        self.cell_of: dict[str, int] = {}
        self.waiting: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an anchor, or the begin of a cell, which takes the anchors before it."""
        named = dict(attrs)
        if named.get("id"):
            self.waiting.append(named["id"])
        if tag == "div" and "cell" in (named.get("class") or "").split():
            self.cell_of |= dict.fromkeys(self.waiting, len(self.texts))
            self.waiting = []
            self.texts.append([])

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if self.texts:
            self.texts[-1].append(data)

    def code(self, anchor: str) -> str:
        """Return the code behind an anchor, and what follows it, without spaces."""
        return "".join("".join(self.texts[self.cell_of[anchor]]).split())


@pytest.fixture(scope="module")
def links(built_book: str) -> list[str]:
    """Addresses on the page that lead to a belief's cell, from the book's root."""
    found = [urlsplit(link) for link in Links((BOOK / PAGE).read_text("utf-8")).found]
    into = [link for link in found if link.fragment.startswith("belief-")]
    return [f"{posixpath.normpath(posixpath.join('appendix', link.path))}#{link.fragment}" for link in into]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_link_lands_on_the_cell(links: list[str], chapter: str):
    page = Cells((BOOK / "notebooks" / f"{chapter}.html").read_text("utf-8"))
    for row in ROWS[chapter]:
        assert f"notebooks/{chapter}.html#{row.label}" in links
        source = "".join(PLACES[row.label].cell.source.split())
        assert page.code(row.label).startswith(source), f"{row.label} leads to another cell"


def test_the_page_links_to_every_row_and_to_nothing_else(links: list[str]):
    wanted = {label for name in CHAPTERS for row in ROWS[name] for label in (row.label, *row.also)}
    assert {link.partition("#")[2] for link in links} == wanted


def test_a_click_brings_the_cell_into_sight(browser, served_book):
    opened = visit(browser, served_book, PAGE)
    row = ROWS["04_jacobians"][0]
    opened.page.locator(f'a[href$="#{row.label}"]').first.click()
    opened.stand()
    cell = opened.page.locator(f"#{row.label}")
    assert "cell" in cell.get_attribute("class").split()
    box = cell.bounding_box()
    assert 0 <= box["y"] < 600, box
    assert opened.foreign == []
    assert opened.complaints == []
