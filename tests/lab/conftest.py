"""The pinned JupyterLab, started once on this machine, with notebooks written by the tests.

It reads and writes nothing of the machine's user: settings, kernels' connection files and notebooks lie in a
folder of the tests.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from desk import Desk
from nbformat import NotebookNode
from playwright.sync_api import Browser

from bookbuild.model import notebooks
from bookbuild.model.notebooks import ROOT

#: Seconds that the server, and then anything on its page, may take on a busy machine.
PATIENCE = 90

#: Nothing that asks another host, opens a dialog, or saves unasked.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}


@dataclass
class Lab:
    """A running JupyterLab: its address, its token, and the folder whose notebooks it opens."""

    address: str
    token: str
    folder: Path


def _environment(folder: Path) -> dict[str, str]:
    """Let Jupyter and IPython keep all they keep in ``folder``, and kernels import this tree's helpers."""
    own = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "user-settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    return {**others, **{name: str(folder / place) for name, place in own.items()}, "PYTHONPATH": str(ROOT)}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _command(lab: Lab, settings: Path) -> list[str]:
    port = lab.address.rpartition(":")[2]
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "LanguageServerManager.autodetect": False,  # as `make lab`
        "ServerApp.root_dir": lab.folder,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": lab.token,
        "LabApp.app_settings_dir": settings,
        "LabApp.expose_app_in_browser": True,
        "LabApp.extension_manager": "readonly",
    }
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser"),
        *(f"--{name}={value}" for name, value in options.items()),
    ]


def _wait(lab: Lab, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the server answers; fail with what it said if it ends or takes too long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(f"{lab.address}/api/status?token={lab.token}", timeout=5):
                return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")


def _end(server: subprocess.Popen[bytes]) -> None:
    """Let the server end its kernels and itself; a kernel that loses its server ends too."""
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:  # it waits for a kernel that is only starting
        server.kill()
        server.wait()


@pytest.fixture(scope="session")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start JupyterLab; skipped, or a failure, where the browser is."""
    folder = tmp_path_factory.mktemp("lab")
    for name in ("notebooks", "settings"):
        (folder / name).mkdir()
    (folder / "settings" / "overrides.json").write_text(json.dumps(SETTINGS))
    running = Lab(f"http://127.0.0.1:{_free_port()}", secrets.token_hex(16), folder / "notebooks")
    log = folder / "log.txt"
    with log.open("wb") as said:
        command = _command(running, folder / "settings")
        server = subprocess.Popen(
            command, cwd=folder, env=_environment(folder), stdout=said, stderr=subprocess.STDOUT
        )
    try:
        _wait(running, server, log)
        yield running
    finally:
        _end(server)


@pytest.fixture(scope="module")
def open_notebook(browser: Browser, lab: Lab) -> Iterator[Callable[[str, NotebookNode], Desk]]:
    """Write a notebook and open it in a window of its own; other hosts are out of reach."""
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    context.set_default_timeout(PATIENCE * 1000)
    context.route(lambda url: not url.startswith(lab.address), lambda route: route.abort())

    def open_it(name: str, notebook: NotebookNode) -> Desk:
        notebooks.write(notebook, lab.folder / f"{name}.ipynb")
        desk = Desk(context.new_page())
        _record(desk)
        desk.page.goto(f"{lab.address}/lab/tree/{name}.ipynb?reset&token={lab.token}")
        desk.stand()
        return desk

    yield open_it
    context.close()


def _record(desk: Desk) -> None:
    def hear(said: Any) -> None:
        if said.type == "error":
            desk.complaints.append(said.text)

    desk.page.on("console", hear)
    desk.page.on("pageerror", lambda error: desk.complaints.append(str(error)))
