"""Fetching the official archives: several addresses, each held to the published md5.

A machine without network must find out in seconds, so all addresses are tried at once and get five
seconds to answer. A server that answers and then crawls is left for the next one.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import queue
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tqdm.auto import tqdm

from .catalogue import Archive, DataError, DataSet, UnwritableError
from .manifest import Manifest, scratch
from .mirror import install_official

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


def _write(stream: BinaryIO, chunk: bytes) -> None:
    """Write a piece. An error here is the disk's and not the server's: the next address would not help."""
    try:
        stream.write(chunk)
    except OSError as error:
        raise UnwritableError(f"{stream.name} could not be written: {error.strerror}") from error


def _copy(response: http.client.HTTPResponse, target: Path, bar: tqdm, patience: Patience) -> str:
    """Write the response's body to `target`; return its md5."""
    checksum, start, size = hashlib.md5(usedforsecurity=False), time.monotonic(), 0
    with target.open("wb") as stream:
        while chunk := response.read1(_CHUNK):
            _write(stream, chunk)
            checksum.update(chunk)
            bar.update(len(chunk))
            size += len(chunk)
            elapsed = time.monotonic() - start
            if elapsed > patience.trial and size < patience.speed * elapsed:
                raise DownloadError(f"only {size / elapsed / 1000:.0f} kB/s")
    return checksum.hexdigest()


def _fetch(url: str, archive: Archive, target: Path, patience: Patience) -> None:
    with urllib.request.urlopen(url, timeout=patience.connect) as response:
        total = int(response.headers.get("Content-Length") or 0) or None
        with tqdm(total=total, desc=archive.filename, unit="B", unit_scale=True) as bar:
            found = _copy(response, target, bar, patience)
    if found != archive.md5:
        raise DownloadError(f"expected md5 {archive.md5}, got {found}")


def _fetch_from_any(urls: list[str], archive: Archive, target: Path, patience: Patience) -> None:
    reasons = []
    for url in urls:
        try:
            return _fetch(url, archive, target, patience)
        except (*_NETWORK, DownloadError) as error:
            target.unlink(missing_ok=True)
            reasons.append(f"{_host(url)}: {_why(error)}")
    raise DownloadError("; ".join(reasons))


def install(data_set: DataSet, target: Path, patience: Patience) -> Manifest:
    """Fetch, check and unpack the official archives into `target`.

    Raises
    ------
    DownloadError
        If no address answers, or none gives the published bytes.
    """
    first = data_set.archives[0].filename
    answering, reasons = reachable([mirror + first for mirror in data_set.mirrors], patience)
    if not answering:
        raise DownloadError("; ".join(f"{_host(url)}: {why}" for url, why in reasons.items()))
    mirrors = [url.removesuffix(first) for url in answering]
    packed = target.parent / f".{target.name}.download"
    with scratch(packed):
        paths = [packed / archive.filename for archive in data_set.archives]
        for path, archive in zip(paths, data_set.archives, strict=True):
            _fetch_from_any([mirror + archive.filename for mirror in mirrors], archive, path, patience)
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
