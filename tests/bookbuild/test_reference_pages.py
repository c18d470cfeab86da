"""Notation and cheat sheet: names that the chapters use, links that land, code that runs."""

import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import torch

from bookbuild.model import book
from bookbuild.model.book import Passage
from bookbuild.model.notebooks import ROOT

NOTATION = (ROOT / "appendix" / "notation.md").read_text("utf-8")
SHEET = (ROOT / "appendix" / "cheat_sheet.md").read_text("utf-8")

ROLE = re.compile(r"\{passage\}`(?:[^`<]*<)?([^`>]+)>?`")
ROWS = [line for line in NOTATION.splitlines() if line.startswith("|") and "{passage}" in line]


def passage(name: str) -> Passage:
    return book.find(book.chapters(), name, "appendix")


def source(place: Passage) -> str:
    return "\n".join([place.section.title, place.section.prose, *(code for _, code in place.section.code)])


@pytest.mark.parametrize("page", [NOTATION, SHEET], ids=["notation", "cheat_sheet"])
def test_every_link_to_a_passage_lands(page: str):
    names = ROLE.findall(page)
    assert len(names) == page.count("{passage}") > 10
    for name in names:
        assert passage(name).section.anchor


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[3].strip()[:40])
def test_a_name_of_the_notation_stands_in_the_passage_that_it_links(row: str):
    code, formula, _, link = (cell.strip() for cell in row.strip("|").split("|"))
    text = source(passage(ROLE.search(link)[1]))
    names = re.findall(r"`([^`]+)`", code)
    assert names or formula
    for name in names:
        assert re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", text), f"{name} is not used there"


@cache
def formulas() -> str:
    """All formulas of the book; a name of the code may come chapters before its letter in a formula."""
    prose = "\n".join(section.prose for page in book.chapters() for section in page.sections)
    return without_braces(" ".join(re.findall(r"\$\$?([^$]+)\$\$?", prose)))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[3].strip()[:40])
def test_a_symbol_of_the_notation_stands_in_a_formula_of_the_book(row: str):
    for symbol in re.findall(r"\$([^$]+)\$", row.split("|")[2]):
        assert without_braces(symbol) in formulas(), f"{symbol} is in no formula"


def without_braces(latex: str) -> str:
    return re.sub(r"[{}\s]", "", latex)


@pytest.mark.parametrize("page", [NOTATION, SHEET], ids=["notation", "cheat_sheet"])
def test_tables_are_whole(page: str):
    rows = [line for line in page.splitlines() if line.startswith("|")]
    for above, row in pairwise(rows):
        assert above.count("|") in (row.count("|"), 3, 5)


# ---------------------------------------------------------------- the cheat sheet runs

BLOCKS = re.findall(r"```python\n(.*?)```", SHEET, re.DOTALL)


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> dict:
    """Names that the sheet's code leaves behind, all blocks run in order as a reader would paste them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("sheet"))
        names: dict = {}
        for number, block in enumerate(BLOCKS, start=1):
            exec(compile(block, f"cheat_sheet.md, block {number}", "exec"), names)
        names["saved"] = sorted(path.name for path in Path.cwd().iterdir())
    return names


def test_the_sheet_trains_a_model_and_saves_it(ran: dict):
    assert len(BLOCKS) >= 10
    assert ran["saved"] == ["weights.pt"]
    assert ran["accuracy"] > 0.5
    assert 0 < ran["val_loss"] < 1
    assert ran["count"] == 20
    assert not ran["model"].training
    assert torch.equal(ran["model"].head.weight, ran["state"]["head.weight"])


def test_what_the_sheet_says_in_comments_holds(ran: dict):
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    assert "torch.stack((x, x)).shape   # (2, 2, 2)" in SHEET
    assert torch.stack((x, x)).shape == (2, 2, 2)
    assert "torch.cat((x, x)).shape     # (4, 2)" in SHEET
    assert torch.cat((x, x)).shape == (4, 2)
    assert ran["a"].data_ptr() == ran["x"].data_ptr() != ran["c"].data_ptr()
    assert ran["chw"].shape == (3, 32, 32)
    assert ran["w"].item() == pytest.approx(2 - 0.1 * 12)


def test_lines_of_the_sheet_fit_half_a_page():
    assert max(len(line) for block in BLOCKS for line in block.splitlines()) <= 60


MESSAGES = re.findall(r"^\| `([^`]+)` \|.*?<([^>]+)>`\)", SHEET, re.MULTILINE)


@pytest.mark.parametrize(("message", "place"), MESSAGES, ids=[message[:30] for message, _ in MESSAGES])
def test_a_message_on_the_sheet_is_one_that_its_passage_shows(message: str, place: str):
    found = passage(place)
    cells = set(found.section.cells)
    notebook = json.loads((ROOT / f"{found.page.docname}.ipynb").read_text("utf-8"))
    shown = ["".join(cell["source"]) for cell in notebook["cells"] if cell["id"] in cells]
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []) if cell["id"] in cells else []:
            shown += ["".join(output.get("text", "")), "\n".join(output.get("traceback", []))]
    assert message in " ".join("\n".join(shown).split())


def test_the_sheet_has_messages():
    assert len(MESSAGES) >= 10
