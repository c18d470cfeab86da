"""Files from a learning platform's archive find their student; whatever does not is named."""

from __future__ import annotations

import io
import os
import re
import tarfile
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest

from bookbuild.grading import assignment
from bookbuild.grading.collect import collect

NAME, SHEET = "09_models", "09_exercises.ipynb"
PATTERN = "".join(re.findall(r'r"([^"]+)"', assignment.SETTINGS.read_text("utf-8").split("named_regexp")[1]))


@pytest.fixture
def archive(tmp_path) -> Path:
    folder = tmp_path / "downloaded" / NAME / "archive"
    folder.mkdir(parents=True)
    return folder


def put(path: Path, text: str, saved: float = 1e9) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (saved, saved))


def found(course: Path) -> dict[str, str]:
    return {path.parts[-3]: path.read_text() for path in course.glob(f"submitted/*/{NAME}/{SHEET}")}


def test_names_as_platforms_write_them(tmp_path, archive):
    put(archive / "ada_2031_09_exercises.ipynb", "a")
    put(archive / "Grace Hopper_77_assignsubmission_file_" / SHEET, "g")
    decomposed = unicodedata.normalize("NFD", "Zoë")
    put(archive / f"{decomposed}_5_file_" / "09_exercises-2.ipynb", "z")
    put(archive / "Eve [2]_9_09_exercises.ipynb", "e")
    put(archive / "kurt_9" / "my own name.ipynb", "k")
    remarks, rows = collect(tmp_path, NAME, PATTERN)
    assert found(tmp_path) == {"ada": "a", "Grace Hopper": "g", "Zoë": "z", "Eve -2-": "e", "kurt": "k"}
    assert remarks == {"kurt": "'kurt_9/my own name.ipynb' was taken for the sheet"}
    assert rows == []


def zipped(files: dict[str, tuple[str, int]]) -> bytes:
    with io.BytesIO() as memory:
        with zipfile.ZipFile(memory, "w") as target:
            for name, (text, year) in files.items():
                target.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), text)
        return memory.getvalue()


def test_archives_in_archives_keep_the_times_of_their_files(tmp_path, archive):
    inner = zipped({SHEET: ("inner", 2024), "__MACOSX/._09_exercises.ipynb": ("junk", 2025)})
    outer = {"Dr. A_1.zip": (inner, 2020), f"Dr. A_1/{SHEET}": ("outer", 2023), "kurt_9_x.ipynb": ("k", 2023)}
    (archive / "term_2026.zip").write_bytes(zipped(outer))
    with tarfile.open(archive / "bo_1.tar.gz", "w:gz") as target:
        entry = tarfile.TarInfo("mine.ipynb")
        entry.size, entry.mtime = 3, int(time.time())
        target.addfile(entry, io.BytesIO(b"tar"))
    remarks, rows = collect(tmp_path, NAME, PATTERN)
    assert found(tmp_path) == {"Dr. A": "inner", "kurt": "k", "bo": "tar"}
    assert remarks == {
        "Dr. A": f"'term_2026.zip/Dr. A_1.zip/{SHEET}' counts, not 'term_2026.zip/Dr. A_1/{SHEET}'",
        "kurt": "'term_2026.zip/kurt_9_x.ipynb' was taken for the sheet",
        "bo": "'bo_1.tar.gz/mine.ipynb' was taken for the sheet",
    }
    assert rows == []


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        ({SHEET: 1e9, "09_exercises (1).ipynb": 1e9}, "09_exercises (1).ipynb"),
        ({SHEET: 2e9, "09_exercises (1).ipynb": 1e9}, SHEET),
        ({"09_exercises (2).ipynb": 1e9, "09_exercises (10).ipynb": 1e9}, "09_exercises (10).ipynb"),
        ({SHEET: 1e9, "scratch.ipynb": 2e9}, SHEET),
    ],
)
def test_of_several_files_the_last_counts_and_the_others_are_named(tmp_path, archive, files, counts):
    put(archive / "bo_2" / SHEET, "b")
    for name, saved in files.items():
        put(archive / "ada_1" / name, name, saved)
    remarks, _ = collect(tmp_path, NAME, PATTERN)
    (other,) = files.keys() - {counts}
    assert found(tmp_path) == {"ada": counts, "bo": "b"}
    assert remarks == {"ada": f"'ada_1/{counts}' counts, not 'ada_1/{other}'"}


def test_what_cannot_be_collected_is_named_with_the_reason(tmp_path, archive):
    put(archive / "ada_1_08_exercises.ipynb", "another sheet")
    put(archive / "09_exercises.ipynb", "nobody's")
    put(archive / "bo_1_notes.pdf", "no notebook")
    put(archive / "broken.zip", "no archive")
    put(archive / ".DS_Store", "junk")
    _, rows = collect(tmp_path, NAME, PATTERN)
    assert found(tmp_path) == {}
    assert {row.student: row.remark.split(":")[0] for row in rows} == {
        "ada_1_08_exercises.ipynb": "is 08_exercises, which is another sheet",
        "09_exercises.ipynb": "its name tells no student, or it is no notebook",
        "bo_1_notes.pdf": "its name tells no student, or it is no notebook",
        "broken.zip": "can't be unpacked",
    }


def test_a_later_file_replaces_an_earlier_one_but_never_what_the_teacher_mended(tmp_path, archive):
    put(archive / "ada_1_09_exercises.ipynb", "first", 1e9)
    collect(tmp_path, NAME, PATTERN)
    put(archive / "ada_1_09_exercises.ipynb", "second", 1.1e9)
    assert collect(tmp_path, NAME, PATTERN)[0] == {}
    assert found(tmp_path) == {"ada": "second"}
    put(tmp_path / "submitted" / "ada" / NAME / SHEET, "mended", 1.2e9)
    remarks, _ = collect(tmp_path, NAME, PATTERN)
    assert found(tmp_path) == {"ada": "mended"}
    assert remarks == {"ada": "the file in submitted/ is newer than the archive's, and counts"}


def test_without_an_archive_there_is_nothing_to_do(tmp_path):
    assert collect(tmp_path, NAME, PATTERN) == ({}, [])
