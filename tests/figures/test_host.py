"""host.js, the script that runs saved figures: anywidget's front-end interface without a kernel."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bookbuild.site.assets import OWN

HOST = (OWN / "host.js").read_text("utf-8")
STATE_TYPE = "application/vnd.jupyter.widget-state+json"

PLACE = '<div class="live-figure" data-model="{}"><noscript><img alt="still" src="data:,"></noscript></div>'
ALL_DONE = """[...document.querySelectorAll('.live-figure')]
  .every((place) => place.dataset.mounted || place.dataset.failed)"""

DRAW = """
  export default { render({ model, el }) {
    window.drawn = (window.drawn ?? 0) + 1;
    el.textContent = String(model.get("size"));
    window.models = [...(window.models ?? []), model];
  } };
"""


@pytest.fixture
def run_page(browser: Any) -> Callable[..., Any]:
    """Open a page with figures of the given code and traits; return it once the host is done."""
    context = browser.new_context()

    def run(*figures: dict, places: list[str] | None = None) -> Any:
        state = {f"m{number}": figure for number, figure in enumerate(figures)}
        saved = json.dumps({"state": state, "sources": []}).replace("<", "\\u003c")
        spots = "".join(PLACE.format(name) for name in places or state)
        page = context.new_page()
        page.set_content(f'{spots}<script type="{STATE_TYPE}">{saved}</script>')
        page.add_script_tag(content=HOST)
        page.wait_for_function(ALL_DONE)
        return page

    yield run
    context.close()


def figure(esm: str, **traits: object) -> dict:
    return {"state": {"_esm": esm, "_css": ".x { color: red }", **traits}}


def test_a_default_object_is_rendered(run_page: Callable[..., Any]):
    assert run_page(figure(DRAW, size=3)).locator(".live-figure").inner_text() == "3"


def test_a_default_function_and_plain_exports_are_rendered(run_page: Callable[..., Any]):
    function = "export default async () => ({ render({ el }) { el.textContent = 'function'; } });"
    plain = "export function render({ el }) { el.textContent = 'plain'; }"
    page = run_page(figure(function), figure(plain))
    assert page.locator(".live-figure").all_inner_texts() == ["function", "plain"]


def test_equal_code_is_imported_once_and_equal_style_added_once(run_page: Callable[..., Any]):
    counting = "window.imports = (window.imports ?? 0) + 1;" + DRAW
    page = run_page(figure(counting, size=1), figure(counting, size=2))
    assert page.evaluate(
        "[window.imports, window.drawn, document.head.querySelectorAll('style').length]"
    ) == [1, 2, 1]


def test_a_model_with_two_views_is_initialised_once(run_page: Callable[..., Any]):
    esm = """export default {
      initialize() { window.started = (window.started ?? 0) + 1; },
      render({ model, el }) {
        const show = () => { el.textContent = model.get("size"); };
        model.on("change:size", show);
        show();
        el.onclick = () => { model.set("size", 9); model.save_changes(); };
      } };"""
    page = run_page(figure(esm, size=1), places=["m0", "m0"])
    page.locator(".live-figure div").first.click()
    assert page.evaluate("window.started") == 1
    assert page.locator(".live-figure").all_inner_texts() == ["9", "9"]


def test_change_events_come_once_per_real_change(run_page: Callable[..., Any]):
    page = run_page(figure(DRAW, size=1, path=[1, 2]))
    heard = page.evaluate("""() => {
      const [model] = window.models;
      const heard = [];
      const hear = (source, value) => heard.push(value);
      model.on("change:size change:path", hear);
      model.set("size", 1);
      model.set({ size: 2, path: [1, 2] });
      model.set("path", [3]);
      model.off("change:size", hear);
      model.set("size", 4);
      model.send({ any: "message" });
      return heard;
    }""")
    assert heard == [2, [3]]


@pytest.mark.parametrize(("encoding", "data"), [("base64", "AAAAAAAA8D8="), ("hex", "000000000000f03f")])
def test_buffers_are_put_back(run_page: Callable[..., Any], encoding: str, data: str):
    esm = """export default { render({ model, el }) {
      el.textContent = model.get("trace").x.getFloat64(0, true);
    } };"""
    saved = figure(esm, trace={})
    saved["buffers"] = [{"path": ["trace", "x"], "encoding": encoding, "data": data}]
    assert run_page(saved).locator(".live-figure").inner_text() == "1"


def test_a_figure_that_throws_shows_its_still_and_leaves_the_others(run_page: Callable[..., Any]):
    page = run_page(
        figure("export default { render() { throw new Error('no room'); } };"), figure(DRAW, size=3)
    )
    broken, whole = page.locator(".live-figure").all()
    assert broken.locator("img").get_attribute("alt") == "still"
    assert "could not start (no room)" in broken.inner_text()
    assert whole.inner_text() == "3"


def test_leaving_the_page_cleans_up(run_page: Callable[..., Any]):
    esm = """export default { render({ signal }) {
      signal.addEventListener("abort", () => { window.aborted = true; });
      return () => { window.cleaned = true; };
    } };"""
    page = run_page(figure(esm))
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert page.evaluate("[window.cleaned, window.aborted]") == [None, None]
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }))")
    assert page.evaluate("[window.cleaned, window.aborted]") == [True, True]
