#!/usr/bin/env bash
# Every check of style and structure, the fastest first. One list; CI and hooks call `make lint`.
set -uo pipefail
py=$1
bin=$(dirname "$py")
cd "$(dirname "$0")/.."
failed=0
step() {
  local name=$1
  shift
  local out
  if out=$("$@" 2>&1); then
    printf '✓ %s\n' "$name"
  else
    printf '✗ %s\n%s\n' "$name" "$out"
    failed=1
  fi
}
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
export DIEMTUA_DATA=$data
step "format" "$bin/ruff" format --check --quiet .
step "style" "$bin/ruff" check --quiet .
step "floors" env PYTHONPATH=.:src "$bin/lint-imports" --no-cache
step "migrations in step" "$py" tools/migrations_in_step.py
step "translations complete" "$py" tools/messages.py --check
step "templates" "$bin/djlint" --lint --quiet src
step "map fresh" "$py" tools/map.py --check
step "types" "$bin/mypy" src tools
exit $failed
