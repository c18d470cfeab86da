"""host.js, the script that runs saved figures: anywidget's front-end interface without a kernel."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bookbuild.execute.figures import saved
from bookbuild.figures import scripts
from bookbuild.figures.live import HOST, STATES
from helpers.figures import DescentLab, SoftmaxLab

PLACE = '<div class="live-figure" data-state="{}"><noscript><img alt="still" src="data:,"></noscript></div>'
ALL_DONE = """[...document.querySelectorAll('.live-figure')]
  .every((place) => place.dataset.mounted || place.dataset.failed)"""

DRAW = "({ model, el }) => { el.textContent = String(model.get('size')); }"


@pytest.fixture
def run_page(browser: Any) -> Callable[..., Any]:
    """Open a page with figures, their classes drawn by ``scripts``; return it once the host is done."""
    context = browser.new_context()

    def run(*states: dict, scripts: list[str], places: list[str] | None = None) -> Any:
        table = {f"m{number}": state for number, state in enumerate(states)}
        spots = "".join(PLACE.format(name) for name in places or table)
        page = context.new_page()
        held = json.dumps(table).replace("<", "\\u003c")
        page.set_content(f'{spots}<script type="{STATES}">{held}</script>')
        for script in [*scripts, HOST.read_text("utf-8")]:
            page.add_script_tag(content=script)
        page.wait_for_function(ALL_DONE)
        return page

    yield run
    context.close()


def script(render: str, name: str = "Probe") -> str:
    return scripts.as_classic(
        name, f"var probe = {{ render: {render} }};\nexport {{\n  probe as default\n}};\n"
    )


def probe(**traits: object) -> dict:
    return {"class": "Probe", "version": "0", "traits": traits}


def test_each_figure_is_drawn_from_its_own_state(run_page):
    page = run_page(probe(size=3), probe(size="four"), scripts=[script(DRAW)])
    assert page.locator(".live-figure").all_inner_texts() == ["3", "four"]


def test_change_events_come_once_per_real_change(run_page):
    page = run_page(probe(size=1, path=[1, 2]), scripts=[script(DRAW)])
    heard = page.evaluate("""() => {
      const { model } = document.querySelector(".live-figure");
      const heard = [];
      const hear = (source, value) => heard.push(value);
      model.on("change:size change:path", hear);
      model.set("size", 1);
      model.set({ size: 2, path: [1, 2] });
      model.set("path", [3]);
      model.off("change:size", hear);
      model.set("size", 4);
      model.save_changes();
      model.send({ any: "message" });
      return heard;
    }""")
    assert heard == [2, [3]]


@pytest.mark.parametrize(("encoding", "data"), [("base64", "AAAAAAAA8D8="), ("hex", "000000000000f03f")])
def test_buffers_are_put_back(run_page, encoding, data):
    draw = "({ model, el }) => { el.textContent = model.get('trace').x.getFloat64(0, true); }"
    state = probe(trace={}) | {"buffers": [{"path": ["trace", "x"], "encoding": encoding, "data": data}]}
    assert run_page(state, scripts=[script(draw)]).locator(".live-figure").inner_text() == "1"


@pytest.mark.parametrize(
    ("loaded", "why"),
    [
        ([script("() => { throw new Error('no room'); }", "Broken")], "no room"),
        ([], "its script Broken.js was not loaded"),
    ],
)
def test_a_figure_that_cannot_start_shows_its_still_and_leaves_the_others(run_page, loaded, why):
    page = run_page(probe() | {"class": "Broken"}, probe(size=3), scripts=[*loaded, script(DRAW)])
    broken, whole = page.locator(".live-figure").all()
    assert broken.locator("img").get_attribute("alt") == "still"
    assert f"could not start ({why})" in broken.inner_text()
    assert whole.inner_text() == "3"


def test_a_place_without_a_state_says_so(run_page):
    page = run_page(probe(size=3), scripts=[script(DRAW)], places=["m0", "lost"])
    assert "its state was not saved with the page" in page.locator(".live-figure").last.inner_text()


def test_leaving_the_page_cleans_up(run_page):
    page = run_page(probe(), scripts=[script("() => () => { window.cleaned = true; }")])
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert page.evaluate("window.cleaned") is None
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }))")
    assert page.evaluate("window.cleaned") is True


def test_two_kinds_of_figures_on_a_page_never_share_an_id(run_page):
    # Each kind brings its own copy of the kit; equal ids would clip each other's drawings.
    names = ("SoftmaxLab", "DescentLab", "DescentLab")
    states = [saved(SoftmaxLab()), saved(DescentLab()), saved(DescentLab())]
    page = run_page(*states, scripts=[scripts.classic(name) for name in set(names)])
    ids = page.evaluate("[...document.querySelectorAll('.book-figure [id]')].map((node) => node.id)")
    assert len(ids) > 3
    assert len(set(ids)) == len(ids)


def test_a_bundle_without_a_default_is_refused():
    with pytest.raises(ValueError, match=r"Lab\.js: expected `export .*` at its end"):
        scripts.as_classic("Lab", "export {\n  judge\n};\n")
