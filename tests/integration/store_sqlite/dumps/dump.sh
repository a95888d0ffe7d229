#!/usr/bin/env bash
# Writes a database as SQL, with the two numbers that sqlite3's .dump leaves out and the store looks at.
# Usage: dump.sh FILE > schema_00N.sql
set -euo pipefail
sqlite3 -readonly "$1" .dump
for pragma in application_id user_version; do
    echo "PRAGMA $pragma=$(sqlite3 -readonly "$1" "PRAGMA $pragma");"
done
