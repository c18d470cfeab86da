"""The built book, opened from the file system and from a server, as readers open it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from visits import BOOK


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="session")
def built_book() -> str:
    """Address of the built book on disk; a skip with its reason where nothing was built."""
    if not (BOOK / "index.html").exists():
        reason = "the book is not built: run `make book` first"
        if os.environ.get("BOOK_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return BOOK.as_uri()


@pytest.fixture(scope="session")
def served_book(built_book: str) -> Iterator[str]:
    """Address of the built book on a server of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(BOOK)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module", params=["file", "http"])
def base(request: pytest.FixtureRequest) -> str:
    """Both ways to open the book, one after the other."""
    return request.getfixturevalue("built_book" if request.param == "file" else "served_book")
