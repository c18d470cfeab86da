"""The form every chapter keeps, and what a chapter still misses.

python -m bookbuild.lint.form [chapter ...]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bookbuild.execute import folding
from bookbuild.lint import form_facts, form_labels, form_outputs, form_text, form_versions
from bookbuild.model import book, notebooks
from bookbuild.model.chapter import Chapter, Rule

RULES: tuple[Rule, ...] = (
    form_text.RULES + folding.RULES + form_labels.RULES + form_outputs.RULES + form_versions.RULES
)


def faults(chapter: Chapter) -> list[str]:
    """Say what the chapter misses; each phrase completes a sentence that begins with its name."""
    return [fault for rule in RULES for fault in rule(chapter)]


def missing(path: Path) -> list[str]:
    """Say what a chapter's notebook and the facts beside it miss."""
    return [*faults(book.chapter(path)), *form_facts.faults(path)]


def main(arguments: list[str] | None = None) -> int:
    """Print what the named chapters (all when none is named) still miss."""
    parser = argparse.ArgumentParser(prog="python -m bookbuild.lint.form", description=main.__doc__)
    parser.add_argument("chapters", nargs="*", help="file, name or number; all chapters when none is given")
    names = parser.parse_args(arguments).chapters
    paths = [notebooks.find(name) for name in names] or notebooks.chapters()
    found = [f"{path.stem} {fault}" for path in paths for fault in missing(path)]
    print("\n".join(found) or f"{len(paths)} chapters, nothing missing")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
