#!/usr/bin/env bash
# Builds the fuzz targets and lets each of them look for a counterexample: for so many seconds, or
# for so many executions. What it finds is left in build/fuzz/found, and makes this fail.
#
#   tests/fuzz/run.sh [SECONDS]               20 seconds for each, without an argument
#   tests/fuzz/run.sh --runs COUNT [TARGET]   10000000 and an hour, say
#
# PRESET in the environment names another build than the optimised one.
set -euo pipefail
cd "$(dirname "$0")/../.."

limit=("-max_total_time=${1:-20}")
only=""
if [ "${1:-}" = --runs ]; then
  limit=("-runs=$2")
  only="${3:-}"
fi

preset=${PRESET:-fuzz}
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset" --target fuzz_targets
mkdir -p build/fuzz/found

# Little memory of what is freed, and no stacks of allocations: both cost more than the work itself.
export ASAN_OPTIONS=quarantine_size_mb=8:malloc_context_size=0

fuzz() {
  local target=$1 log=build/fuzz/found/$1.log seeds=tests/fuzz/corpus/$1 longest=256
  if [ "$target" = report_reader ]; then longest=12288; fi
  mkdir -p "build/fuzz/corpus/$target"
  if "build/$preset/tests/fuzz/fuzz_$target" "${limit[@]}" -max_len=$longest -entropic=0 -detect_leaks=0 \
    -dict="tests/fuzz/$target.dict" -print_final_stats=1 -artifact_prefix="build/fuzz/found/$target-" \
    "build/fuzz/corpus/$target" "$seeds" >"$log" 2>&1; then
    printf '%-16s %s executions, nothing found\n' "$target" \
      "$(sed -n 's/^stat::number_of_executed_units: //p' "$log")"
  else
    printf '%-16s failed; the end of %s:\n' "$target" "$log"
    tail -n 40 "$log"
    return 1
  fi
}

status=0
for dictionary in tests/fuzz/*.dict; do
  target=$(basename "$dictionary" .dict)
  if [ -n "$only" ] && [ "$only" != "$target" ]; then continue; fi
  fuzz "$target" || status=1
done
exit $status
