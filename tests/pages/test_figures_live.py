"""Every figure of every built page runs without a kernel and answers the reader's hand."""

from collections.abc import Iterator

import pytest
from hands import answered, drag, look
from playwright.sync_api import Browser, Locator
from visits import BOOK, pages_with_figures, visit

#: What can have the focus in a figure but, having it, would leave its keys to JupyterLab.
UNMARKED = """(figure) => {
  const asked = 'a[href], button, input, select, summary, textarea, [contenteditable], [tabindex]';
  const focused = [...figure.querySelectorAll(asked)].filter((node) => {
    node.focus({ preventScroll: true });
    return document.activeElement === node;
  });
  const unmarked = focused.filter((node) => node.dataset.lmSuppressShortcuts !== 'true');
  return [focused.length, unmarked.map((node) => node.outerHTML.slice(0, 120))];
}"""

#: Move a range to the end that it is farther from, as a hand would.
PUSH = """(range) => {
  const [low, high, now] = [Number(range.min), Number(range.max), Number(range.value)];
  range.value = now - low > high - now ? low : high;
  range.dispatchEvent(new Event('input', { bubbles: true }));
}"""


@pytest.fixture(scope="module", params=pages_with_figures())
def figures(request: pytest.FixtureRequest, browser: Browser, built_book: str) -> Iterator[list[Locator]]:
    """All figures of one page, which stays open for the tests below."""
    seen = visit(browser, built_book, request.param)
    yield seen.page.locator("[data-figure]").all()
    assert seen.complaints == []
    seen.page.context.close()


def test_every_slider_moves_its_figure(figures: list[Locator]):
    for figure in figures:
        for slider in figure.locator('input[type="range"]:not([disabled])').all():
            if slider.get_attribute("min") == slider.get_attribute("max"):
                continue
            before = look(figure)
            slider.evaluate(PUSH)
            assert answered(figure, before), slider.get_attribute("aria-label")


def answers_an_arrow(figure: Locator, control: Locator) -> bool:
    """Try all arrows: a range may stand at either end, and a list of cells knows only up and down."""
    control.focus()
    keys = ["ArrowRight", "ArrowUp", "ArrowDown", "ArrowLeft"]
    # At its end a range does not answer the first one, and seeing that takes the whole wait.
    if control.evaluate("(node) => node.type === 'range' && node.value === node.max"):
        keys.reverse()
    for key in keys:
        before = look(figure)
        figure.page.keyboard.press(key)
        if answered(figure, before):
            return True
    return False


def answers_a_checked_option(question: Locator) -> bool:
    before = look(question)
    question.locator("input").first.press("Space")
    question.locator("button").first.press("Enter")
    return answered(question, before)


def test_every_figure_answers_a_key(figures: list[Locator]):
    for figure in figures:
        name = figure.get_attribute("data-figure")
        if name == "Question":
            assert answers_a_checked_option(figure)
        else:
            controls = figure.locator("input[type='range']:not([disabled]), [tabindex='0']").all()
            assert any(answers_an_arrow(figure, control) for control in controls), name


def test_what_looks_like_a_handle_can_be_dragged(figures: list[Locator]):
    for figure in figures:
        for handle in figure.locator(".bf-hit").all():
            handle.scroll_into_view_if_needed()
            # Two ways, since the handle may stand in a corner.
            assert any(answers_a_drag(figure, handle, *way) for way in ((30, 24), (-30, -24)))


def answers_a_drag(figure: Locator, handle: Locator, right: float, down: float) -> bool:
    before = look(figure)
    drag(handle, right, down)
    return answered(figure, before)


def test_cells_answer_a_drag_across_them(figures: list[Locator]):
    for figure in figures:
        for group in figure.locator(".bf-cells").all():
            cells = group.locator(".bf-cell")
            if cells.count() < 2:
                continue
            # The cell that is lit already would answer nothing.
            target = cells.nth(1) if cells.last.get_attribute("aria-pressed") == "true" else cells.last
            cells.first.scroll_into_view_if_needed()
            before = look(figure)
            begin, end = cells.first.bounding_box(), target.bounding_box()
            drag(cells.first, end["x"] - begin["x"], end["y"] - begin["y"])
            assert answered(figure, before), group.get_attribute("aria-label")


def test_jupyterlab_leaves_every_control_its_keys(figures: list[Locator]):
    for figure in figures:
        controls, unmarked = figure.evaluate(UNMARKED)
        assert controls > 0
        assert unmarked == []


def test_the_front_page_moves(built_book: str):
    assert 'class="live-figure"' in (BOOK / "intro.html").read_text("utf-8")
