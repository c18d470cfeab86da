"""The document model: the book in its order, each chapter as it stands, what is missing named."""

import re
from pathlib import Path

import pytest
import yaml
from small_chapters import chapter_of, code, exercise, small_chapter, text

from bookbuild.lint import form
from bookbuild.model import book, notebooks
from bookbuild.model.book import PassageError

CHAPTERS = book.chapters()

BODY = (
    text("# Gradients\n\nA promise."),
    code("setup()"),
    text("## The record of $f$ and `g`\n\nText.\n\n### The record\n\n```python\n# no heading\n```", "three"),
    code("look()"),
    text('(a-label)=\n### "2 + 2"\n\nMore.'),
)


# ---------------------------------------------------------------- the book


def a_book(root: Path, listed: list[str], written: list[str]) -> Path:
    files = [f"notebooks/{name}" for name in listed] + ["appendix/notation"]
    toc = {"parts": [{"caption": "One", "chapters": [{"file": file} for file in files]}]}
    (root / "_toc.yml").write_text(yaml.safe_dump(toc))
    (root / "notebooks").mkdir()
    for name in written:
        notebooks.write(small_chapter(title=name).notebook, root / "notebooks" / f"{name}.ipynb")
    return root


def test_the_table_of_contents_gives_chapters_and_order(tmp_path):
    root = a_book(tmp_path, ["02_b", "01_a", "04_not_written"], ["01_a", "02_b", "03_draft"])
    assert [chapter.name for chapter in book.chapters(root)] == ["02_b", "01_a"]
    toc = root / "_toc.yml"
    toc.write_text(toc.read_text().replace("- file: notebooks/02_b", ""))
    assert [path.stem for path in notebooks.chapters(root)] == ["01_a"]


def test_a_chapter_or_draft_is_found_by_name_or_number_and_else_the_chapters_are_listed(tmp_path):
    root = a_book(tmp_path, ["02_b", "01_a"], ["01_a", "02_b", "03_draft"])
    assert notebooks.find("2", root) == notebooks.find("02_b", root) == root / "notebooks" / "02_b.ipynb"
    assert notebooks.find("03", root).stem == "03_draft"
    with pytest.raises(
        FileNotFoundError, match="no chapter is called '9'; the chapters are: 02_b, 01_a, 03_draft"
    ):
        notebooks.find("9", root)


def test_a_draft_is_told_that_it_is_not_in_the_book(tmp_path):
    root = a_book(tmp_path, ["01_a"], ["01_a", "03_draft"])
    draft, listed = (book.chapter(root / "notebooks" / f"{name}.ipynb") for name in ("03_draft", "01_a"))
    assert any("is not listed in `_toc.yml`" in fault for fault in form.faults(draft))
    assert not any("_toc.yml" in fault for fault in form.faults(listed))


def test_a_file_is_read_once_until_it_changes(tmp_path):
    path = a_book(tmp_path, ["01_a"], ["01_a"]) / "notebooks" / "01_a.ipynb"
    assert book.chapter(path) is book.chapter(path)
    changed = small_chapter(title="Other").notebook
    notebooks.write(changed, path)
    assert book.chapter(path).title == "Other"


# ---------------------------------------------------------------- sections and passages


def test_a_chapter_is_read_by_its_headings():
    chapter = chapter_of(*BODY)
    assert [(s.title, s.level, s.anchor) for s in chapter.sections] == [
        ("Gradients", 1, "gradients"),
        ("The record of f and g", 2, "the-record-of-f-and-g"),
        ("The record", 3, "the-record"),
        ('"2 + 2"', 3, "a-label"),
    ]
    first, _, record, _ = chapter.sections
    assert [source for _, source in first.code] == ["setup()"]
    assert "# no heading" in record.prose
    assert "no heading" not in record.words
    assert record.cells == ["three", chapter.cells[3].id]
    below = chapter.below("The record of f and g")
    assert [section.title for section in below] == ["The record of f and g", "The record", '"2 + 2"']
    assert chapter.below("The record") == [], "which is no section of the second level"


def test_a_comment_holds_neither_words_nor_headings():
    (section,) = chapter_of(text("# A\n\n<!-- not\n\n# this -->\n\nbut <!-- not this --> that")).sections
    assert section.words.split() == ["but", "that"]


def test_of_two_equal_headings_only_the_first_can_be_linked():
    chapter = chapter_of(*BODY, text("### The record"))
    assert [s.anchor for s in chapter.sections if s.title == "The record"] == ["the-record", ""]


def test_a_passage_is_found_by_chapter_and_heading():
    chapter = chapter_of(*BODY, name="01_a")
    found = book.find([chapter], "01_a: The record", "here")
    assert found.address == "notebooks/01_a.html#the-record"
    assert str(found) == "Chapter 1, Gradients: The record"
    with pytest.raises(PassageError, match=r"here: 01_a has no heading 'Record'\. Its headings: Gradients; "):
        book.find([chapter], "01_a: Record", "here")
    with pytest.raises(PassageError, match="here: no chapter is called '02_b'"):
        book.find([chapter], "02_b: The record", "here")


