"""What the README and its sister files say of commands, files and the version is so."""

import re
import tomllib

import pytest
import yaml

from bookbuild.model.notebooks import ROOT

PAPERS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "appendix/instructors.md"]


def text(name):
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("paper", PAPERS)
def test_each_make_target_that_is_named_exists(paper):
    named = set(re.findall(r"(?:`|^ {4})make ([a-z-]+)", text(paper), re.MULTILINE))
    assert named
    assert named <= set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md"])
def test_each_folder_that_is_named_exists(paper):
    named = set(re.findall(r"`((?:helpers|bookbuild|tests|notebooks|appendix)/[\w/.]*)`", text(paper)))
    lacking = [name for name in named if not (ROOT / name).exists()]
    assert not [name for name in lacking if not re.search("16|MyLab", name)]  # what the recipes make


def test_one_version_is_named_everywhere():
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]
    assert yaml.safe_load(text("CITATION.cff"))["version"] == version
    assert re.findall(r"^## (\d\S*)$", text("CHANGELOG.md"), re.MULTILINE)[0] == version
