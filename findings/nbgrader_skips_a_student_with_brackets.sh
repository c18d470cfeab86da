#!/usr/bin/env bash
# `nbgrader autograde` and a student folder with brackets in its name, such as "grace [2]".
#
# One would guess that the student is graded, or that the run fails for this one. The name is used as a pattern of
# file names, which its own folder does not match: a warning, exit status 0, and the student is in no table.
. "$(dirname "$0")/environment.sh"
environment nbgrader==0.9.6 notebook==7.6.5 ipykernel==7.4.0 alembic==1.20.1 rapidfuzz==3.14.6
enter_course ada "grace [2]"

nbgrader autograde ps1 2>/dev/null && echo "autograde: exit status 0" >report
nbgrader export 2>/dev/null
{ cat report; "$PYTHON" -c 'import csv; print("graded:", [row["student_id"] for row in csv.DictReader(open("grades.csv"))])'; } |
  expect "autograde: exit status 0
graded: ['ada']"
