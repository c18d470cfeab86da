"""Directives of the guide for instructors and of the execution report, built from the chapters."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from docutils import nodes

from bookbuild.execute import execution
from bookbuild.model import facts, teaching
from bookbuild.site import chapter_graph
from bookbuild.site.appendix import Built, linked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx.application import Sphinx

    from bookbuild.model.chapter import Chapter
    from bookbuild.model.facts import WrongAnswer
    from bookbuild.model.teaching import Session, Syllabus


def _table(head: str, *rows: str) -> str:
    """Return a Markdown table; columns whose name ends in ``:`` hold numbers."""
    names = head.split("|")
    rule = "|".join("---:" if name.strip().endswith(":") else "---" for name in names)
    return "\n".join(f"|{row}|" for row in (head.replace(":", ""), rule, *rows)) + "\n"


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    text = f"{rest} min" if not hours else f"{hours} h {rest:02} min"
    return text.replace(" ", "\N{NO-BREAK SPACE}")


class ChapterGraph(Built):
    """``{chapter-graph}``: the chapters, and what each of them needs."""

    def build(self) -> list[nodes.Node]:
        """Return the graph as it stands in the page."""

        def address(name: str) -> str:
            return self.env.app.builder.get_relative_uri(self.env.docname, f"notebooks/{name}")

        chapters = self.chapters
        graph = nodes.raw("", chapter_graph.draw(chapters, address), format="html")
        return [graph, *self.markdown(_free_to_leave_out(chapters))]


def _free_to_leave_out(chapters: Sequence[Chapter]) -> str:
    needed = {need for need, _ in chapter_graph.edges(chapters)}
    *others, last = [str(chapter.number) for chapter in chapters if chapter.name not in needed]
    return (
        f"No other chapter needs {', '.join(others)} or {last}: any of them can be left out without a gap.\n"
    )


class ChapterTimes(Built):
    """``{chapter-times}``: how long each chapter takes to read and to run."""

    sources = (execution.RECORD,)

    def build(self) -> list[nodes.Node]:
        """Return a table with its sums."""
        chapters, measured = self.chapters, execution.read()
        rows = [
            f"{linked(c)}|{_duration(c.reading)}|{c.running} s|{_seconds(measured.get(c.name))}"
            for c in chapters
        ]
        reading = _duration(sum(chapter.reading for chapter in chapters))
        running = sum(chapter.running for chapter in chapters)
        total = f"all|{reading}|{running} s|{_seconds_of_all(measured, chapters)}"
        return self.markdown(_table("chapter | to read: | to run, stated: | to run, measured:", *rows, total))


def _seconds(row: dict | None) -> str:
    return f"{row['seconds']:.1f} s" if row else "—"


def _seconds_of_all(measured: dict[str, dict], chapters: Sequence[Chapter]) -> str:
    found = [measured[chapter.name]["seconds"] for chapter in chapters if chapter.name in measured]
    return f"{sum(found):.0f} s" if len(found) == len(chapters) else "—"


class Syllabuses(Built):
    """``{syllabuses}``: courses that are ready to be given."""

    sources = (teaching.SYLLABUSES,)

    def build(self) -> list[nodes.Node]:
        """Return a section for each course."""
        chapters = {chapter.name: chapter for chapter in self.chapters}
        return [self._course(course, chapters) for course in teaching.syllabuses()]

    def _course(self, course: Syllabus, chapters: dict[str, Chapter]) -> nodes.section:
        items = [_session(session, chapters) for session in course.sessions]
        text = f"{course.about}\n\n{_told(course, chapters)}" + "\n".join(items) + "\n"
        return self.section(course.name, *self.markdown(text, course.name))


def _session(session: Session, chapters: dict[str, Chapter]) -> str:
    known = [chapters[name] for name in session.chapters if name in chapters]
    named = ", ".join(linked(chapter) for chapter in known)
    reading = _duration(sum(chapter.reading for chapter in known))
    return f"- **{session.title}**: {named}, {reading} to read. {session.work}"


def _told(course: Syllabus, chapters: dict[str, Chapter]) -> str:
    told = [f"{linked(chapters[name])} is left out; tell {what}." for name, what in course.told.items()]
    return " ".join(told) + "\n\n" if told else ""


class Goals(Built):
    """``{goals}``: each chapter's learning goals and the exercises that practise them."""

    def build(self) -> list[nodes.Node]:
        """Return a section for each chapter."""
        table = {name: known.goals for name, known in facts.of_book(self.root).items()}
        faults = [fault for c in self.chapters for fault in teaching.practised(c, table[c.name])]
        if faults:
            raise ValueError("; ".join(faults))
        return [self._chapter(chapter, table[chapter.name]) for chapter in self.chapters]

    def _chapter(self, chapter: Chapter, practised: Mapping[str, Sequence[str]]) -> nodes.Node:
        rows = []
        for goal in chapter.goals:
            found = [e for e in chapter.exercises if goal.verb in practised[e.check]]
            named = ", ".join(f"{e.number} *{e.title}*" for e in found) or "—"
            rows.append(f"{goal.text}|{named}")
        text = f"**{linked(chapter)}**\n\n" + _table("you will be able to | exercises", *rows)
        return nodes.container("", *self.markdown(text, chapter.name), classes=["goals"])