@pytest.mark.parametrize(
    "first", [code("1"), text("No title"), text("## Second level"), text("Words.\n\n# Late")]
)
def test_a_notebook_begins_with_its_title(first):
    with pytest.raises(ValueError, match=re.escape("01_a.ipynb: does not begin with `# Title`")):
        _ = chapter_of(first, *BODY, name="01_a").title


# ---------------------------------------------------------------- labels


def test_a_label_belongs_to_the_code_cell_right_behind_it():
    one = text("(one)=\n### One\n\nText.")
    chapter = chapter_of(one, code("1"), text("More.\n\n(two)="), code("2"))
    found = {label.name: (label.heading, label.cell.source) for label in chapter.labels}
    assert found == {"one": ("One", "1"), "two": ("One", "2")}


def test_a_label_with_text_or_another_label_behind_it_has_no_cell():
    two = text("(one)=\n### One\n\n(two)=\n### Two")
    assert [label.cell for label in chapter_of(two, text("Text."), code("1")).labels] == [None, None]
    one, other = chapter_of(two, code("1")).labels
    assert one.cell is None
    assert (other.heading, other.cell.source) == ("Two", "1")
    assert [label.cell for label in chapter_of(two).labels] == [None, None]


def test_equations_and_figures_have_labels_too_and_a_listing_has_none():
    plot = code("plot()", mystnb={"figure": {"name": "fig-a"}})
    words = "# A\n\n$$\nx\n$$\n\nthen\n\n$$\na \\\\\nb\n$$ (eq-a)\n\n```\n(no)=\n```"
    assert [(label.name, label.formula) for label in chapter_of(text(words), plot).labels] == [
        ("eq-a", "a \\\\\nb"),
        ("fig-a", ""),
    ]


# ---------------------------------------------------------------- what a chapter says about itself


def test_a_chapter_is_read_as_it_stands():
    chapter = small_chapter(
        "03_three_dots",
        "Three dots",
        *exercise("**1. Predict.** How many?", "count"),
        *exercise("### 2. A dot\n\nDraw.", "dot"),
        goals=("**draw** a dot,\n  and **name** it", "**see** one"),
        needs="[Chapter 1](01_dots.ipynb), [two](02_lines#middle) and [a site](https://x.org).",
        time="Reading takes about 20 minutes. Running every\ncell takes about 2 minutes on two CPU cores.",
    )
    assert (chapter.number, chapter.title) == (3, "Three dots")
    assert [(goal.verb, goal.text) for goal in chapter.goals] == [
        ("draw", "**draw** a dot, and **name** it"),
        ("see", "**see** one"),
    ]
    assert chapter.needs == ("01_dots", "02_lines")
    assert (chapter.reading, chapter.running) == (20, 120)
    found = [(exercise.number, exercise.title, exercise.check) for exercise in chapter.exercises]
    assert found == [(1, "Predict", "count"), (2, "A dot", "dot")]


def test_an_exercise_has_what_stands_between_the_solution_before_and_its_own():
    given = code("given = 1")
    one, two = exercise("**1. One.**", "one"), exercise("**2. Two.**", "two")
    early = code("check.early(...)", "exercise")
    chapter = small_chapter("03_dots", "Dots", *one, text("In between."), given, *two)
    chapter.notebook.cells.insert(1, early)
    first, second = chapter.exercises
    assert [cell.id for cell in second.text] == [chapter.cells[-5].id, given.id, two[0].id]
    assert (first.solution, second.stub) == (one[2], two[1])
    assert first.is_solved
    assert not small_chapter("03_dots", "Dots", *one[:2], two[2]).exercises[0].is_solved


@pytest.mark.parametrize(
    ("asked", "cells", "complaint"),
    [
        ("title", [code("check.one(...)", "exercise")], "has no title: `**1. Predict.**`"),
        ("check", [code("1", "exercise")], "no check follows the exercise"),
        ("solution", exercise("**1. One.**", "one")[:2], "no solution (a `hide-cell` cell) follows"),
    ],
)
def test_what_an_exercise_lacks_is_named(asked, cells, complaint):
    (found,) = small_chapter("03_dots", "Dots", *cells).exercises
    with pytest.raises(ValueError, match=r"^03_dots\.ipynb: ") as error:
        getattr(found, asked)
    assert complaint in str(error.value)


def test_what_a_chapter_does_not_say_is_named():
    with pytest.raises(ValueError, match=r"03_dots\.ipynb: its opening does not say how long it takes"):
        _ = small_chapter(time="Nothing.").reading
    with pytest.raises(ValueError, match=r"03_dots\.ipynb: the goal 'draw a dot;' has no verb in bold"):
        _ = small_chapter(goals=("draw a dot",)).goals


# ---------------------------------------------------------------- the book itself


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_every_exercise_and_goal_of_the_book_is_found(chapter):
    stubs = [cell for cell in chapter.code_cells if "exercise" in notebooks.tags(cell)]
    assert [exercise.number for exercise in chapter.exercises] == list(range(1, len(stubs) + 1))
    verbs = [goal.verb for goal in chapter.goals]
    assert len(verbs) == len(set(verbs)), "a goal is named by its first bold verb"
    assert all(re.fullmatch(r"[a-z ]+", verb) for verb in verbs)


def test_every_notebook_is_in_the_book():
    assert notebooks.drafts() == []
