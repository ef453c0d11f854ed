#!/usr/bin/env bash
# Runs every test and prints which lines and branches they reached. Fails where fewer than 95 % of the
# lines were, or where a branch was not of what decides on a verdict, a retry, or what is shown.
set -euo pipefail
cd "$(dirname "$0")/.."

.ci/packages build test coverage
cmake --preset coverage >/dev/null
cmake --build --preset coverage
find build/coverage -name '*.gcda' -delete
ctest --preset coverage --output-log build/coverage/tests.log >/dev/null || {
  tail -n 60 build/coverage/tests.log
  exit 1
}

counts=build/coverage/counts.json
gcovr --root . build/coverage --filter src/ --filter include/ --exclude-throw-branches \
  --exclude-unreachable-branches -j 2 --json "$counts"
gcovr --root . --add-tracefile "$counts" --fail-under-line 95
gcovr --root . --add-tracefile "$counts" --branches --filter src/compare/ --filter src/http/attempt.cpp \
  --filter src/model/redaction.cpp --fail-under-branch 100
