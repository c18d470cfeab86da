"""The committed bundles are what the figures' modules give, and a fault in a module is named."""

import os
import re

import pytest

from bookbuild.execute.figures import trait_names
from bookbuild.figures import bundle
from bookbuild.figures.bundle import BundleError, BundlerMissingError
from helpers import figures

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    """All bundles, made anew; ``BOOK_REQUIRE_NPM=1`` makes a failure of what is else a skip."""
    try:
        return bundle.build()
    except BundlerMissingError as error:
        if os.environ.get("BOOK_REQUIRE_NPM") == "1":
            raise
        pytest.skip(str(error))


def test_the_committed_bundles_are_what_the_modules_give(built):
    assert bundle.outdated(built) == [], "run `make figures`"


def test_a_bundle_leaves_out_what_its_figure_does_not_use(built):
    assert len(built["Question.js"]) < 12_000
    assert "function slider" in built["DescentLab.js"]
    assert "function slider" not in built["Question.js"]


def test_styles_of_shared_modules_come_first_and_the_figures_own_wins(built):
    style = built["LossSurface.css"]
    assert 0 <= style.index(".dl-") < style.index(".ls-")


def test_every_figure_has_a_bundle_under_the_name_of_its_class():
    assert set(bundle.entries()) == {name for name in figures.__all__ if name != "Option"}


def test_a_fault_in_a_module_is_named_with_its_line(built, tmp_path):
    broken = tmp_path / "figure.js"
    broken.write_text('import { nothing } from "./missing.js";\n')
    with pytest.raises(BundleError, match=r'Could not resolve "\./missing\.js"[\s\S]*figure\.js:1:'):
        bundle.build({"Broken": broken})


def test_traits_are_the_figures_own():
    assert trait_names("SoftmaxLab") >= {"logits", "target", "caption"}
    assert not trait_names("SoftmaxLab") & {"layout", "_esm", "tooltip"}


@pytest.mark.parametrize("module", ["maths", "formats", "expressions", "operations"])
def test_what_computes_touches_no_document(module):
    pure = {"../kit/decode.js", "../kit/numbers.js", "../kit/tensors.js", "../descent_lab/maths.js"}
    for path in bundle.FIGURES.glob(f"*/{module}.js"):
        assert set(re.findall(r'from "([^"]+)"', path.read_text("utf-8"))) <= pure, path
