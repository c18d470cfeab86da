"""The buttons that run a chapter elsewhere: off without an address, right with one, and asking no host."""

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
import yaml
from small_books import build, code_cell, write_chapter
from sphinx.errors import ConfigError

from bookbuild.model.notebooks import ROOT
from bookbuild.site import finish, launch

pytestmark = pytest.mark.slow

BOOK = "# Book\n\n```{toctree}\nnotebooks/01_dots\n```\n"
ADDRESS = "https://github.com/someone/some.book"
HOSTS = ("colab.research", "mybinder", "github.com")
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "book.yml").read_text("utf-8"))


def pages(folder: Path, **options: str) -> dict[str, str]:
    """Build a book of a front page and one chapter; return both pages."""
    write_chapter(folder / "notebooks" / "01_dots.ipynb", code_cell("one", "1"))
    _, warnings = build(folder, BOOK, html_theme_options=options)
    assert warnings == []
    found = {"index": "index.html", "chapter": "notebooks/01_dots.html"}
    return {name: (folder / "html" / file).read_text("utf-8") for name, file in found.items()}


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    return pages(tmp_path_factory.mktemp("without"), repository_url="", repository_branch="main")


@pytest.fixture(scope="module")
def with_address(tmp_path_factory):
    return pages(tmp_path_factory.mktemp("with"), repository_url=ADDRESS, repository_branch="release/1")


def links(html: str) -> list[str]:
    """Addresses of the launch buttons, and of nothing else."""
    menu = re.search(r'<div class="dropdown dropdown-launch-buttons">.*?</ul>', html, re.DOTALL)
    return [unescape(found) for found in re.findall(r'href="([^"]*)"', menu[0])] if menu else []


def test_without_an_address_no_page_has_a_button_or_names_a_host(without):
    for html in without.values():
        assert "launch-buttons" not in html
        assert not any(host in html.lower() for host in HOSTS)


def test_with_an_address_a_chapter_opens_in_colab_and_binder(with_address):
    assert links(with_address["chapter"]) == [
        "https://colab.research.google.com/github/someone/some.book/blob/onefile/01_dots.ipynb",
        "https://mybinder.org/v2/gh/someone/some.book/release%2F1?urlpath=lab/tree/notebooks/01_dots.ipynb",
    ]


def test_a_page_that_runs_nothing_has_no_button(with_address):
    assert links(with_address["index"]) == []


def test_the_download_button_keeps_its_name_beside_them(with_address):
    assert with_address["chapter"].count("Notebook (.ipynb)") == 1


def test_the_buttons_ask_no_other_host_when_the_page_loads(with_address):
    assert finish.foreign_addresses(with_address["chapter"]) == []
    assert 'class="fas fa-cloud"' in with_address["chapter"]


def test_in_a_browser_the_buttons_ask_no_other_host(with_address, tmp_path_factory, browser):
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    folder = next(tmp_path_factory.getbasetemp().glob("with[0-9]*"))
    page.goto((folder / "html" / "notebooks" / "01_dots.html").as_uri())
    page.get_by_role("button", name="Run this chapter").click()
    assert page.get_by_role("link", name="Colab").is_visible()
    page.close()
    assert all(url.startswith(("file:", "data:", "blob:")) for url in asked)
    assert len(asked) > 5, "the page's own files were seen being asked for"


@pytest.mark.parametrize("url", ["https://gitlab.com/a/b", "github.com/a/b", "https://github.com/a", "x"])
def test_an_address_that_is_no_repository_on_github_is_refused(url):
    with pytest.raises(
        ConfigError, match=r"_config.yml, repository: url: expected https://github.com/owner/name"
    ):
        launch.repository(url)


@pytest.mark.parametrize("url", [ADDRESS, f"{ADDRESS}/", f"{ADDRESS}.git"])
def test_an_address_may_end_as_people_copy_it(url):
    assert launch.repository(url) == ("someone", "some.book")


def test_the_book_is_published_with_the_buttons_off_until_it_has_an_address():
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    assert set(settings["repository"]) >= {"url", "branch"}
    assert not settings["repository"]["url"] or launch.repository(settings["repository"]["url"])


# ---------------------------------------------------------------- the branch that Colab reads


def commands() -> str:
    """All shell commands of the publishing workflow."""
    return "\n".join(step.get("run", "") for job in WORKFLOW["jobs"].values() for step in job["steps"])


def test_the_workflow_pushes_the_editions_to_the_branch_that_the_buttons_name():
    assert f"publish-editions _build/html/_sources/notebooks {launch.EDITIONS_BRANCH}" in commands()


def run(*command: str, cwd: Path) -> str:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout


def publish(repository: Path, folder: Path) -> None:
    run(str(ROOT / ".ci" / "publish-editions"), str(folder), launch.EDITIONS_BRANCH, cwd=repository)


@pytest.fixture
def repository(tmp_path):
    """Make a clone with one commit, and the bare repository that it pushes to."""
    if shutil.which("git") is None:
        pytest.skip("there is no git to push with")
    run("git", "init", "-q", "--bare", "-b", "main", "remote", cwd=tmp_path)
    run("git", "clone", "-q", "remote", "clone", cwd=tmp_path)
    clone = tmp_path / "clone"
    (clone / "README.md").write_text("a book")
    run("git", "add", ".", cwd=clone)
    author = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    run("git", *author, "commit", "-qm", "one", cwd=clone)
    run("git", "push", "-q", "origin", "HEAD:main", cwd=clone)
    return clone


def test_the_branch_holds_the_editions_and_nothing_else(repository, tmp_path):
    editions = tmp_path / "editions"
    editions.mkdir()
    for text in ("first", "second"):
        (editions / "01_dots.ipynb").write_text(text)
        publish(repository, editions)
    branch = launch.EDITIONS_BRANCH
    bare = tmp_path / "remote"
    assert run("git", "ls-tree", "-r", "--name-only", branch, cwd=bare).split() == ["01_dots.ipynb"]
    assert run("git", "show", f"{branch}:01_dots.ipynb", cwd=bare) == "second"
    assert run("git", "rev-list", "--count", branch, cwd=bare).strip() == "1", "old editions take no room"
    assert run("git", "status", "--porcelain", cwd=repository) == "", "the checkout is as it was"


def test_nothing_is_pushed_from_a_folder_without_notebooks(repository, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(subprocess.CalledProcessError) as failed:
        publish(repository, tmp_path / "empty")
    assert "holds no notebook" in failed.value.stderr
    assert run("git", "branch", "--list", launch.EDITIONS_BRANCH, cwd=tmp_path / "remote") == ""
