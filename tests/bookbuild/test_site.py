"""The site's extension: shared state, tidy pages, cut icons, a build that refuses other hosts."""

import json
import re
from pathlib import Path

import pytest
from PIL import Image
from small_books import build, code_cell, write_chapter

from bookbuild.execute.figures import saved
from bookbuild.figures.live import STATES
from bookbuild.model.notebooks import FIGURE, TITLE
from bookbuild.site import access, assets, directive, finish, icons, pictures
from helpers.figures import MatmulLab
from helpers.palette import ROLES

pytestmark = pytest.mark.slow

PALETTE = assets.palette_css()

#: A picture of one pixel.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_tidy_moves_state_to_the_end_and_stays_as_it_is():
    state = f'<script type="{STATES}">{{"a":{{}}}}</script>\n'
    script = '<script defer src="_static/scripts/fontawesome.js?digest=1"></script>'
    page = f"<html><head>{state}{script}</head><body><p>Text</p></body></html>"
    tidied = finish.tidy(page)
    assert tidied == f"<html><head></head><body><p>Text</p>{state}</body></html>"
    assert finish.tidy(tidied) == tidied


def test_only_the_page_of_results_loads_the_search():
    scripts = (
        '<script src="../searchindex.js"></script>\n<script src="_static/searchtools.js?v=1"></script>\n'
    )
    page = f"<html><head>{scripts}{{}}</head><body><p>Text</p></body></html>"
    assert "search" not in finish.tidy(page.format(""))
    assert scripts in finish.tidy(page.format(f"<script>{finish.SEARCH_PAGE}</script>"))


def test_pictures_come_late_and_keep_their_place(tmp_path: Path):
    Image.new("RGB", (30, 20)).save(tmp_path / "dot.webp")
    page = tmp_path / "page.html"
    page.write_text('<img alt="A." src="../_images/dot.webp" style="width: 15px" /><img src="../logo.png">')
    for _ in range(2):
        pictures.defer(tmp_path, [page])
        late = '<img loading="lazy" width="30" height="20" alt="A." src="../_images/dot.webp"'
        assert page.read_text() == f'{late} style="width: 15px" /><img src="../logo.png">'


@pytest.mark.parametrize(
    "html",
    [
        '<img alt="x" src="https://example.com/a.png">',
        '<script src="//example.com/a.js"></script>',
        '<link rel="stylesheet" href="https://example.com/a.css">',
        '<link href="https://example.com/a.css" rel="preload">',
        "<style>p { background: url('https://example.com/a.png') }</style>",
        '<style>@import "https://example.com/a.css";</style>',
    ],
)
def test_addresses_that_a_page_would_load_are_found(html: str):
    assert finish.foreign_addresses(html)[0].endswith(("a.png", "a.js", "a.css"))


def test_links_that_a_reader_may_follow_are_allowed():
    html = '<a href="https://example.com">more</a><link rel="canonical" href="https://example.com">'
    assert finish.foreign_addresses(html + '<img src="a.png"><svg xmlns="http://www.w3.org/2000/svg"/>') == []


def test_only_used_icons_keep_their_rules():
    icon = '.fa-{}:before{{content:"\\f{}"}}'
    css = icon.format("sun", 185) + icon.format("moon:before,.fa-night", 186) + icon.format("x", "00d")
    kept = icons.keep_used_rules(css, {"fa-sun", "fa-night"})
    assert "fa-sun" in kept
    assert "fa-moon" in kept
    assert "fa-x" not in kept
    assert icons.characters(kept) == {0xF185, 0xF186}


def test_repairs_are_made_once():
    page = (
        '<div id="pst-primary-sidebar" class="bd-sidebar"><table><th class="head"><p></p></th></table></div>'
    )
    repaired = access.improve(page)
    assert 'role="complementary"' in repaired
    assert '<td class="head"></td>' in repaired
    assert access.improve(repaired) == repaired


def test_pages_have_the_palette_in_both_themes():
    for role, (light, dark) in ROLES.items():
        assert f"--book-{role}: {light};" in PALETTE
        assert f"--book-{role}: {dark};" in PALETTE


