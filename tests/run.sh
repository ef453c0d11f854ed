#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test: formatting, the suite, what it reaches, the
# linter, the fuzz targets for a moment, and the suite again under AddressSanitizer and
# UndefinedBehaviorSanitizer.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

step "Packages"
.ci/packages build test web coverage lint fuzz
tests/web/install.sh

step "Formatting (clang-format)"
find include src tests samples \( -name '*.cpp' -o -name '*.hpp' \) -print0 |
  xargs -0 clang-format --dry-run --Werror

step "Build, with warnings as errors"
cmake --preset release -DBUILD_TESTING=ON >/dev/null
cmake --build --preset release --target all all_verify_interface_header_sets

step "Tests"
ctest --preset release

step "Coverage"
tests/coverage.sh

step "Linter (clang-tidy, and Clang's own warnings)"
cmake --preset checks >/dev/null
cmake --build --preset checks

step "Fuzz targets, 5 seconds each"
PRESET=checks tests/fuzz/run.sh 5

step "Tests under AddressSanitizer and UndefinedBehaviorSanitizer"
ctest --preset checks
