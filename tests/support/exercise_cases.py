"""What the checks of every chapter must do, whatever the exercises: a chapter brings its tables of answers.

A chapter's test file names the module of its checks and its answers, and inherits the tests::

    RIGHT = {"updates_made": [300], "batch_gradient": [gradient], ...}
    WRONG = {"updates_made": [(15, "the count of a single epoch"), ...], ...}

    class TestChapter08(
        ExerciseCases, chapter=chapter_08, right=RIGHT, wrong=WRONG, secrets={"updates_made": ["300"]}
    ):
        ...
"""

import contextlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType, ModuleType

import pytest
import torch

from helpers.checks.report import exercises

FEWEST_WRONG = 5
NONE: Mapping[str, tuple] = MappingProxyType({})

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


class ExerciseCases:
    """The tests of one chapter's checks, in the book's edition and in the graded one."""

    def __init_subclass__(
        cls,
        *,
        chapter: ModuleType,
        right: Mapping[str, Sequence[object]],
        wrong: Mapping[str, Sequence[tuple[object, str]]],
        secrets: Mapping[str, Sequence[str]] = NONE,
        stubs: Mapping[str, Sequence[object]] = NONE,
        spread: Collection[str] = (),
        also_given: Mapping[str, tuple[object, ...]] = NONE,
    ) -> None:
        """Keep a chapter's tables.

        Parameters
        ----------
        chapter : module
            The checks.
        right : mapping of str to sequence
            Exercise -> answers that pass. The first is the reference: a stub is made after its kind.
        wrong : mapping of str to sequence of (object, str)
            Exercise -> usual wrong answers, each with a piece of the diagnosis it must get.
        secrets : mapping of str to sequence of str
            Exercise -> texts that no diagnosis may hold, needed where numbers are asked for.
        stubs : mapping of str to sequence
            Exercise -> stubs besides the usual ones, needed where a class is asked for.
        spread : collection of str
            Exercises whose check takes the items of a tuple one by one.
        also_given : mapping of str to tuple
            Exercise -> what its check is given after the answer.
        """
        cls.chapter, cls.right, cls.wrong = chapter, right, wrong
        cls.secrets, cls.stubs, cls.spread, cls.also_given = secrets, stubs, spread, also_given

    @pytest.fixture(autouse=True)
    def steady(self, monkeypatch: Patch) -> Iterator[None]:
        """Start in the book's edition from one seed, and undo an answer that switches gradients off."""
        monkeypatch.delenv("BOOK_GRADED", raising=False)
        torch.manual_seed(0)
        yield
        torch.set_grad_enabled(True)

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Make a test of each row of the tables, named after the exercise and what is expected."""
        if "diagnosis" in metafunc.fixturenames:
            rows = [(name, *case) for name, cases in self.wrong.items() for case in cases]
            ids = [f"{name}-{diagnosis}" for name, _, diagnosis in rows]
            metafunc.parametrize(("name", "answer", "diagnosis"), rows, ids=ids)
        for argument, table in (("right_answer", self.right), ("stub", self.all_stubs())):
            if argument in metafunc.fixturenames:
                rows = [(name, answer) for name, answers in table.items() for answer in answers]
                metafunc.parametrize(("name", argument), rows, ids=[name for name, _ in rows])

    def all_stubs(self) -> dict[str, list[object]]:
        """Return what counts as not attempted: the usual stubs of each exercise, and the chapter's own."""
        usual = {name: usual_stubs(answers[0]) for name, answers in self.right.items()}
        return {name: [*stubs, *self.stubs.get(name, ())] for name, stubs in usual.items()}

    def judge(self, name: str, answer: object) -> None:
        """Hand an answer to its check."""
        items = answer if name in self.spread and isinstance(answer, tuple) else (answer,)
        getattr(self.chapter, name)(*items, *self.also_given.get(name, ()))

    def test_every_exercise_has_right_and_several_wrong_answers(self) -> None:
        """No table forgets an exercise, nor the secrets and stubs that its kind of answer needs."""
        names = set(exercises(self.chapter))
        assert set(self.right) == set(self.wrong) == names
        assert all(len(cases) >= FEWEST_WRONG for cases in self.wrong.values())
        references = {name: answers[0] for name, answers in self.right.items()}
        asks_for_numbers = {n for n, first in references.items() if isinstance(first, (int, float, tuple))}
        assert set(self.secrets) == asks_for_numbers
        assert {n for n, first in references.items() if isinstance(first, type)} <= set(self.stubs) <= names
        assert {*self.spread, *self.also_given} <= names

    def test_a_right_answer_passes_whatever_the_session(
        self, name: str, right_answer: object, capsys: Capture
    ) -> None:
        """The reference and all others, in a session of odd settings, which stay the reader's."""
        with odd_session():
            before = settings()
            self.judge(name, right_answer)
            assert said(capsys).startswith("Right: ")
            assert settings() == before

    def test_a_stub_is_not_attempted(
        self, name: str, stub: object, capsys: Capture, monkeypatch: Patch
    ) -> None:
        """An answer that still holds its ``...`` is no wrong one."""
        self.judge(name, stub)
        assert said(capsys).startswith("Not attempted: ")
        monkeypatch.setenv("BOOK_GRADED", "1")
        with pytest.raises(AssertionError, match=r"^Not attempted: "):
            self.judge(name, stub)

    def test_a_wrong_answer_gets_its_diagnosis_whatever_the_session(
        self, name: str, answer: object, diagnosis: str, capsys: Capture
    ) -> None:
        """No wrong answer passes, and each is told its own mistake."""
        with odd_session():
            self.judge(name, answer)
        printed = said(capsys)
        assert printed.startswith("Not yet: ")
        assert diagnosis in printed

    def test_both_editions_judge_alike(self, capsys: Capture, monkeypatch: Patch) -> None:
        """In a usual session: what the book prints of a wrong answer, a graded edition raises."""
        for name, answers in self.right.items():
            wrong, _ = self.wrong[name][0]
            self.judge(name, wrong)
            printed = said(capsys)
            self.judge(name, answers[0])
            with monkeypatch.context() as graded:
                graded.setenv("BOOK_GRADED", "1")
                self.judge(name, answers[0])
                with pytest.raises(AssertionError, match=r"^Not yet: ") as raised:
                    self.judge(name, wrong)
            assert said(capsys).count("Right: ") == 2
            assert one_line(str(raised.value)) == printed

    def test_what_is_asked_for_is_never_printed(self, capsys: Capture) -> None:
        """No diagnosis holds the number asked for, unless it repeats the reader's own words."""
        for name, secrets in self.secrets.items():
            for answer, _ in self.wrong[name]:
                self.judge(name, answer)
                printed = without_own_words(said(capsys), answer)
                assert not [secret for secret in secrets if secret in printed]


