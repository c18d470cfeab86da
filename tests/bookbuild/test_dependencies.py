"""What is imported is declared: a package that comes along with another today may not come tomorrow."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions

from test_layers import files_of, imported

from bookbuild.model import notebooks
from bookbuild.model.notebooks import ROOT
from bookbuild.release import onefile

#: What a Jupyter with PyTorch has, which is where a one-file edition is opened.
AT_HAND = {"torch", "torchvision", "numpy", "matplotlib", "pillow", "psutil"}
AT_HAND |= {"ipython", "ipywidgets", "matplotlib-inline", "traitlets"}

DISTRIBUTIONS = packages_distributions()
OWN = {"helpers", "bookbuild", *(path.stem for path in files_of("tests"))}


def normal(name: str) -> str:
    """Return the name of a package as indexes compare it, without version and extras."""
    return re.sub("[-_.]+", "-", re.match(r"[\w.-]+", name)[0]).lower()


def of_helpers() -> set[str]:
    """Return the packages that readers need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return set(map(normal, project["dependencies"]))


def pinned(filename: str) -> set[str]:
    lines = (ROOT / filename).read_text("utf-8").splitlines()
    return {normal(line) for line in lines if "==" in line}


def needed(codes: Iterable[str]) -> set[str]:
    """Return the packages that some code imports."""
    modules = {name.partition(".")[0] for code in codes for name in imported(code)}
    others = modules - OWN - sys.stdlib_module_names
    return {normal(DISTRIBUTIONS.get(module, [module])[0]) for module in others}


def code_of(*places: str) -> list[str]:
    return [path.read_text("utf-8") for place in places for path in files_of(place)]


def test_readers_get_what_helpers_and_notebooks_import():
    cells = [cell for path in notebooks.chapters() for cell in notebooks.code_cells(notebooks.read(path))]
    assert needed(code_of("helpers") + [cell.source for cell in cells]) <= of_helpers()


def test_what_readers_get_is_pinned_for_the_makers():
    assert of_helpers() <= pinned("requirements.txt")


def test_makers_get_what_their_tools_and_tests_import():
    found = needed(code_of("bookbuild", "tests", "conftest.py"))
    assert found <= pinned("requirements.txt") | pinned("requirements-teaching.txt")


def test_an_edition_installs_what_helpers_need_and_a_jupyter_with_pytorch_lacks():
    listed = ast.literal_eval(re.search(r"small_packages = (\{.*?\})", onefile.CELL.template, re.DOTALL)[1])
    assert set(map(normal, listed.values())) == of_helpers() - AT_HAND


def test_a_module_counts_as_the_package_that_brings_it():
    assert needed(["import os, yaml.nodes\nfrom PIL import Image\nfrom . import desk\nimport helpers"]) == {
        "pyyaml",
        "pillow",
    }