def test_unknown_figures_are_named_with_those_there_are():
    with pytest.raises(ValueError, match=r"'NoSuchLab' is no figure.*DescentLab"):
        directive.figure_class("NoSuchLab")


# ---------------------------------------------------------------- small books, really built


def states_on(html: str) -> dict:
    return json.loads(html.partition(f'<script type="{STATES}">')[2].partition("</script>")[0])


def test_a_plain_page_carries_its_figures(tmp_path: Path):
    described = ":options: {lr: 0.2}\n:still: dot.svg\n:alt: A bowl.\n\nTry it.\n"
    page = "# Page\n\n" + "".join(f"```{{figure-live}} DescentLab\n{body}```\n\n" for body in (described, ""))
    html, warnings = build(tmp_path, page)
    assert warnings == []
    states = states_on(html)
    assert list(states) == ["figure-1", "figure-2"]
    assert states["figure-1"]["traits"]["lr"] == 0.2
    assert states["figure-1"]["traits"]["caption"] == "Try it."
    assert '<div class="live-figure" data-state="figure-1"><noscript><img alt="A bowl."' in html
    for name in ("figures/DescentLab.js", "figures/DescentLab.css", "figures/kit.css", "host.js"):
        assert html.count(f"_static/{name}") == 1, "each is loaded once"
        assert (tmp_path / "html" / "_static" / name).exists()
    assert "_static/figures/Question" not in html, "only what the page shows"


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ("# Page\n\n```{figure-live} NoSuchLab\n```\n", "NoSuchLab"),
        ("# Page\n\n```{figure-live} DescentLab\n:options: {lr: -1}\n```\n", "lr"),
        ("# Page\n\n```{figure-live} DescentLab\n:options: 3\n```\n", "expected a mapping"),
        ("# Page\n\n![Far away](https://example.com/a.png)\n", "must work without a network"),
    ],
)
def test_a_mistake_in_a_page_is_a_warning(tmp_path: Path, page: str, complaint: str):
    _, warnings = build(tmp_path, page)
    assert any(complaint in line for line in warnings), warnings


def test_a_chapters_figures_are_made_from_what_its_outputs_keep(tmp_path: Path):
    shown = {"output_type": "display_data", "metadata": {FIGURE: saved(MatmulLab(caption="Drag."))}}
    picture = {**shown, "data": {"image/png": DOT, "text/plain": "MatmulLab()"}}
    words = {**shown, "data": {"text/markdown": "Which is *it*?", "text/plain": "Question()"}}
    plain = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": "a number"}}
    cells = (code_cell("first", "figure", plain, picture), code_cell("second", "figure", words))
    write_chapter(tmp_path / "chapter.ipynb", *cells)
    _, warnings = build(tmp_path, "# Book\n\n```{toctree}\nchapter\n```\n")
    assert warnings == []
    html = (tmp_path / "html" / "chapter.html").read_text("utf-8")
    assert [state["traits"]["caption"] for state in states_on(html).values()] == ["Drag.", "Drag."]
    assert re.search(r'data-state="figure-1"><noscript>\s*<img [^>]*alt="Drag\."', html)
    assert re.search(r'data-state="figure-2"><noscript>\s*<p>Which is <em>it</em>\?</p>', html)
    assert "a number" in html
    assert "MatmulLab()" not in html


def test_a_closed_solution_begins_with_its_code(tmp_path: Path):
    said = {"output_type": "stream", "name": "stdout", "text": "Right: it is odd.\n"}
    solution = code_cell("solution", f"{TITLE}\nanswer = 3  # an odd one\n\ncheck.odd(answer)", said)
    solution["metadata"] = {"tags": ["hide-cell"], "jupyter": {"source_hidden": True, "outputs_hidden": True}}
    write_chapter(tmp_path / "chapter.ipynb", solution)
    _, warnings = build(tmp_path, "# Book\n\n```{toctree}\nchapter\n```\n")
    assert warnings == []
    html = (tmp_path / "html" / "chapter.html").read_text("utf-8")
    assert "Show a solution" in html
    assert "@title" not in html
    code = re.sub(r"<[^>]+>", "", html.partition("Show a solution")[2].partition("</pre>")[0])
    assert "answer = 3  # an odd one\n\ncheck.odd(answer)" in code
    assert "Right: it is odd." in html
