#!/usr/bin/env bash
# Audits a fleet in parts, all at once on this machine, by GNU parallel, and puts the parts together:
#
#   PARTS=4 OUT=reports samples/ci/parallel.sh numbers.yaml [option of sipdrift audit]...
#
# The exit status is that of the whole. Each part keeps to --rate and --concurrency by itself.
set -euo pipefail

parts=${PARTS:-4}
out=${OUT:-.}
mkdir -p "$out"
files=()
for part in $(seq "$parts"); do files+=("$out/part$part.json"); done
rm -f "${files[@]}" # a part of an earlier run must not pass for one of this

# Which part a job is it learns from PARALLEL_SEQ. How it exits stands in its report, too; a part that
# leaves none is missed by the merge.
seq "$parts" | parallel --will-cite --quote --jobs "$parts" \
  sipdrift audit "$@" --quiet --shard "auto/$parts" --report "json=$out/part{}.json" || true

exec sipdrift merge "${files[@]}" --report "json=$out/drift.json"
