#!/usr/bin/env bash
# Makes the pictures of the README anew: the summary on a terminal, and the HTML report, of the sample
# fleet. Installs what it needs.
set -euo pipefail
cd "$(dirname "$0")/.."

.ci/packages build test web pictures
tests/web/install.sh
cmake --preset release >/dev/null
cmake --build --preset release --target sipdrift sample_provider_api

work=$(mktemp -d)
trap 'rm -rf "$work"; kill "$api" 2>/dev/null || true' EXIT
printf 'sample-key\n' >"$work/key"
chmod 600 "$work/key"
build/release/samples/sample_provider_api --fleet samples/fleet.json --api-key-file "$work/key" >"$work/api" &
api=$!
until [ -s "$work/api" ]; do sleep 0.05; done
url=$(head -n 1 "$work/api" | grep -o 'http://[^ ]*')

# A terminal of 100 columns, as far as the program can tell; aha makes HTML of what it prints there, but
# knows nothing of lines that are drawn over.
status=0
script -qec "stty cols 100 rows 40; TERM=xterm PATH=$PWD/build/release:\$PATH sipdrift audit samples/manifest.yaml \
  --api-url $url --api-key-file $work/key --progress never --report html=$work/report.html" /dev/null >"$work/terminal" || status=$?
[ "$status" -eq 6 ] || { echo "the audit ended with $status, not 6" >&2; exit 1; }
{ printf '\033[1m$ sipdrift audit samples/manifest.yaml --report html=drift.html\033[0m\n'; cat "$work/terminal"; } |
  aha --black --title sipdrift >"$work/terminal.html"
node tests/web/picture.mjs "$PWD/build/web" "$work/terminal.html" samples/pictures/terminal.png 880x10
node tests/web/picture.mjs "$PWD/build/web" "$work/report.html" samples/pictures/report.png 1000x900
