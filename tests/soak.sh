#!/usr/bin/env bash
# Audits a server that does everything wrong, at random, until it has had so many requests, and holds
# every verdict against the truth.
#
#   tests/soak.sh [REQUESTS [SEED]]    100000 requests without an argument
set -euo pipefail
cd "$(dirname "$0")/.."
.ci/packages build test
cmake --preset release >/dev/null
cmake --build --preset release --target sipdrift
export SIPDRIFT_PROGRAM=$PWD/build/release/sipdrift SIPDRIFT_SAMPLE_API=- PYTHONDONTWRITEBYTECODE=1
export SIPDRIFT_SOAK_REQUESTS=${1:-100000} SIPDRIFT_SOAK_SEED=${2:-20261123}
exec /usr/bin/python3 -m pytest -q -s -p no:cacheprovider tests/program/test_soak.py
