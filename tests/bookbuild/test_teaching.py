"""The guide for instructors: its lists fit the chapters, and its graph shows exactly their links."""

import json
import re
import runpy
from html.parser import HTMLParser

import pytest
from small_chapters import exercise, small_chapter

from bookbuild.model import book, facts, teaching
from bookbuild.model.notebooks import NOTEBOOKS, ROOT
from bookbuild.model.teaching import Session, Syllabus
from bookbuild.site import chapter_graph

CHAPTERS = {chapter.name: chapter for chapter in book.chapters()}
FACTS = facts.of_book()
TESTED = ROOT / "tests" / "helpers"


# ---------------------------------------------------------------- the lists


@pytest.mark.parametrize("name", CHAPTERS)
def test_each_exercise_is_matched_with_goals_of_its_chapter(name):
    assert list(teaching.practised(CHAPTERS[name], FACTS[name].goals)) == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_most_goals_have_an_exercise(name):
    verbs = {verb for verbs in FACTS[name].goals.values() for verb in verbs}
    assert len(verbs) >= len(CHAPTERS[name].goals) - 2


def test_a_match_that_does_not_fit_is_named():
    exercises = [*exercise("**1. Predict.**", "count"), *exercise("**2. Build.**", "dot")]
    chapter = small_chapter("01_dots", "Dots", *exercises, goals=("**see** it",))
    assert list(teaching.practised(chapter, {"count": ["see"], "dots": ["draw"]})) == [
        "01_dots: no goal is named for the exercise dot",
        "01_dots: it has no exercise dots; it has count, dot",
        "01_dots, dots: no goal has the verb 'draw'; the verbs: see",
    ]


@pytest.mark.parametrize("name", CHAPTERS)
def test_each_wrong_answer_gets_its_diagnosis_in_the_tests_of_the_checks(name):
    """``WRONG`` holds answers that are handed to the check, and a piece of what it then says."""
    tested = runpy.run_path(str(TESTED / f"test_checks_chapter_{name[:2]}.py"))["WRONG"]
    for row in FACTS[name].wrong_answers:
        assert row.said in [said for _, said in tested[row.exercise]], (row.exercise, row.said)
        assert row.reveals.endswith(".")


@pytest.mark.parametrize("course", teaching.syllabuses(), ids=lambda course: course.name)
def test_a_course_takes_no_chapter_before_what_it_needs(course):
    assert teaching.out_of_order(course, CHAPTERS) == []
    named = {name for session in course.sessions for name in session.chapters} | set(course.told)
    assert named <= set(CHAPTERS)


def test_the_afternoon_is_an_afternoon_and_the_term_covers_what_the_book_builds_on():
    afternoon, week, term = (
        [name for session in course.sessions for name in session.chapters] for course in teaching.syllabuses()
    )
    assert sum(CHAPTERS[name].reading for name in afternoon) <= 180
    assert set(afternoon) < set(week) < set(term)
    assert {need for chapter in CHAPTERS.values() for need in chapter.needs} <= set(term)


def test_a_course_out_of_order_is_named():
    dots, lines = small_chapter("01_dots"), small_chapter("02_lines", needs="[Dots](01_dots).")
    chapters = {"01_dots": dots, "02_lines": lines}
    sessions = (Session("Monday", ("02_lines",), ""), Session("Tuesday", ("01_dots",), ""))
    assert teaching.out_of_order(Syllabus("A week", "", {}, sessions), chapters) == [
        "A week, Monday: 02_lines needs 01_dots"
    ]
    assert (
        teaching.out_of_order(Syllabus("A week", "", {"01_dots": "what a dot is"}, sessions), chapters) == []
    )


def test_a_faulty_course_is_named(tmp_path):
    path = tmp_path / "list.yaml"
    path.write_text("- {name: A week, about: b}")
    with pytest.raises(ValueError, match=r"list\.yaml, A week: .*told"):
        teaching.syllabuses(path)


# ---------------------------------------------------------------- the graph


class Graph(HTMLParser):
    """What a drawn graph holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.arcs, self.items, self.links, self.words = [], [], [], []
        self.feed(html.partition("<style>")[0])

    def handle_starttag(self, tag, attrs):
        """Note an arc, a chapter or a link."""
        named = dict(attrs)
        if tag == "g":
            self.arcs.append((named["data-need"], named["data-chapter"]))
        elif tag == "li":
            self.items.append(named["data-chapter"])
        elif tag == "a":
            self.links.append(named["href"])

    def handle_data(self, data):
        """Note a text."""
        self.words.append(data)


def links_in_the_notebooks() -> set[tuple[str, str]]:
    """Read every link to a chapter below "You need" straight from the files."""
    found = set()
    for name in CHAPTERS:
        cells = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text("utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        (need,) = [text for text in texts if text.startswith("## You need")]
        found |= {(need_name, name) for need_name in re.findall(r"\]\((\d\d_[a-z_]+)", need)}
    return {(need, name) for need, name in found if need in CHAPTERS}


def test_the_arcs_are_the_links_of_the_notebooks():
    drawn = Graph(chapter_graph.draw(list(CHAPTERS.values()), "{}.html".format)).arcs
    assert len(drawn) == len(set(drawn)) > 10
    assert set(drawn) == links_in_the_notebooks()


def test_every_chapter_is_listed_in_order_with_its_link_and_its_needs_in_words():
    graph = Graph(chapter_graph.draw(list(CHAPTERS.values()), "../notebooks/{}.html".format))
    assert graph.items == list(CHAPTERS)
    assert graph.links == [f"../notebooks/{name}.html" for name in CHAPTERS]
    told = [words for words in graph.words if "needs" in words]
    for chapter, words in zip(CHAPTERS.values(), told, strict=True):
        named = {int(number) for number in re.findall(r"\d+", words.partition("·")[0])}
        assert named == {int(need[:2]) for need in chapter.needs if need in CHAPTERS}


def test_arcs_stay_within_the_drawing_and_apart_from_each_other():
    html = chapter_graph.draw(list(CHAPTERS.values()), str)
    curves = re.findall(r'd="M([\d.]+),([\d.]+)C(-?[\d.]+),', html)
    assert len(set(curves)) == len(curves), "no arc hides another"
    reach = [0.25 * float(start) + 0.75 * float(out) for start, _, out in curves]
    assert min(reach) >= 0
    assert f'height="{chapter_graph.ROW * len(CHAPTERS)}"' in html


def test_the_list_has_the_rows_height_in_the_style_sheet():
    css = (ROOT / "bookbuild" / "site" / "static" / "appendix.css").read_text("utf-8")
    assert re.search(rf"\.chapter-graph li \{{ height: {chapter_graph.ROW}px;", css)


def test_a_chapter_that_is_not_in_the_book_gets_no_arc():
    lines = small_chapter("02_lines", needs="[Dots](01_dots).")
    assert chapter_graph.edges([lines]) == []
    assert "needs nothing" in chapter_graph.draw([lines], str)
