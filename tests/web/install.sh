#!/usr/bin/env bash
# Puts what package-lock.json names into build/web, where the tests look for it.
set -euo pipefail
cd "$(dirname "$0")/../.."

mkdir -p build/web
if cmp -s tests/web/package-lock.json build/web/package-lock.json && [ -e build/web/complete ]; then exit 0; fi
rm -f build/web/complete
cp tests/web/package.json tests/web/package-lock.json build/web/
npm ci --prefix build/web --no-audit --no-fund --ignore-scripts --loglevel=error
touch build/web/complete
