"""A new chapter has the frame and says what its author owes."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import yaml

from bookbuild import new_chapter
from bookbuild.lint import form
from bookbuild.model import notebooks

OWED = [
    "has no promise: one sentence below the title that says what the reader gets",
    "has nothing below `## You will be able to`",
    "has nothing below `## You need`",
    "has nothing below `## What goes wrong`",
    "has nothing below `## Summary`",
    "has nothing below `## Further reading`",
    "lists 0 goals under `## You will be able to`: 3 to 5 are expected",
    "does not say in its opening how long it takes to read and to run (`25 min`, `12 s`)",
    "shows no interactive figure before `## You will be able to`",
    "has 1 exercises (code cells tagged `exercise`): 4 to 6 are expected",
    "has no check after the exercise 'exercise-1': `check.<exercise>(answer)`",
    "was not executed top to bottom in one go (execution counts are not 1, 2, 3, ...)",
    "has code that changed since it was executed: refresh it",
]

TOC = """# order
root: intro
parts:
  - caption: Descent
    chapters:
      - file: notebooks/08_batch
  - caption: Real training
    chapters:
      - file: notebooks/12_fashion
"""


def test_a_new_chapter_is_told_exactly_what_it_misses(tmp_path):
    paths = new_chapter.create("09_models", "Building models", tmp_path)
    notebook = notebooks.read(paths["notebook"])
    assert notebook.cells[0].source.startswith("# Building models\n")
    assert form.faults(notebook) == OWED


def test_a_new_chapter_has_its_question_file_and_checks(tmp_path):
    paths = new_chapter.create("09_models", "Building models", tmp_path)
    assert {name: str(path.relative_to(tmp_path)) for name, path in paths.items()} == {
        "notebook": "notebooks/09_models.ipynb",
        "questions": "notebooks/09_models.questions.yaml",
        "checks": "helpers/checks/chapter_09.py",
    }
    assert yaml.safe_load(paths["questions"].read_text()) == {"questions": []}
    spec = importlib.util.spec_from_file_location("chapter_09", paths["checks"])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.__doc__ == "Checks of chapter 9's exercises: Building models."


@pytest.mark.parametrize(
    ("name", "title", "message"),
    [
        ("models", "Models", "name must be two digits and words"),
        ("9_Models", "Models", "name must be two digits and words"),
        ("09_models", " ", "title must not be empty"),
        ("08_other", "Other", "chapter 08 exists already: notebooks/08_batch.ipynb"),
    ],
)
def test_a_chapter_that_cannot_be_started_changes_nothing(tmp_path, name, title, message):
    new_chapter.create("08_batch", "Batches", tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ValueError, match=message):
        new_chapter.create(name, title, tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("Descent", [["notebooks/08_batch", "notebooks/09_models"], ["notebooks/12_fashion"]]),
        ("Real training", [["notebooks/08_batch"], ["notebooks/12_fashion", "notebooks/09_models"]]),
        ("Models", [["notebooks/08_batch"], ["notebooks/12_fashion"], ["notebooks/09_models"]]),
    ],
)
def test_a_chapter_is_listed_in_its_part(part, expected):
    text = new_chapter.with_chapter(TOC, "09_models", part)
    parts = yaml.safe_load(text)["parts"]
    assert [[chapter["file"] for chapter in part["chapters"]] for part in parts] == expected
    assert text.startswith("# order\n"), "comments stay"


def test_the_command_prints_what_is_owed(tmp_path, capsys):
    Path(tmp_path, "_toc.yml").write_text(TOC)
    assert new_chapter.main(["09_models", "Building models", "--part", "Descent"], tmp_path) == 0
    printed = capsys.readouterr().out
    assert "notebooks/09_models.ipynb" in printed
    assert all(owed in printed for owed in OWED)
    assert "notebooks/09_models" in Path(tmp_path, "_toc.yml").read_text()
    assert new_chapter.main(["09_models", "Again"], tmp_path) == 1
    assert "chapter 09 exists already" in capsys.readouterr().err
