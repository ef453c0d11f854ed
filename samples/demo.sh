#!/usr/bin/env bash
# A first audit: installs what is missing, builds, starts the sample provider API on loopback, and
# holds the sample manifest against it.
set -euo pipefail
cd "$(dirname "$0")/.."

.ci/packages build

build=build/release
[ -f $build/build.ninja ] || cmake --preset release -DBUILD_TESTING=OFF >/dev/null
cmake --build --preset release --target sipdrift sample_provider_api

# A key of its own, as `sipdrift audit` takes it: from a file that nobody else may read.
out=build/demo
mkdir -p $out
(umask 077 && head -c 24 /dev/urandom | base64 | tr -d '\n' >$out/api-key)

# The API prints its address once it listens.
exec {api}< <(exec $build/samples/sample_provider_api --fleet samples/fleet.json --api-key-file $out/api-key)
api_pid=$!
trap 'kill $api_pid 2>/dev/null || true' EXIT
read -r -u "$api" _ _ url || { echo "The sample API did not start." >&2; exit 1; }

printf '\n$ sipdrift audit samples/manifest.yaml --api-url %s --api-key-file %s \\\n' "$url" $out/api-key
printf '    --report json=%s/report.json --report junit=%s/report.xml\n\n' $out $out
status=0
$build/sipdrift audit samples/manifest.yaml --api-url "$url" --api-key-file $out/api-key \
  --report json=$out/report.json --report junit=$out/report.xml || status=$?

expected=6
if [ $status -ne $expected ]; then
  printf '\nThe audit exited with %d; on this sample it should exit with %d.\n' $status $expected >&2
  exit 1
fi
cat <<TXT

The audit exited with $status, as it should on this sample: 2 for drift, and 4 for a number that could
not be compared. A fleet in sync exits with 0.

The live side is samples/fleet.json, the agreed side samples/manifest.yaml: change either, and run
this again. The reports are
  $out/report.json   everything that is known, for programs
  $out/report.xml    JUnit, for CI
TXT
