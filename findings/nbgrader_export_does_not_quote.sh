#!/usr/bin/env bash
# `nbgrader export` and a student whose folder is named as learning platforms name them: "Hopper, Grace".
#
# One would guess that a CSV file quotes a field that holds a comma. It does not, so the row has one field more than
# the header, and whoever reads the file by its header finds another number under "score": 0.0 for a right answer.
. "$(dirname "$0")/environment.sh"
environment nbgrader==0.9.6 notebook==7.6.5 ipykernel==7.4.0 alembic==1.20.1 rapidfuzz==3.14.6
enter_course "Hopper, Grace"

nbgrader autograde ps1 2>/dev/null
nbgrader export 2>/dev/null
"$PYTHON" - <<'PY' | expect 'fields: 11 in the header, 12 in the row
read by the header: student_id Hopper, score 0.0'
import csv

with open("grades.csv", newline="") as file:
    header, row = csv.reader(file)
fields = dict(zip(header, row))
print(f"fields: {len(header)} in the header, {len(row)} in the row")
print(f"read by the header: student_id {fields['student_id']}, score {fields['score']}")
PY
