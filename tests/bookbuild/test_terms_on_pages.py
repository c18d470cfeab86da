"""Links to passages, the glossary and the deck, on the pages of a small book that is really built."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from test_bank import CARDS, CELLS, QUESTIONS, a_book
from test_deck import opened
from test_glossary import ONE
from test_site import build

from bookbuild.deck import deck

pytestmark = pytest.mark.slow

PAGE = """# Book

```{toctree}
notebooks/01_a
```

See {passage}`01_a: The record` and {passage}`this <01_a: Gradients>`.

```{card-deck}
```

## Terms

```{book-glossary}
```
"""


def the_book(folder: Path, cards: str = CARDS) -> Path:
    """Write a small book with one chapter, its questions and cards, and a glossary of one term."""
    root = a_book(folder, {"01_a": CELLS}, **{"01_a": QUESTIONS + cards + ONE})
    (root / "_config.yml").write_text("{}")
    complete(root / "notebooks" / "01_a.ipynb")
    return root


def complete(path: Path) -> None:
    """Give a notebook of sources the fields that Sphinx reads, and the set-up cell that its edition needs."""
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    notebook["cells"][1] |= {"id": "setup", "source": "from helpers import style\n\nstyle.use()"}
    language = {"language_info": {"name": "python", "pygments_lexer": "ipython3"}}
    path.write_text(json.dumps({**notebook, "metadata": language, "nbformat": 4, "nbformat_minor": 5}))


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, BeautifulSoup, list[str]]:
    root = the_book(tmp_path_factory.mktemp("book"))
    html, warnings = build(root, PAGE)
    return root, BeautifulSoup(html, "html.parser"), warnings


def links(page: BeautifulSoup) -> dict[str, str]:
    return {link.text: link["href"] for link in page.select("article a[href]")}


def test_a_passage_is_linked_by_its_heading(built):
    root, page, warnings = built
    assert warnings == []
    assert links(page)["1, The record"] == "notebooks/01_a.html#the-record"
    assert links(page)["this"] == "notebooks/01_a.html#gradients"
    assert 'id="the-record"' in (root / "html" / "notebooks" / "01_a.html").read_text("utf-8")


def test_the_glossary_lists_terms_with_their_passages(built):
    _, page, _ = built
    assert page.select_one("dl.glossary dt#term-record").text.startswith("record")
    said = page.select_one("dl.glossary dd")
    assert "What autograd writes down." in said.text
    assert said.select_one("a")["href"] == "notebooks/01_a.html#the-record"
    (letter,) = page.select(".letters a")
    assert letter.text == "R"
    assert page.find(id=letter["href"].removeprefix("#")) is not None


def test_the_deck_lies_where_the_page_says(built):
    root, page, _ = built
    assert "1 questions, 1 short answers, 1 terms" in page.text
    found = opened(root / "html" / links(page)[deck.FILE_NAME], root)
    assert sorted(note["fields"][0] for note in found.notes.values()) == [
        "card 01_a/a-card",
        "question 01_a/how-many",
        "term record",
    ]


def test_a_fault_is_a_warning_that_says_where(tmp_path: Path):
    root = the_book(tmp_path, CARDS.replace("The record", "Nowhere"))
    _, warnings = build(root, PAGE.replace("`01_a: The record`", "`01_a: Elsewhere`"))
    said = "\n".join(warnings)
    assert "index.md" in said
    assert "passage: 01_a has no heading 'Elsewhere'. Its headings: Gradients; " in said
    assert "card-deck: 01_a.yaml, card a-card, section: 01_a has no heading 'Nowhere'" in said
    assert "no deck of cards was made: 01_a.yaml" in said
    assert not (root / "html" / "_downloads" / deck.FILE_NAME).exists()
