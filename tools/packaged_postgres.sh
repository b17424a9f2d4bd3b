#!/usr/bin/env bash
# Runs the tests of the database's promises on a PostgreSQL other than the embedded one.
# Starts a throw-away server of the newest packaged version on a Unix socket and stops it again.
set -euo pipefail
py=$1
cd "$(dirname "$0")/.."
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1) || true
if [ -z "$bin" ]; then
  echo "No packaged PostgreSQL found under /usr/lib/postgresql (Debian: apt-get install postgresql)." >&2
  exit 1
fi
home=$(mktemp -d /tmp/diemtua-pg-XXXXXX)
as_server=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$home"
  as_server=(runuser -u postgres --)
fi
stop() {
  "${as_server[@]}" "$bin/pg_ctl" -D "$home/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$home"
}
trap stop EXIT
"${as_server[@]}" "$bin/initdb" -D "$home/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
"${as_server[@]}" "$bin/pg_ctl" -D "$home/data" -w -l "$home/log" \
  -o "-c listen_addresses='' -k $home -c fsync=off" start >/dev/null
"$("$py" -c 'import sys; print(sys.executable)')" -c '
import psycopg, sys
print("PostgreSQL", psycopg.connect(sys.argv[1]).info.server_version // 10000)' "host=$home user=postgres dbname=postgres"
DIEMTUA_TEST_DATABASE_URL="host=$home user=postgres dbname=postgres" \
  "$py" -m pytest -n 2 --dist loadfile -m "not story" src tests/house
