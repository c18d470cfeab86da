"""Facts of a chapter in plain files: sections of entries, refused with file, section, entry and field."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import yaml

IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class EntryError(ValueError):
    """A file of entries cannot be used; the message names the file, the entry and the field."""


# The loader in C reads all chapters in a tenth of a second; PyYAML may be built without it.
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """A loader that refuses a name used twice in one place, of which YAML would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [key.value for key, _ in node.value]
        for place, (key, _) in enumerate(node.value):
            if key.value in names[:place]:
                said = f"the name {key.value!r} is used twice"
                raise yaml.constructor.ConstructorError(None, None, said, key.start_mark)
        return super().construct_mapping(node, deep)


def read_sections(text: str, source: str) -> Mapping[str, object]:
    """Return the sections of a YAML text by their names; ``source`` is its file."""
    try:
        content = yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        raise EntryError(f"{source}: not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(content, dict):
        raise EntryError(f"{source}: expected sections, such as 'questions:' with a list below it")
    return content


def entries_of(sections: Mapping[str, object], name: str, source: str) -> list[tuple[str, object]]:
    """Return the entries of a section, each behind the words by which messages name it.

    A section that is not there, or empty, has none.
    """
    items = sections.get(name) or []
    if not isinstance(items, list):
        raise EntryError(f"{source}: {name} must be a list, got {items!r}")
    one = name.removesuffix("s").replace("_", " ")
    return [(f"{source}, {one} {place}", item) for place, item in enumerate(items, start=1)]


def fields_of(item: object, where: str, allowed: set[str]) -> Mapping[str, object]:
    """Return an entry's fields, all of them known ones; ``where`` names the entry in error messages."""
    if not isinstance(item, dict):
        raise EntryError(f"{where}: expected the fields {', '.join(sorted(allowed))}, got {item!r}")
    if unknown := set(item) - allowed:
        names = ", ".join(sorted(map(str, unknown)))
        raise EntryError(f"{where}: unknown field {names}; known are {', '.join(sorted(allowed))}")
    return item


def text_of(fields: Mapping[str, object], name: str, where: str, *, keep_lines: bool = False) -> str:
    """Return a field that must hold words: on one line, or with the lines of the file."""
    value = fields.get(name)
    if value is None:
        raise EntryError(f"{where}: {name} is missing")
    if not isinstance(value, str):
        raise EntryError(f"{where}: {name} must be text, got {value!r}; put it in quotes")
    if not value.strip():
        raise EntryError(f"{where}: {name} is empty")
    return value.strip() if keep_lines else " ".join(value.split())


def identifier_of(fields: Mapping[str, object], where: str) -> str:
    """Return an entry's id."""
    id = text_of(fields, "id", where)
    if not IDENTIFIER.fullmatch(id):
        raise EntryError(f"{where}: id {id!r} must be lower-case words joined by hyphens")
    return id


def refuse_repeats(ids: Iterable[str], source: str) -> None:
    """Refuse a file that uses an id twice."""
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            raise EntryError(f"{source}: the id {id!r} is used twice")
        seen.add(id)
