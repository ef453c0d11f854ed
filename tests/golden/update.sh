#!/usr/bin/env bash
# Writes the golden files of all report formats anew. Look at the difference before you commit it.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cmake --build "$root/build/release" --target unit_tests
SIPDRIFT_UPDATE_GOLDENS=1 "$root/build/release/tests/unit_tests" --gtest_filter='Golden.*'
git -C "$root" status --short tests/golden
