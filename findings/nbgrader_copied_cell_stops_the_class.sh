#!/usr/bin/env bash
# `nbgrader autograde` and one student who has copied an answer cell in JupyterLab, which copies its metadata too.
#
# DeduplicateIds is among the default preprocessors for this case, so one would guess that all are graded. What it
# leaves on the other copy counts as metadata of an old schema; that error ends the whole run, and the students after
# this one are not graded. The advice printed, `nbgrader update`, is for another trouble.
. "$(dirname "$0")/environment.sh"
environment nbgrader==0.9.6 notebook==7.6.5 ipykernel==7.4.0 alembic==1.20.1 rapidfuzz==3.14.6
enter_course ada bob zoe

"$PYTHON" - <<'PY'
import copy

import nbformat

path = "submitted/bob/ps1/ps1.ipynb"
notebook = nbformat.read(path, 4)
again = copy.deepcopy(notebook.cells[0])
again.id = "copied"
notebook.cells.insert(1, again)
nbformat.write(notebook, path)
PY
nbgrader autograde ps1 2>log || echo "autograde: exit status not 0" >report
{ cat report; tr '\n' ' ' <log | tr -s ' ' | grep -o "old version of the nbgrader metadata format" | uniq; echo "graded: $(ls autograded | xargs)"; } |
  expect 'autograde: exit status not 0
old version of the nbgrader metadata format
graded: ada'
