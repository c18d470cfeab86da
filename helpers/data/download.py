"""Fetching the official archives: several addresses, each held to the published md5.

`pooch` fetches each archive, checks it and gives it its name once it is whole. The way to the server is ours.
A machine without network must find out in seconds, so all addresses are tried at once and get five seconds
to answer. And a server that answers and then crawls is left for the next one: `pooch.HTTPDownloader` waits
until a piece is full, however long that takes, and counts it as full even where it is not.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import queue
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm.auto import tqdm

from .catalogue import DataError, DataSet
from .manifest import Manifest, scratch
from .mirror import install_official

if TYPE_CHECKING:
    from pooch import Pooch

FAILURES = ".download-failed.json"
_CHUNK = 1 << 16
_NETWORK = (OSError, http.client.HTTPException, ValueError)


@dataclass(frozen=True)
class Patience:
    """How long we wait, in seconds, and how slow a server may be, in bytes per second.

    Attributes
    ----------
    connect : float
        Until a server answers, and between two pieces of a file.
    trial : float
        After which we judge the speed.
    speed : float
        Slower than this and we try the next address.
    memory : float
        After a failed attempt, how long we do not try again by ourselves.
    """

    connect: float = 5.0
    trial: float = 15.0
    speed: float = 100_000.0
    memory: float = 3600.0


class DownloadError(DataError):
    """No address gave the file; the message says what each of them did."""


def _why(error: Exception) -> str:
    """Return the reason inside "<urlopen error ...>", or what the error says."""
    return str(error.reason if type(error) is urllib.error.URLError else error)


def _host(url: str) -> str:
    return urllib.parse.urlsplit(url).netloc


def _answers(url: str, patience: Patience, answers: queue.Queue[tuple[str, str]]) -> None:
    try:
        with urllib.request.urlopen(url, timeout=patience.connect):
            answers.put((url, ""))
    except _NETWORK as error:
        answers.put((url, _why(error)))


def reachable(urls: list[str], patience: Patience) -> tuple[list[str], dict[str, str]]:
    """Ask all addresses at once; return those that answer, in order, and why the others do not.

    The threads are daemons because looking up a name can block for a minute, and no time limit of
    Python's reaches into it.
    """
    answers: queue.Queue[tuple[str, str]] = queue.Queue()
    for url in urls:
        threading.Thread(target=_answers, args=(url, patience, answers), daemon=True).start()
    heard: dict[str, str] = {}
    deadline = time.monotonic() + patience.connect
    while len(heard) < len(urls) and (left := deadline - time.monotonic()) > 0:
        with contextlib.suppress(queue.Empty):
            url, reason = answers.get(timeout=left)
            heard[url] = reason
    silent = f"no answer within {patience.connect:g} s"
    reasons = {url: heard.get(url, silent) for url in urls}
    return [url for url in urls if not reasons[url]], {url: why for url, why in reasons.items() if why}


def _pieces(url: str, bar: tqdm, patience: Patience) -> Iterator[bytes]:
    """Yield a file as it arrives.

    Raises
    ------
    DownloadError
        If the server fails, or is slower than we have patience for.
    """
    try:
        with urllib.request.urlopen(url, timeout=patience.connect) as response:
            bar.total = int(response.headers.get("Content-Length") or 0) or None
            start = time.monotonic()
            while piece := response.read1(_CHUNK):
                yield piece
                bar.update(len(piece))
                elapsed = time.monotonic() - start
                if elapsed > patience.trial and bar.n < patience.speed * elapsed:
                    raise DownloadError(f"only {bar.n / elapsed / 1000:.0f} kB/s")
    except _NETWORK as error:
        raise DownloadError(_why(error)) from error


def _download(url: str, output_file: str, _: Pooch, *, patience: Patience) -> None:
    """Write a file; an OSError here is the disk's and not the server's: the next address would not help."""
    name = Path(urllib.parse.urlsplit(url).path).name
    with tqdm(desc=name, unit="B", unit_scale=True) as bar, open(output_file, "wb") as stream:
        stream.writelines(_pieces(url, bar, patience))


def _fetch_from_any(sources: list[Pooch], filename: str, patience: Patience) -> Path:
    reasons = []
    for source in sources:
        try:
            return Path(source.fetch(filename, downloader=partial(_download, patience=patience)))
        except (DownloadError, ValueError) as error:  # the latter is pooch's, about the checksum
            reasons.append(f"{_host(source.base_url)}: {error}")
    raise DownloadError("; ".join(reasons))


def install(data_set: DataSet, target: Path, patience: Patience) -> Manifest:
    """Fetch, check and unpack the official archives into `target`.

    Raises
    ------
    DownloadError
        If no address answers, or none gives the published bytes.
    """
    import pooch  # here, so that chapters whose files are in place need not wait for it

    pooch.get_logger().setLevel("WARNING")  # the bar already tells what is fetched
    first = data_set.archives[0].filename
    answering, reasons = reachable([mirror + first for mirror in data_set.mirrors], patience)
    if not answering:
        raise DownloadError("; ".join(f"{_host(url)}: {why}" for url, why in reasons.items()))
    sums = {archive.filename: f"md5:{archive.md5}" for archive in data_set.archives}
    with scratch(target.parent / f".{target.name}.download") as packed:
        sources = [pooch.create(packed, url.removesuffix(first), registry=sums) for url in answering]
        paths = [_fetch_from_any(sources, filename, patience) for filename in sums]
        return install_official(data_set, paths, target)


def _failures(home: Path) -> dict[str, dict[str, float | str]]:
    try:
        found = json.loads((home / FAILURES).read_text())
        return found if isinstance(found, dict) else {}
    except (OSError, ValueError):
        return {}


def remember_failure(data_set: DataSet, home: Path, reason: str) -> None:
    """Note that the download failed just now, so that ten notebooks do not wait for it ten times."""
    failures = _failures(home) | {data_set.name: {"time": time.time(), "reason": reason}}
    with contextlib.suppress(OSError):
        (home / FAILURES).write_text(json.dumps(failures, indent=1))


def remembered_failure(data_set: DataSet, home: Path, patience: Patience) -> str:
    """Return why the last attempt failed, if it was not long ago; else an empty string."""
    failure = _failures(home).get(data_set.name, {})
    try:
        age = time.time() - float(failure["time"])
        return str(failure["reason"]) if 0 <= age < patience.memory else ""
    except (KeyError, TypeError, ValueError):
        return ""