@contextlib.contextmanager
def odd_session() -> Iterator[None]:
    """Set what a reader can set for a whole session, each to something that no check expects."""
    state = torch.get_rng_state()
    torch.manual_seed(987)
    torch.set_default_dtype(torch.float64)
    torch.set_default_device("meta")
    try:
        with torch.inference_mode():
            yield
    finally:
        torch.set_default_device(None)
        torch.set_default_dtype(torch.float32)
        torch.set_rng_state(state)


def settings() -> tuple[object, ...]:
    """Return the session's settings, and where its stream of random numbers stands."""
    grad = torch.is_grad_enabled(), torch.is_inference_mode_enabled()
    return torch.get_default_dtype(), torch.empty(0).device, *grad, torch.get_rng_state().tolist()


def usual_stubs(reference: object) -> list[object]:
    """Return ``...`` and, for a function or a tuple, one that returns it or holds it."""
    if isinstance(reference, tuple):
        return [..., (...,) * len(reference), (*reference[:-1], ...)]
    if callable(reference) and not isinstance(reference, type):
        return [..., lambda *arguments: ...]
    return [...]


def without_own_words(printed: str, answer: object) -> str:
    """Return what was printed without the answer, or its items, where it stands as a word of its own."""
    for own in (answer, *(answer if isinstance(answer, tuple) else ())):
        printed = re.sub(rf"(?<![\w.]){re.escape(str(own))}(?!\.?\w)", "", printed)
    return printed


def one_line(text: str) -> str:
    """Undo the wrapping of a paragraph."""
    return " ".join(text.split())


def said(capsys: Capture) -> str:
    """Return what was printed since the last call, in one line."""
    return one_line(capsys.readouterr().out)
