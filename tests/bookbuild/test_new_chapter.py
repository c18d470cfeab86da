"""A new chapter has all its files and its place, works at once, and says what its author owes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bookbuild import new_chapter
from bookbuild.model.notebooks import ROOT

pytestmark = pytest.mark.slow

#: What is missing when everything that could be written has been.
OWED = [
    "has no promise: one sentence below the title that says what the reader gets",
    "has nothing below `## You need`",
    "has nothing below `## What goes wrong`",
    "has nothing below `## Summary`",
    "has nothing below `## Further reading`",
    "lists 0 goals under `## You will be able to`: 3 to 5 are expected",
    "does not say in its opening how long it takes: "
    "`Reading takes about 25 minutes. Running every cell takes about 12 seconds`",
    "shows no interactive figure before `## You will be able to`",
    "has 1 exercises (code cells tagged `exercise`): 4 to 6 are expected",
    "does not say what its reader can do afterwards: `afterwards` in 09_models.yaml",
    "has 0 quick questions: at least 1 under `questions` in 09_models.yaml",
    "has 0 cards: at least 1 under `cards` in 09_models.yaml",
    "has 1 usual wrong answers of its exercises: at least 2 under `wrong_answers` in 09_models.yaml",
    "has 0 beliefs put to the test: at least 1 under `beliefs` in 09_models.yaml",
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
  - caption: Appendix
    chapters:
      - file: appendix/notation
"""
WRITTEN = [
    "helpers/checks/chapter_09.py",
    "notebooks/09_models.ipynb",
    "notebooks/09_models.yaml",
    "tests/helpers/test_checks_chapter_09.py",
]


def a_book(folder: Path) -> Path:
    """Make the folders of a book and its list of chapters."""
    for name in ("notebooks", "helpers/checks", "tests/helpers"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "_toc.yml").write_text(TOC)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_new_chapter_has_all_its_files(tmp_path):
    paths = new_chapter.create("09_models", "Building models", a_book(tmp_path))
    assert sorted(str(path.relative_to(tmp_path)) for path in paths.values()) == WRITTEN
    assert sorted(contents(tmp_path)) == sorted([*WRITTEN, "_toc.yml"])
    assert "      - file: notebooks/09_models\n" in (tmp_path / "_toc.yml").read_text()
    assert "# Building models\\n" in paths["notebook"].read_text()
    assert paths["checks"].read_text().startswith('"""Checks of chapter 9\'s exercises: Building models."""')


@pytest.mark.parametrize(
    ("name", "title", "message"),
    [
        ("models", "Models", "name must be two digits and words"),
        ("9_Models", "Models", "name must be two digits and words"),
        ("09_models", " ", "title must not be empty"),
        ("10_batch", "Again", r"chapter 10 exists already: notebooks/10_batch\.ipynb"),
        ("10_other", "Other", r"chapter 10 exists already: notebooks/10_batch\.ipynb"),
        ("07_first", "First", r"_toc\.yml lists no chapter before 07: add the first one by hand"),
    ],
)
def test_a_chapter_that_cannot_be_started_changes_nothing(tmp_path, name, title, message):
    new_chapter.create("10_batch", "Batches", a_book(tmp_path))
    before = contents(tmp_path)
    with pytest.raises(ValueError, match=message):
        new_chapter.create(name, title, tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("taken", WRITTEN)
def test_a_file_that_is_there_is_never_written_over(tmp_path, taken):
    (a_book(tmp_path) / taken).write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(ValueError, match=f"chapter 09 exists already: {taken}"):
        new_chapter.create("09_models", "Models", tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("09_models", [["notebooks/08_batch", "notebooks/09_models"], ["notebooks/12_fashion"]]),
        ("16_more", [["notebooks/08_batch"], ["notebooks/12_fashion", "notebooks/16_more"]]),
    ],
)
def test_a_chapter_is_listed_behind_the_one_before_it(name, expected):
    text = new_chapter.with_chapter(TOC, name)
    parts = yaml.safe_load(text)["parts"]
    assert [[chapter["file"] for chapter in part["chapters"]] for part in parts[:2]] == expected
    assert text.startswith("# order\n"), "comments stay"
    assert parts[2]["chapters"] == [{"file": "appendix/notation"}]


def test_a_new_chapter_runs_passes_its_tests_and_is_told_exactly_what_it_misses(
    tmp_path, monkeypatch, capsys
):
    others = shutil.ignore_patterns("__pycache__", "chapter_*.py")
    shutil.copytree(ROOT / "helpers", tmp_path / "helpers", ignore=others)
    shutil.copytree(ROOT / "tests" / "support", tmp_path / "tests" / "support")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert new_chapter.main(["09_models", "Building models"], a_book(tmp_path)) == 0
    printed = capsys.readouterr().out.splitlines()
    begin = printed.index("The chapter") + 1
    assert [line.strip() for line in printed[begin:-1]] == OWED
    assert {name for line in printed[: begin - 1] for name in [line.strip()]} >= {*WRITTEN, "_toc.yml"}
    stored = (tmp_path / "notebooks" / "09_models.ipynb").read_text()
    assert "Not attempted: replace" in stored
    assert "Right: every row holds" in stored
    test = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", WRITTEN[-1]]
    run = subprocess.run(test, cwd=tmp_path, env=os.environ, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    assert new_chapter.main(["09_models", "Again"], tmp_path) == 1
    assert "chapter 09 exists already" in capsys.readouterr().err
