#!/usr/bin/env bash
# Installs what is missing, builds the release, and measures it beside curl and h2load.
# ROUNDS=N sets how often each is measured.
set -euo pipefail
cd "$(dirname "$0")/../.."

.ci/packages build bench
cmake --preset release >/dev/null
cmake --build --preset release --target sipdrift
SIPDRIFT_PROGRAM="$PWD/build/release/sipdrift" exec /usr/bin/python3 tests/bench/bench.py
