# Sourced by every finding: a clean environment, and the comparison that makes a finding fail once it is outdated.
#
#     . "$(dirname "$0")/environment.sh"
#     environment torch==2.15.0            # sets $PYTHON
#     "$PYTHON" - <<'PY' | expect 'what it prints today'
#
# FINDINGS_VENV names an environment to use instead of a new one; its versions must be the pinned ones.
set -euo pipefail

environment() {
  if [ -n "${FINDINGS_VENV:-}" ]; then
    PYTHON="$(cd "$FINDINGS_VENV" && pwd)/bin/python"
  else
    FINDINGS_FOLDER=$(mktemp -d)
    trap 'rm -rf "$FINDINGS_FOLDER"' EXIT
    python3 -m venv "$FINDINGS_FOLDER/venv"
    PYTHON="$FINDINGS_FOLDER/venv/bin/python"
    "$PYTHON" -m pip install --quiet --disable-pip-version-check "$@"
  fi
  "$PYTHON" - "$@" <<'PY'
import platform, sys
from importlib.metadata import version

print("Python", platform.python_version())
for pin in sys.argv[1:]:
    name, wanted = pin.split("==")
    found = version(name).split("+")[0]
    print(name, found)
    if found != wanted:
        sys.exit(f"this finding was seen with {pin}")
PY
}

# Show what was printed, and fail unless it is what was printed when the finding was written down.
expect() {
  local seen
  seen=$(cat)
  printf 'seen:\n%s\n' "$seen"
  [ "$seen" = "$1" ] || { printf 'expected, as seen before:\n%s\n' "$1"; return 1; }
  echo "unchanged: $(basename "$0")"
}

# Go into a new course of nbgrader, to which the students named have handed in a right answer.
enter_course() {
  local maker
  maker="$(cd "$(dirname "$0")" && pwd)/nbgrader_course.py"
  COURSE=$(mktemp -d)
  trap 'rm -rf "$COURSE" "${FINDINGS_FOLDER:-}"' EXIT
  cd "$COURSE"
  PATH="$(dirname "$PYTHON"):$PATH" # nbgrader calls alembic by its name
  "$PYTHON" "$maker" "$@"
}
