"""Glossary, cards and cheat sheet in the built book, as a reader uses them."""

import re
import sqlite3
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from visits import BOOK, visit

GLOSSARY, SHEET = "appendix/glossary.html", "appendix/cheat_sheet.html"
PAGES_OF_A_PDF = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture(autouse=True)
def has_an_appendix(built_book: str) -> None:
    if not (BOOK / GLOSSARY).exists():
        pytest.skip("the book was built before it had an appendix: run `make book`")


def test_the_deck_is_downloaded_by_its_link(browser: Browser, base: str, tmp_path: Path):
    seen = visit(browser, base, GLOSSARY)
    with seen.page.expect_download() as waiting:
        seen.page.click("a.deck")
    waiting.value.save_as(tmp_path / "deck.apkg")
    assert waiting.value.suggested_filename == "pytorch-you-can-touch.apkg"
    with zipfile.ZipFile(tmp_path / "deck.apkg") as archive:
        archive.extract("collection.anki2", tmp_path)
    notes = sqlite3.connect(tmp_path / "collection.anki2").execute("select count(*) from notes").fetchone()
    counted = [
        int(number) for number in re.findall(r"(\d+) (?:questions|short|terms)", seen.page.inner_text("main"))
    ]
    assert notes == (sum(counted),)
    assert len(counted) == 3
    seen.page.context.close()


def test_a_letter_leads_to_its_terms(browser: Browser, built_book: str):
    seen = visit(browser, built_book, GLOSSARY)
    seen.page.click(".letters a:text-is('S')")
    top = seen.page.locator("dt#term-storage").bounding_box()["y"]
    assert 0 < top < 3000
    assert seen.page.evaluate("scrollY") > 1000
    seen.page.context.close()


def test_search_finds_a_term_of_the_glossary(browser: Browser, base: str):
    seen = visit(browser, base, "search.html?q=stride")
    found = seen.page.locator("#search-results a[href*='glossary.html#term-stride']")
    found.first.wait_for(timeout=10_000)
    assert seen.foreign == []
    seen.page.context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_cheat_sheet_prints_on_one_sheet(browser: Browser, built_book: str, paper: str):
    seen = visit(browser, built_book, SHEET)
    seen.page.emulate_media(media="print")
    assert len(PAGES_OF_A_PDF.findall(seen.page.pdf(format=paper, print_background=True))) == 1
    cut = """[...document.querySelectorAll('.cheat-sheet pre')]
      .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.innerText.slice(0, 60))"""
    seen.page.set_viewport_size({"width": 718, "height": 1000})
    assert seen.page.evaluate(cut) == []
    seen.page.context.close()
