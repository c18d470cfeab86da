#!/usr/bin/env bash
# pooch.Untar(members=[...]) and files whose names begin alike.
#
# Its documentation says that members is a list of file names and that only these files are unpacked. A member
# is taken for a prefix: asked for data_batch_1, it unpacks and returns data_batch_10 and data_batch_1.orig too.
. "$(dirname "$0")/environment.sh"
environment pooch==1.9.0

"$PYTHON" - <<'PY' | expect 'asked for data_batch_1, got data_batch_1, data_batch_1.orig, data_batch_10'
import logging
import tarfile
import tempfile
from pathlib import Path

import pooch

pooch.get_logger().setLevel(logging.WARNING)
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    with tarfile.open(folder / "set.tar.gz", "w:gz") as archive:
        for member in ("data_batch_1", "data_batch_10", "data_batch_1.orig", "data_batch_2"):
            path = folder / member
            path.write_text(member)
            archive.add(path, member)
    unpack = pooch.Untar(members=["data_batch_1"], extract_dir="unpacked")
    got = unpack(str(folder / "set.tar.gz"), "download", None)
    print("asked for data_batch_1, got", ", ".join(sorted(Path(found).name for found in got)))
PY
