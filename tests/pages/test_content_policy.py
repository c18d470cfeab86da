"""The figures of a built page run where the host lets a page load scripts from its own files alone."""

from typing import Any

from visits import BOOK, STANDS, local_file

HOST = "http://book.test"
PAGE = "notebooks/08_batch_stochastic_minibatch.html"

#: Nothing from a blob, from data or by `eval`. The theme's own small scripts stand in the page.
POLICY = "default-src 'self' data:; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"

MADE_CODE = """() => {
  const link = document.createElement("script");
  link.src = URL.createObjectURL(new Blob(["window.made = true"], { type: "text/javascript" }));
  return new Promise((say) => {
    link.onload = () => say("loaded");
    link.onerror = () => say("refused");
    document.head.append(link);
  });
}"""


def test_figures_run_under_a_content_policy(browser: Any):
    context = browser.new_context()
    served = {"content-security-policy": POLICY}
    context.route(
        f"{HOST}/**", lambda route: route.fulfill(path=local_file(route.request.url, HOST), headers=served)
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.goto(f"{HOST}/{PAGE}")
    assert (BOOK / PAGE).exists()
    assert page.locator(".live-figure").count() > 5
    assert page.evaluate(STANDS) == 0
    assert page.locator(".live-figure[data-failed]").count() == 0
    assert complaints == []
    assert page.evaluate(MADE_CODE) == "refused", "the policy holds"
    context.close()
