"""Rules of form for labels: the names that links go to, which all chapters share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bookbuild.model import book, notebooks
from bookbuild.model.chapter import Chapter, Rule

_LINK_INTO_FILE = re.compile(r"\]\(([\w/.-]+\.ipynb#[\w-]+)\)")


def sets_labels_of_its_own(chapter: Chapter) -> Iterator[str]:
    """Use each label once in the whole book: a link to a label that two chapters set goes astray."""
    others = {label.name for other in book.chapters() if other.name != chapter.name for label in other.labels}
    for name, count in Counter(label.name for label in chapter.labels).items():
        if count > 1 or name in others:
            yield f"sets the label {name!r}, which is set elsewhere in the book too: choose another name"


def links_to_labels(chapter: Chapter) -> Iterator[str]:
    """Link into another chapter by the label alone: Sphinx knows no label by its file."""
    for cell in chapter.cells:
        if cell.cell_type == "markdown":
            for target in _LINK_INTO_FILE.findall(cell.source):
                yield f"links to {target!r} in {cell.id!r}: write (#{target.partition('#')[2]})"


def is_in_the_book(chapter: Chapter) -> Iterator[str]:
    """Be listed in the table of contents, which alone says what readers get."""
    root = chapter.path.parent.parent
    if (root / "_toc.yml").is_file() and chapter.path in notebooks.drafts(root):
        yield f"is not listed in `_toc.yml`: `- file: notebooks/{chapter.name}` puts it into the book"


RULES: tuple[Rule, ...] = (sets_labels_of_its_own, links_to_labels, is_in_the_book)
