"""The data ladder: every rung, every way in which one breaks; nothing broken passes for complete."""

from __future__ import annotations

import dataclasses
import errno
import gzip
import hashlib
import http.server
import io
import json
import multiprocessing
import os
import pickle
import re
import shutil
import socket
import subprocess
import tarfile
import tempfile
import threading
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from torchvision import datasets

from helpers import data, standin
from helpers.data import download, manifest, places, unpack
from helpers.data.__main__ import main
from helpers.data.catalogue import Archive, DataError, DataSet
from helpers.data.ladder import Ladder
from helpers.data.places import Source

pytestmark = pytest.mark.slow

CONTENT = {"raw/images": bytes(range(256)) * 400, "raw/labels": b"0123456789" * 30}
BATCHES = {"data_batch_1": os.urandom(50_000), "test_batch": b"t" * 3000, "batches.meta": b"names"}
QUICK = download.Patience(connect=0.6, trial=0.4, speed=50_000)
STANDIN = Source(standin=True)


def md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def draw_small(folder: Path) -> None:
    (folder / "raw").mkdir()
    for path in CONTENT:
        (folder / path).write_bytes(f"drawn {path}".encode())


def tar(contents: dict[str, bytes], how: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=f"w:{how}") as archive:
        for name, content in contents.items():
            member = tarfile.TarInfo(f"batches/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


PACKED = {f"{Path(path).name}.gz": gzip.compress(content, mtime=0) for path, content in CONTENT.items()}
SMALL = DataSet(
    name="Small",
    folder="Small",
    files={path: f"sha256:{hashlib.sha256(content).hexdigest()}" for path, content in CONTENT.items()},
    archives=tuple(Archive(name, md5(content)) for name, content in PACKED.items()),
    mirrors=(),
    pictures=1000,
    draw=draw_small,
    drawing=lambda: "version 1",
    packed_in=("Small/raw", "."),
)
TAR = tar(BATCHES, "gz")
TARRED = DataSet(
    name="Tarred",
    folder="batches",
    files={name: f"md5:{md5(content)}" for name, content in BATCHES.items()},
    archives=(Archive("cifar-10-python.tar.gz", md5(TAR)),),
    mirrors=(),
    pictures=60_000,
    draw=draw_small,
    drawing=lambda: "version 1",
)


def replaced(data_set: DataSet, **changes: object) -> DataSet:
    return DataSet(**{**data_set.__dict__, **changes})


@pytest.fixture
def home(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def mirror(tmp_path):
    folder = tmp_path / "mirror"
    (folder / "Small" / "raw").mkdir(parents=True)
    for name, content in PACKED.items():
        (folder / "Small" / "raw" / name).write_bytes(content)
    return folder


@pytest.fixture
def declared(tmp_path):
    """Make a mirror whose batches differ from the official ones, and which says so."""
    folder = tmp_path / "declared"
    folder.mkdir()
    content = tar({**BATCHES, "test_batch": b"other"}, "xz")
    (folder / "cifar-10-python.tar.xz").write_bytes(content)
    sums = f"{hashlib.sha256(content).hexdigest()}  cifar-10-python.tar.xz\n"
    (folder / "SHA256SUMS").write_text(f"00  another-file\n{sums}")
    (folder / "cifar-10-substitutes.json").write_text(json.dumps({"indices": [3, 5, 8]}))
    return folder


def prepare(data_set, home, **source):
    return Ladder(data_set, home, Source(**source), QUICK).prepare()


def visible(home: Path) -> list[str]:
    """Everything in data/ that a later run could take for a data set; locks and notes are hidden files."""
    return sorted(path.name for path in home.glob("*") if not path.name.startswith("."))


def leftovers(home: Path) -> list[str]:
    return sorted(path.name for path in home.rglob(".*") if path.is_dir())


# --- Rung 2: the local mirror -------------------------------------------------------------------


def test_mirror_is_unpacked_where_torchvision_looks(home, mirror):
    status = prepare(SMALL, home, mirror=mirror)
    assert (status.rung, status.kind, status.root) == ("mirror", "official", home)
    assert {path: (home / "Small" / path).read_bytes() for path in CONTENT} == CONTENT
    assert leftovers(home) == []


def test_second_start_finds_the_files_and_needs_no_mirror(home, mirror):
    first = prepare(SMALL, home, mirror=mirror)
    shutil.rmtree(mirror / "Small")
    second = prepare(SMALL, home, mirror=mirror)
    assert second.rung == "present"
    assert second.checksum == first.checksum


@pytest.mark.parametrize("cut", [0, 1, 50, 200])
def test_truncated_archive_is_one_clear_error(home, mirror, cut):
    archive = mirror / "Small" / "raw" / "images.gz"
    archive.write_bytes(archive.read_bytes()[:cut])
    with pytest.raises(DataError, match=r"images\.gz: expected md5 [0-9a-f]{32}, found"):
        prepare(SMALL, home, mirror=mirror)
    assert visible(home) == []
    assert leftovers(home) == []


def test_wrong_checksum_is_one_clear_error(home, mirror):
    (mirror / "Small" / "raw" / "labels.gz").write_bytes(gzip.compress(b"other labels"))
    with pytest.raises(DataError, match=r"labels\.gz: expected md5"):
        prepare(SMALL, home, mirror=mirror)
    assert visible(home) == []


def test_archive_that_is_damaged_inside_is_one_clear_error(home, mirror):
    broken = PACKED["images.gz"][:100]
    (mirror / "Small" / "raw" / "images.gz").write_bytes(broken)
    trusting = replaced(SMALL, archives=(Archive("images.gz", md5(broken)), SMALL.archives[1]))
    with pytest.raises(DataError, match=r"images\.gz: expected a complete archive"):
        prepare(trusting, home, mirror=mirror)
    assert visible(home) == []
    assert leftovers(home) == []


def test_declared_mirror_never_mixes_with_official_files(home, declared):
    status = prepare(TARRED, home, mirror=declared)
    assert (status.rung, status.kind, status.root) == ("mirror", "mirror", home / "mirror")
    assert status.note == "3 of 60,000 images re-encoded"
    assert visible(home) == ["mirror"]
    assert (home / "mirror" / "batches" / "test_batch").read_bytes() == b"other"


def test_declared_mirror_stays_in_use_without_the_variable(home, declared):
    first = prepare(TARRED, home, mirror=declared)
    second = prepare(TARRED, home)
    assert (second.rung, second.checksum, second.note) == ("present", first.checksum, first.note)


def test_changed_mirror_is_unpacked_again(home, declared):
    first = prepare(TARRED, home, mirror=declared)
    content = tar({**BATCHES, "test_batch": b"a third version"}, "xz")
    (declared / "cifar-10-python.tar.xz").write_bytes(content)
    sums = f"{hashlib.sha256(content).hexdigest()}  cifar-10-python.tar.xz\n"
    (declared / "SHA256SUMS").write_text(sums)
    assert prepare(TARRED, home, mirror=declared).checksum != first.checksum


def test_official_archive_goes_to_the_official_place_even_beside_a_declaration(home, declared):
    (declared / "cifar-10-python.tar.gz").write_bytes(TAR)
    assert prepare(TARRED, home, mirror=declared).kind == "official"
    assert visible(home) == ["batches"]


def test_declared_archive_with_another_sum_is_refused(home, declared):
    archive = declared / "cifar-10-python.tar.xz"
    archive.write_bytes(archive.read_bytes()[:-40])
    with pytest.raises(DataError, match=r"tar\.xz: expected sha256"):
        prepare(TARRED, home, mirror=declared)
    assert visible(home) == []


def test_declaration_without_the_list_of_pictures_is_refused(home, declared):
    (declared / "cifar-10-substitutes.json").unlink()
    with pytest.raises(DataError, match=r"cifar-10-substitutes\.json: expected JSON with a list 'indices'"):
        prepare(TARRED, home, mirror=declared)


def test_tar_that_lacks_a_file_is_refused(home, declared):
    content = tar({"data_batch_1": b"1", "batches.meta": b"2"}, "xz")
    (declared / "cifar-10-python.tar.xz").write_bytes(content)
    sums = f"{hashlib.sha256(content).hexdigest()}  cifar-10-python.tar.xz\n"
    (declared / "SHA256SUMS").write_text(sums)
    with pytest.raises(DataError, match="expected test_batch in it"):
        prepare(TARRED, home, mirror=declared)
    assert not (home / "mirror" / "batches").exists()


def test_truncated_tar_whose_sum_is_listed_is_refused(home, declared):
    archive = declared / "cifar-10-python.tar.xz"
    content = archive.read_bytes()[:-2000]
    archive.write_bytes(content)
    sums = f"{hashlib.sha256(content).hexdigest()}  cifar-10-python.tar.xz\n"
    (declared / "SHA256SUMS").write_text(sums)
    with pytest.raises(DataError, match=r"tar\.xz: expected a complete archive"):
        prepare(TARRED, home, mirror=declared)
    assert not (home / "mirror" / "batches").exists()


def test_mirror_without_the_set_names_what_it_wants(home, declared):
    with pytest.raises(DataError, match=r"does not hold Small: expected images\.gz, labels\.gz in"):
        prepare(SMALL, home, mirror=declared)
    assert visible(home) == []


# --- BOOK_DATA ----------------------------------------------------------------------------------


@pytest.fixture
def book(home, monkeypatch):
    """Put small sets behind the book's two names, and a `data/` of their own."""
    sets = {"FashionMNIST": SMALL, "CIFAR10": TARRED}
    monkeypatch.setattr(data, "lookup", sets.__getitem__)
    monkeypatch.setattr("helpers.data.__main__.lookup", sets.__getitem__)
    monkeypatch.setattr(places, "home", lambda: home.parent)
    monkeypatch.delenv("BOOK_DATA", raising=False)
    return monkeypatch


@pytest.mark.parametrize(("wish", "found"), [("nowhere", "nothing"), ("a-file", "a file")])
def test_book_data_that_is_no_folder_is_an_error(book, home, wish, found):
    (home.parent / "a-file").write_text("not a folder")
    book.setenv("BOOK_DATA", wish)
    with pytest.raises(DataError, match=f"BOOK_DATA={wish}: expected a folder at .*{wish}, found {found}"):
        data.folder("FashionMNIST")
    assert not home.exists()


def test_book_data_in_a_home_that_nobody_knows_is_an_error(book):
    book.setenv("BOOK_DATA", "~nobody-of-this-name/mirror")
    with pytest.raises(DataError, match=r"BOOK_DATA=~nobody.*there is no home folder that ~ could stand for"):
        data.folder("FashionMNIST")


def test_book_data_without_the_set_is_an_error(book, home):
    (home.parent / "empty").mkdir()
    book.setenv("BOOK_DATA", "empty")
    with pytest.raises(DataError, match=r"BOOK_DATA names .*empty, which does not hold Small"):
        data.folder("FashionMNIST")
    assert visible(home) == []


def test_bad_book_data_is_an_error_even_when_the_files_are_present(book, home, mirror):
    book.setenv("BOOK_DATA", str(mirror))
    data.folder("FashionMNIST")
    book.setenv("BOOK_DATA", "nowhere")
    with pytest.raises(DataError, match="nowhere"):
        data.folder("FashionMNIST")


def test_relative_book_data_counts_from_the_repository(book, home, mirror):
    book.chdir("/")
    book.setenv("BOOK_DATA", "mirror")
    assert data.folder("FashionMNIST") == home


def test_home_is_the_repository_in_a_checkout():
    assert (places.home() / "pyproject.toml").is_file()


def test_home_is_the_working_folder_for_an_unpacked_wheel(monkeypatch, tmp_path):
    wheel = tmp_path / "wheel" / "helpers" / "data"
    wheel.mkdir(parents=True)
    monkeypatch.setattr(places, "__file__", str(wheel / "places.py"))
    monkeypatch.chdir(tmp_path)
    assert places.home() == tmp_path


def test_unknown_name_lists_the_known_ones():
    with pytest.raises(ValueError, match="name: expected one of FashionMNIST, CIFAR10, got 'MNIST'"):
        data.folder("MNIST")


def test_words_for_official_mirror_and_standin(book, mirror, declared):
    book.setenv("BOOK_DATA", str(mirror))
    assert data.describe("FashionMNIST") == "FashionMNIST: the official files, as published"
    assert data.label("FashionMNIST") == "FashionMNIST"
    book.setenv("BOOK_DATA", str(declared))
    assert data.describe("CIFAR10") == "CIFAR10: 3 of 60,000 images re-encoded, the others as published"
    book.setenv("BOOK_DATA", "standin")
    assert data.label("FashionMNIST") == "FashionMNIST stand-in"
    assert data.describe("FashionMNIST").startswith("FashionMNIST stand-in: pictures drawn by")
    assert data.status("FashionMNIST").is_standin


def test_command_line_says_the_rung_and_fetches(book, mirror, capsys):
    book.setenv("BOOK_DATA", str(mirror))
    assert main(["FashionMNIST"]) == 0
    assert "not here yet" in capsys.readouterr().out
    assert main(["FashionMNIST", "--fetch"]) == 0
    assert capsys.readouterr().out.split()[:2] == ["FashionMNIST", "mirror"]
    assert main(["FashionMNIST", "CIFAR10", "--fetch"]) == 1
    assert "does not hold Tarred" in capsys.readouterr().err


# --- Rung 1: present, and damage ----------------------------------------------------------------


def place_by_hand(home: Path) -> Path:
    folder = home / "Small"
    (folder / "raw").mkdir(parents=True)
    for path, content in CONTENT.items():
        (folder / path).write_bytes(content)
    return folder


def test_files_that_torchvision_downloaded_are_adopted(home):
    folder = place_by_hand(home)
    assert prepare(SMALL, home).rung == "present"
    assert manifest.read(folder).kind == "official"


@pytest.mark.parametrize("adopted", [False, True])
@pytest.mark.parametrize("damage", ["changed", "truncated", "missing"])
def test_damaged_official_file_is_noticed(home, adopted, damage):
    file = place_by_hand(home) / "raw" / "images"
    if adopted:
        prepare(SMALL, home)
    content = file.read_bytes()
    file.unlink()
    if damage != "missing":
        file.write_bytes(b"X" + content[1:] if damage == "changed" else content[:-1])
        os.utime(file, ns=(1, 1))
    with pytest.raises(DataError, match=r"raw/images .*remove that folder"):
        prepare(SMALL, home)


def test_copied_files_are_read_again_and_accepted(home, mirror):
    checksum = prepare(SMALL, home, mirror=mirror).checksum
    os.utime(home / "Small" / "raw" / "images", ns=(1, 1))
    assert prepare(SMALL, home).checksum == checksum
    assert manifest.read(home / "Small").files["raw/images"].mtime_ns == 1


def test_standin_copied_into_the_official_place_is_refused(home):
    prepare(SMALL, home, standin=True)
    shutil.copytree(home / "standin" / "Small", home / "Small")
    with pytest.raises(DataError, match="does not have the published sha256"):
        prepare(SMALL, home)


def test_damaged_mirror_copy_is_an_error_or_is_unpacked_again(home, declared):
    prepare(TARRED, home, mirror=declared)
    file = home / "mirror" / "batches" / "test_batch"
    file.write_bytes(b"cut")
    with pytest.raises(DataError, match=r"test_batch has 3 bytes, expected 5"):
        prepare(TARRED, home)
    prepare(TARRED, home, mirror=declared)
    assert file.read_bytes() == b"other"


# --- Rung 4: the stand-in -----------------------------------------------------------------------


def test_standin_is_drawn_once_and_never_in_the_official_place(home):
    drawn = []
    counting = replaced(SMALL, draw=lambda folder: (drawn.append(1), draw_small(folder)))
    first, second = prepare(counting, home, standin=True), prepare(counting, home, standin=True)
    assert len(drawn) == 1
    assert first == second
    assert (first.rung, first.root) == ("stand-in", home / "standin")
    assert visible(home) == ["standin"]


def test_book_data_standin_wins_over_present_files(home, mirror):
    prepare(SMALL, home, mirror=mirror)
    assert prepare(SMALL, home, standin=True).is_standin


@pytest.mark.parametrize("reason", ["new code", "damage"])
def test_standin_is_drawn_again_after(home, reason):
    prepare(SMALL, home, standin=True)
    file = home / "standin" / "Small" / "raw" / "images"
    good = file.read_bytes()
    if reason == "damage":
        file.write_bytes(good[:-1])
        prepare(SMALL, home, standin=True)
    else:
        prepare(
            replaced(SMALL, drawing=lambda: "version 2", draw=lambda folder: _draw_other(folder)),
            home,
            standin=True,
        )
        good = b"other"
    assert file.read_bytes() == good


def _draw_other(folder: Path) -> None:
    draw_small(folder)
    (folder / "raw" / "images").write_bytes(b"other")


def test_interrupted_drawing_leaves_nothing_that_looks_complete(home):
    def interrupted(folder: Path) -> None:
        draw_small(folder)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(replaced(SMALL, draw=interrupted), home, standin=True)
    assert leftovers(home / "standin") == []
    assert prepare(SMALL, home, standin=True).is_standin


def _die_while_drawing(home: Path) -> None:
    def die(folder: Path) -> None:
        draw_small(folder)
        os._exit(9)

    prepare(replaced(SMALL, draw=die), home, standin=True)


def _start(target, *arguments) -> multiprocessing.Process:
    process = multiprocessing.get_context("fork").Process(target=target, args=arguments)
    process.start()
    return process


def test_killed_process_leaves_nothing_that_looks_complete(home):
    killed = _start(_die_while_drawing, home)
    killed.join(30)
    assert killed.exitcode == 9
    assert not (home / "standin" / "Small").exists()
    assert prepare(SMALL, home, standin=True).is_standin
    assert leftovers(home) == []


def _draw_together(home: Path, log: Path, start, answers) -> None:
    def slow(folder: Path) -> None:
        with log.open("a") as lines:
            lines.write("drawn\n")
        time.sleep(0.3)
        draw_small(folder)

    start.wait(20)
    status = prepare(replaced(SMALL, draw=slow), home, standin=True)
    complete = manifest.problem(status.root / "Small", manifest.read(status.root / "Small")) == ""
    answers.put((status.checksum, complete))


def test_two_processes_share_one_complete_folder(home, tmp_path):
    context = multiprocessing.get_context("fork")
    start, answers, log = context.Barrier(2), context.Queue(), tmp_path / "log"
    both = [_start(_draw_together, home, log, start, answers) for _ in range(2)]
    found = [answers.get(timeout=30) for _ in both]
    for process in both:
        process.join(30)
    assert found[0] == found[1]
    assert found[0][1]
    assert log.read_text() == "drawn\n"


# --- A disk that refuses ------------------------------------------------------------------------


def _prepare_without_rights(home: Path, source: Source, answers) -> None:
    if os.getuid() == 0:
        os.setuid(65534)
    try:  # nothing is remembered: as an hour after the last attempt
        answers.put(str(Ladder(SMALL, home, source, dataclasses.replace(QUICK, memory=0)).prepare()))
    except DataError as error:
        answers.put(f"DataError: {error}")
    except Exception as error:
        answers.put(f"{type(error).__name__}: {error}")


@contextmanager
def folder_for_everyone():
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def _answer_without_rights(home: Path, source: Source = STANDIN) -> str:
    answers = multiprocessing.get_context("fork").Queue()
    process = _start(_prepare_without_rights, home, source, answers)
    answer = answers.get(timeout=30)
    process.join(30)
    return answer


def test_read_only_data_is_one_clear_error():
    with folder_for_everyone() as folder:
        home = folder / "data"
        home.mkdir()
        home.chmod(0o555)
        assert "data can't be written to (Permission denied): expected" in _answer_without_rights(home)
        assert list(home.iterdir()) == []


@contextmanager
def read_only(home: Path):
    """Take the right to write from everything in a folder, for as long as the block runs."""
    try:
        for path in [home, *home.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield
    finally:
        for path in [home, *home.rglob("*")]:
            path.chmod(0o755)


def test_read_only_data_that_is_complete_serves():
    with folder_for_everyone() as folder:
        home = folder / "data"
        prepare(SMALL, home, standin=True)
        with read_only(home):
            assert "rung='stand-in'" in _answer_without_rights(home)


def test_read_only_standin_serves_without_a_network_for_longer_than_an_hour():
    with folder_for_everyone() as folder:
        home = folder / "data"
        assert prepare(SMALL, home).is_standin  # no server is known: the download fails
        with read_only(home):
            answer = _answer_without_rights(home, Source())
            assert "rung='stand-in'" in answer
            assert f"nothing was downloaded: {home} can't be written to (Permission denied)" in answer


def test_read_only_standin_is_no_answer_to_a_mirror_that_was_named(mirror):
    with folder_for_everyone() as folder:
        home = folder / "data"
        prepare(SMALL, home, standin=True)
        with read_only(home):
            answer = _answer_without_rights(home, Source(mirror=Path(shutil.copytree(mirror, folder / "m"))))
            assert re.match(r"DataError: .*data can't be written to \(Permission denied\)", answer)
            assert "let its owner run `python -m helpers.data --fetch`" in answer


def fill_the_disk(monkeypatch) -> None:
    """Send what is downloaded to the device that has no space left, whatever is written to it."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    full = partial(open, "/dev/full")
    monkeypatch.setattr(download, "open", lambda path, mode: full(mode), raising=False)


def test_full_disk_leaves_a_standin_that_lies_there_in_use(home, server, monkeypatch):
    prepare(SMALL, home, standin=True)

    fill_the_disk(monkeypatch)
    status = prepare(served(server, "good"), home)
    assert status.is_standin
    assert re.search(r"nothing was downloaded: .* could not be written: No space left", status.note)
    assert leftovers(home) == []


@pytest.mark.parametrize(
    ("kept_from_others", "source", "said"),
    [
        ("Small/raw/images", Source(), r"DataError: .*raw/images can't be read \(Permission denied\)"),
        ("Small/raw", Source(), r"DataError: .*can't be read \(Permission denied\)"),
        ("Small", Source(), r"DataError: .*Small can't be read \(Permission denied\)"),
        (".", Source(), r"DataError: .*can't be read \(Permission denied\)"),
        ("standin/Small/raw/images", STANDIN, r"DataError: .*images can't be read \(Permission denied\)"),
    ],
)
def test_files_that_belong_to_another_user_are_one_clear_error(mirror, kept_from_others, source, said):
    with folder_for_everyone() as folder:
        home = folder / "data"
        prepare(SMALL, home, mirror=mirror)
        prepare(SMALL, home, standin=True)
        (home / kept_from_others).chmod(0o700 if (home / kept_from_others).is_dir() else 0o600)
        (home / ".Small.lock").chmod(0o666)
        answer = _answer_without_rights(home, source)
        (home / kept_from_others).chmod(0o755)
        assert re.match(said, answer)


def test_full_disk_while_unpacking_is_one_clear_error(home, mirror, monkeypatch):
    def full(source, target, length):
        target.write(source.read(1000))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(unpack.shutil, "copyfileobj", full)
    with pytest.raises(DataError, match=r"could not be written: No space left on device\. Expected"):
        prepare(SMALL, home, mirror=mirror)
    monkeypatch.undo()
    assert visible(home) == []
    assert leftovers(home) == []


def test_full_disk_for_real(tmp_path, mirror):
    small = tmp_path / "small-disk"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", small], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"this user may not mount a disk of 40 kB: {mounted.stderr.decode().strip()}")
    try:
        with pytest.raises(DataError, match="could not be written: No space left on device"):
            prepare(SMALL, small / "data", mirror=mirror)
        assert visible(small / "data") == []
        assert leftovers(small / "data") == []
    finally:
        subprocess.run(["umount", small], check=True)


# --- Rung 3: the download -----------------------------------------------------------------------


class Server(http.server.BaseHTTPRequestHandler):
    """Serves the packed files; what goes wrong depends on the first part of the path."""

    asked: list[str]

    def do_GET(self) -> None:
        """Answer one request."""
        _, how, name = self.path.split("/")
        self.asked.append(self.path)
        content = PACKED[name]
        if how == "silent":
            return time.sleep(1.5)
        if how == "absent":
            return self.send_error(404)
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return getattr(self, f"_{how}")(content)

    def _good(self, content: bytes) -> None:
        self.wfile.write(content)

    def _wrong(self, content: bytes) -> None:
        self.wfile.write(content[::-1])

    def _cut(self, content: bytes) -> None:
        self.wfile.write(content[: len(content) // 2])

    def _stalling(self, content: bytes) -> None:
        self._cut(content)
        self.wfile.flush()
        time.sleep(1.5)

    def _crawling(self, content: bytes) -> None:
        for byte in content:
            self.wfile.write(bytes([byte]))
            time.sleep(0.05)

    def log_message(self, *arguments: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def server():
    handler = type("Handler", (Server,), {"asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        running.daemon_threads, running.block_on_close = True, False
        running.handle_error = lambda *arguments: None  # a client that hangs up is what we test
        threading.Thread(target=running.serve_forever, daemon=True).start()
        running.asked = handler.asked
        yield running
        running.shutdown()


def served(server, *ways: str) -> DataSet:
    return replaced(SMALL, mirrors=tuple(f"http://127.0.0.1:{server.server_port}/{way}/" for way in ways))


def test_download_is_checked_and_unpacked(home, server):
    status = prepare(served(server, "good"), home)
    assert (status.rung, status.kind) == ("download", "official")
    assert {path: (home / "Small" / path).read_bytes() for path in CONTENT} == CONTENT
    assert leftovers(home) == []


def test_interrupted_download_leaves_nothing_that_looks_complete(home, server, monkeypatch):
    pieces = []

    def interrupted(bar, size):  # while the second file is on its way
        pieces.append(size)
        if len(pieces) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(download.tqdm, "update", interrupted)
    with pytest.raises(KeyboardInterrupt):
        prepare(served(server, "good"), home)
    monkeypatch.undo()
    assert visible(home) == leftovers(home) == []
    assert prepare(served(server, "good"), home).rung == "download"


@pytest.mark.parametrize("way", ["wrong", "cut", "stalling", "crawling", "silent", "absent"])
def test_bad_server_is_left_for_the_next(home, server, way):
    started = time.monotonic()
    status = prepare(served(server, way, "good"), home)
    assert (status.rung, visible(home)) == ("download", ["Small"])
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        ("wrong", "expected md5"),
        ("cut", "expected md5|IncompleteRead"),
        ("stalling", "timed out"),
        ("crawling", "only .* kB/s"),
        ("silent", "timed out|no answer"),
        ("absent", "404"),
    ],
)
def test_without_a_good_server_we_draw_and_say_why(home, server, way, reason):
    status = prepare(served(server, way), home)
    assert status.is_standin
    assert leftovers(home) == []
    assert visible(home) == ["standin"]
    assert re.search(f"the download failed: .*({reason})", status.note)


def test_a_failed_download_is_remembered(home, server):
    broken = served(server, "absent")
    prepare(broken, home)
    asked = len(server.asked)
    assert Ladder(broken, home, Source(), QUICK).find().is_standin
    again = prepare(broken, home)
    assert len(server.asked) == asked
    assert "404" in again.note


def test_a_failed_download_is_tried_again_later(home, server):
    prepare(served(server, "absent"), home)
    impatient = download.Patience(connect=QUICK.connect, memory=0)
    assert Ladder(served(server, "good"), home, Source(), impatient).prepare().rung == "download"


def test_without_network_the_standin_comes_at_once(home):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    started = time.monotonic()
    assert prepare(replaced(SMALL, mirrors=(f"http://127.0.0.1:{port}/",)), home).is_standin
    assert time.monotonic() - started < 10


def test_name_lookup_that_hangs_does_not_hold_us_up(home, monkeypatch):
    released = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **options: released.wait(30) and [])
    started = time.monotonic()
    status = prepare(replaced(SMALL, mirrors=("http://host.invalid/",)), home)
    elapsed = time.monotonic() - started
    released.set()
    assert "no answer within 0.6 s" in status.note
    assert elapsed < 10


def test_full_disk_while_downloading_is_an_error_and_no_standin(home, server, monkeypatch):
    fill_the_disk(monkeypatch)
    with pytest.raises(DataError, match="No space left on device"):
        prepare(served(server, "good"), home)
    assert visible(home) == []
    assert leftovers(home) == []


# --- torchvision's own calls --------------------------------------------------------------------


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Draw a small stand-in of both sets with its manifests, as the ladder writes it."""
    root = tmp_path_factory.mktemp("standin")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standin, "_MASTERS", {"train": 2, "test": 2})  # the files matter here, not the drawings
        for name, write in (("FashionMNIST", standin.write_clothes), ("CIFAR10", standin.write_things)):
            entry = data.lookup(name)
            folder = root / entry.folder
            folder.mkdir()
            write(folder, 50, 20)
            manifest.write(folder, manifest.Manifest(name, "stand-in"), entry.files)
    return root


def test_torchvision_reads_the_clothes(drawn):
    train = datasets.FashionMNIST(root=drawn, train=True, download=False)
    test = datasets.FashionMNIST(root=drawn, train=False, download=False)
    assert (train.data.shape, test.data.shape) == ((50, 28, 28), (20, 28, 28))


def test_our_class_reads_the_things_and_torchvision_refuses_them(drawn):
    train = data.CIFAR10(root=drawn, train=True, download=False)
    assert train.data.shape == (50, 32, 32, 3)
    assert train.classes[0] == "airplane"
    with pytest.raises(RuntimeError, match="not found or corrupted"):
        datasets.CIFAR10(root=drawn, train=True, download=False)


def test_our_class_refuses_a_changed_batch(drawn, tmp_path):
    copy = shutil.copytree(drawn / "cifar-10-batches-py", tmp_path / "cifar-10-batches-py")
    batch = pickle.loads((copy / "test_batch").read_bytes())
    batch["labels"][0] = (batch["labels"][0] + 1) % 10
    (copy / "test_batch").write_bytes(pickle.dumps(batch, protocol=2))
    with pytest.raises(RuntimeError, match="not found or corrupted"):
        data.CIFAR10(root=tmp_path, train=False, download=False)


def test_our_class_wants_the_official_md5_where_there_is_no_manifest(drawn, tmp_path):
    copy = shutil.copytree(drawn / "cifar-10-batches-py", tmp_path / "cifar-10-batches-py")
    (copy / manifest.FILENAME).unlink()
    with pytest.raises(RuntimeError, match="not found or corrupted"):
        data.CIFAR10(root=tmp_path, train=True, download=False)


# --- The real files, where there is a mirror ----------------------------------------------------


@pytest.fixture(scope="module")
def real_mirror():
    """Use the book's own `data/`: unpacking CIFAR-10 takes ten seconds, once, and not at every test."""
    if os.environ.get("BOOK_DATA", "standin") in ("", "standin"):
        pytest.skip("BOOK_DATA names no mirror with the real files")
    return places.source().mirror


@pytest.mark.usefixtures("real_mirror")
def test_real_fashion_mnist():
    status = data.status("FashionMNIST")
    train = datasets.FashionMNIST(root=status.root, train=True, download=False)
    assert status.kind == "official"
    assert train.targets.bincount().tolist() == [6000] * 10


def test_real_cifar10(real_mirror):
    status = data.status("CIFAR10")
    test = data.CIFAR10(root=status.root, train=False, download=False)
    assert [test.targets.count(label) for label in range(10)] == [1000] * 10
    assert test.classes[9] == "truck"
    if status.kind == "mirror":
        listed = json.loads((real_mirror / "cifar-10-substitutes.json").read_text())["indices"]
        assert status.note == f"{len(listed)} of 60,000 images re-encoded"
