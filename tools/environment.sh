#!/usr/bin/env bash
# Makes the virtual environment from the hashed locks. Asks only for Python >= 3.12, or uv.
set -euo pipefail
venv=$1
cd "$(dirname "$0")/.."

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; }

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3.13 python3.12 python3.14 python3 python \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python3; do
    [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 && new_enough "$candidate" \
      && command -v "$candidate" && return 0
  done
  return 1
}

if python=$(find_python); then
  [ -x "$venv/bin/python" ] && new_enough "$venv/bin/python" || "$python" -m venv --clear "$venv"
  if ! [ -x "$venv/bin/uv" ]; then
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
      -r requirements/bootstrap.txt
  fi
  uv="$venv/bin/uv"
elif command -v uv >/dev/null 2>&1; then
  uv=$(command -v uv)
  [ -x "$venv/bin/python" ] || "$uv" venv --quiet --python '>=3.12' "$venv"
else
  echo "Điểm Tựa cần Python 3.12 trở lên (hoặc uv). / Python 3.12 or newer (or uv) is needed." >&2
  exit 1
fi

echo "· Môi trường Python / Python environment" >&2
# A wheel of a small old package may be built from source: its build tools come from the index too.
"$uv" pip sync --quiet --python "$venv/bin/python" --require-hashes requirements/dev.txt
"$uv" pip install --quiet --python "$venv/bin/python" --no-deps --editable .
