"""A new figure has all its files and its place, passes lint and its test, and shows nothing half done."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bookbuild.figures import bundle, new_figure
from bookbuild.figures.bundle import BundlerMissingError, deno
from bookbuild.model.notebooks import ROOT

LISTING = """\
\"\"\"Figures.\"\"\"

from helpers.figures.conv_lab import ConvLab
from helpers.figures.transform_lab import TransformLab

__all__ = [
    "ConvLab",
    "TransformLab",
]
"""
WRITTEN = [
    "helpers/figures/tide_pool/__init__.py",
    "helpers/figures/tide_pool/figure.css",
    "helpers/figures/tide_pool/figure.js",
    "helpers/figures/tide_pool/maths.js",
    "tests/figures/test_tide_pool.py",
]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the folders of a book with two figures, where bundling does nothing."""
    for folder in ("helpers/figures/conv_lab", "tests/figures"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "helpers/figures/__init__.py").write_text(LISTING)
    (tmp_path / "helpers/figures/base.py").write_text("")
    monkeypatch.setattr(bundle, "build", dict)
    monkeypatch.setattr(bundle, "write", lambda built: None)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_new_figure_has_all_its_files_and_its_place_in_the_lists(book):
    before = contents(book)
    new_figure.create("tide_pool", book)
    after = contents(book)
    assert sorted(after.keys() - before.keys()) == WRITTEN
    listed = (book / "helpers/figures/__init__.py").read_text().splitlines()
    assert listed[3] == "from helpers.figures.tide_pool import TidePool"
    assert [line.strip() for line in listed[7:10]] == ['"ConvLab",', '"TidePool",', '"TransformLab",']


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("TidePool", "name must be words in lower case joined by _, like tide_pool; got 'TidePool'"),
        ("../tide", "name must be words"),
        ("1_tide", "name must be words"),
        ("class", "name must be words"),
        ("figure", "name must be words"),
        ("conv_lab", "conv_lab is taken: helpers/figures/conv_lab exists"),
        ("base", r"base is taken: helpers/figures/base\.py exists"),
        ("transform__lab", "name must be words"),
        ("transform_lab", "transform_lab is taken: helpers.figures has a TransformLab"),
    ],
)
def test_a_figure_that_cannot_be_started_changes_nothing(book, name, message):
    before = contents(book)
    with pytest.raises(ValueError, match=message):
        new_figure.create(name, book)
    assert contents(book) == before


def test_without_the_bundler_nothing_stays(book, monkeypatch, capsys):
    def missing() -> None:
        raise BundlerMissingError("esbuild could not be fetched")

    monkeypatch.setattr(bundle, "build", missing)
    before = contents(book)
    assert new_figure.main(["tide_pool"], book) == 1
    assert capsys.readouterr().err == "new figure: esbuild could not be fetched\n"
    assert contents(book) == before


@pytest.mark.slow
def test_a_new_figure_passes_lint_and_tests_at_once(tmp_path):
    for part in ("helpers", "bookbuild", "tests/support"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tests/figures").mkdir()
    for file in ("deno.json", "pyproject.toml", "tests/conftest.py", "tests/figures/test_bundle.py"):
        shutil.copy(ROOT / file, tmp_path / file)

    def run(*command: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        if "esbuild could not be fetched" in done.stderr and os.environ.get("BOOK_REQUIRE_NPM") != "1":
            pytest.skip(done.stderr)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    said = run(sys.executable, "-m", "bookbuild.figures.new_figure", "tide_pool")
    assert all(file in said for file in WRITTEN)
    changed = [*WRITTEN, "helpers/figures/__init__.py"]
    python = [file for file in changed if file.endswith(".py")]
    scripts = [file for file in changed if file.endswith(".js")]
    run(sys.executable, "-m", "ruff", "check", *python)
    run(sys.executable, "-m", "ruff", "format", "--check", *python)
    for command in (("fmt", "--check"), ("lint",), ("check",)):
        run(deno(), *command, *scripts)
    tests = ("tests/figures/test_tide_pool.py", "tests/figures/test_bundle.py")
    run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
