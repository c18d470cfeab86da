"""Every built page, opened once from disk: it stands alone, answers every hand, fits a phone, can be read."""

import pytest
import records
from playwright.sync_api import Browser
from records import PHONES, SCHEMES, Record
from visits import BOOK, built_pages, compressed_size, local_file, pages_with_figures

KB = 1000
SHELL, CONTENT, FIRST_VISIT = 550 * KB, 350 * KB, 900 * KB


@pytest.fixture(scope="module", params=built_pages())
def page(request: pytest.FixtureRequest, browser: Browser, built_book: str) -> Record:
    """Visit a page, by its place below the book's address."""
    return records.take(browser, built_book, request.param)


def test_it_asks_no_other_host_and_complains_of_nothing(page: Record):
    assert page.foreign == []
    assert page.complaints == []


def test_its_figures_are_all_drawn(page: Record):
    assert (page.places > 0) == (page.name in pages_with_figures())
    assert (page.drawn, page.failed) == (page.places, 0)


def test_formulas_are_set_and_read_aloud(page: Record):
    written, *done, wrong = page.formulas
    assert done == [written, written]
    assert wrong == 0


def test_a_first_visit_is_light(page: Record, built_book: str):
    files = {local_file(url, built_book) for url in page.loaded if url.startswith(built_book)}
    sizes = {path: compressed_size(path) for path in files if path.is_file()}
    shell = sum(
        size for path, size in sizes.items() if "_static" in path.parts or path.name == "searchindex.js"
    )
    content = sum(sizes.values()) - shell
    print(f"{page.name}: shell {shell / KB:.0f} kB, content {content / KB:.0f} kB")
    assert shell <= SHELL
    assert content <= CONTENT
    assert shell + content <= FIRST_VISIT


def test_the_keyboard_focus_can_be_seen(page: Record):
    assert page.unseen_focus == []


def test_every_figure_answers_sliders_keys_and_drags(page: Record):
    assert page.unanswered == []


def test_jupyterlab_leaves_every_control_its_keys(page: Record):
    assert page.keys_lost == []


def test_nothing_moves_for_readers_who_ask_for_rest(page: Record):
    assert page.restless == []


def test_on_a_phone_a_finger_drags_instead_of_scrolling(page: Record):
    assert page.scrolled == []


@pytest.mark.parametrize("width", PHONES)
def test_it_does_not_scroll_sideways_on_a_phone(page: Record, width: int):
    assert page.sideways[width] == []


def test_axe_finds_nothing_grave(page: Record):
    assert page.grave == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_and_code_can_be_read_in_every_colour(page: Record, scheme: str):
    assert page.pale[scheme] == []


def test_the_front_page_moves(built_book: str):
    assert 'class="live-figure"' in (BOOK / "intro.html").read_text("utf-8")