class WrongAnswers(Built):
    """``{wrong-answers}``: usual wrong answers, what the check says, what they reveal."""

    def build(self) -> list[nodes.Node]:
        """Return a list for each chapter."""
        table = {name: known.wrong_answers for name, known in facts.of_book(self.root).items()}
        chapters = [chapter for chapter in self.chapters if table[chapter.name]]
        return [node for chapter in chapters for node in self._chapter(chapter, table[chapter.name])]

    def _chapter(self, chapter: Chapter, rows: Sequence[WrongAnswer]) -> list[nodes.Node]:
        numbers = {exercise.check: exercise.number for exercise in chapter.exercises}
        items = [_wrong_answer(numbers.get(row.exercise), row) for row in rows]
        return self.markdown(f"**{linked(chapter)}**\n\n" + "\n".join(items) + "\n", chapter.name)


def _wrong_answer(number: int | None, row: WrongAnswer) -> str:
    answer = row.answer[0].upper() + row.answer[1:]
    return f"- *Exercise {number}.* **{answer}.** The check says: “… {row.said} …”. {row.reveals}"


class ExecutionReport(Built):
    """``{execution-report}``: seconds and memory of each chapter, measured when it was last refreshed."""

    sources = (execution.RECORD,)

    def build(self) -> list[nodes.Node]:
        """Return a table, and below it the machines and versions of its rows."""
        names = [chapter.name for chapter in self.chapters]
        measured = {name: row for name, row in execution.read().items() if name in names}
        origins = list(dict.fromkeys(_origin(row) for row in measured.values()))
        rows = [self._row(c, measured.get(c.name), origins) for c in self.chapters]
        head = "chapter | stated: | measured: | peak memory: | load: | date | measured on"
        notes = [f"({letter}) {text}" for letter, text in zip(ascii_lowercase, origins, strict=False)]
        return self.markdown(_table(head, *rows) + "\n" + "\n\n".join(notes) + "\n")

    def _row(self, chapter: Chapter, row: dict | None, origins: list[str]) -> str:
        if row is None:
            return f"{linked(chapter)}|{chapter.running} s|not measured yet||||"
        memory = f"{row['peak_memory_mib']} MiB" if row["peak_memory_mib"] else "—"
        load = "—" if row["load"] is None else row["load"]
        letter = ascii_lowercase[origins.index(_origin(row))]
        return (
            f"{linked(chapter)}|{chapter.running} s|{_seconds(row)}|{memory}|{load}|{row['date']}|({letter})"
        )


def _origin(row: dict) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in row["versions"].items())
    return f"{row['machine']}; {versions}"


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("chapter-graph", ChapterGraph)
    app.add_directive("chapter-times", ChapterTimes)
    app.add_directive("syllabuses", Syllabuses)
    app.add_directive("goals", Goals)
    app.add_directive("wrong-answers", WrongAnswers)
    app.add_directive("execution-report", ExecutionReport)
