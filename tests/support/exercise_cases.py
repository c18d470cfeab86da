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
        """Make a test of each exercise, named after it; the message names each row that fails."""
        if "name" in metafunc.fixturenames:
            metafunc.parametrize("name", self.right)

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

    def test_right_answers_pass_whatever_the_session(self, name: str, capsys: Capture) -> None:
        """The reference and all others, in a session of odd settings, which stay the reader's."""
        faults = []
        for number, answer in enumerate(self.right[name], start=1):
            with odd_session(), named(f"right answer {number}"):
                before = settings()
                self.judge(name, answer)
                printed = said(capsys)
                if not printed.startswith("Right: "):
                    faults.append(f"right answer {number} gets: {printed}")
                if settings() != before:
                    faults.append(f"right answer {number} leaves other settings behind")
        assert not faults, "\n".join(faults)

    def test_stubs_are_not_attempted(self, name: str, capsys: Capture, monkeypatch: Patch) -> None:
        """An answer that still holds its ``...`` is no wrong one."""
        for stub in self.all_stubs()[name]:
            with named(f"stub {stub}"):
                self.judge(name, stub)
                assert said(capsys).startswith("Not attempted: ")
                with monkeypatch.context() as graded:
                    graded.setenv("BOOK_GRADED", "1")
                    with pytest.raises(AssertionError, match=r"^Not attempted: "):
                        self.judge(name, stub)

    def test_wrong_answers_get_their_diagnoses_whatever_the_session(self, name: str, capsys: Capture) -> None:
        """No wrong answer passes, each is told its own mistake, and none the number that is asked for."""
        faults = []
        for answer, diagnosis in self.wrong[name]:
            with odd_session(), named(diagnosis):
                self.judge(name, answer)
            printed = said(capsys)
            if not printed.startswith("Not yet: ") or diagnosis not in printed:
                faults.append(f"{diagnosis!r} is expected, and this is printed: {printed}")
            told = without_own_words(printed, answer)
            faults += [f"{diagnosis!r} tells {one!r}" for one in self.secrets.get(name, ()) if one in told]
        assert not faults, "\n".join(faults)

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


@contextlib.contextmanager
def named(row: str) -> Iterator[None]:
    """Name a row of the tables in whatever its judging raises."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"in the row: {row}")
        raise


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
        torch.set_grad_enabled(True)  # an answer may have switched them off
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
