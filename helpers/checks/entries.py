"""Plain files of entries (questions, cards, terms): read once, refused with file, entry and field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import yaml

IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class EntryError(ValueError):
    """A file of entries cannot be used; the message names the file, the entry and the field."""


def read_list(text: str, source: str, name: str) -> list[object]:
    """Return the entries of a YAML text whose one top-level field is ``name``; ``source`` is its file."""
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise EntryError(f"{source}: not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(content, dict) or set(content) != {name}:
        raise EntryError(f"{source}: expected one top-level field, {name!r}")
    items = content[name]
    if not isinstance(items, list) or not items:
        raise EntryError(f"{source}: {name!r} must be a list of at least one {name.removesuffix('s')}")
    return items


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
