#!/usr/bin/env bash
# Builds AgentPay and runs its tests, or some of them: ./test.sh --filter FullyQualifiedName~Degraded. Needs the .NET SDK; installs whatever else the tests need.
set -uo pipefail
cd "$(dirname "$0")"

# The tests in a browser need a Chromium. Without one they are skipped, and say so; with CI=true they fail.
build/install-chromium.sh

filter="Category!=Load&Category!=Pictures"
if [ "${1:-}" = --filter ] && [ $# -ge 2 ]; then
  filter="($2)&$filter"
  shift 2
fi
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
assembly=AgentPay.Web.Tests/bin/Debug/net10.0/AgentPay.Web.Tests.dll
run() {
  # The assembly, as each process would evaluate the solution anew. The limit ends a test that hangs.
  $priority timeout 30m dotnet test "$assembly" --filter "$filter&$1" --results-directory "$results" \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$2.trx" "${@:3}"
}

dotnet build AgentPay.sln -v minimal || exit 1

# Tests that advance a manual clock wait most of the time until their process is idle. They have two processes of their own, beside the others,
# and, where that is allowed, a higher priority: they need little of the processor, but need it soon.
priority=$([ "$(id -u)" -eq 0 ] && echo "nice -n -5")
processes=()
run "Category=TimePasses&FullyQualifiedName~.Degraded." outages "$@" & processes+=($!)
run "Category=TimePasses&FullyQualifiedName!~.Degraded." timed "$@" & processes+=($!)
priority=
run "Category!=TimePasses" tests "$@" & processes+=($!)
code=0
for process in "${processes[@]}"; do wait "$process" || code=$?; done

# The closing line is counted from the results, so that a run without any cannot look green.
count() { cat "$results"/*.trx 2>/dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*" | awk -F'"' '{ sum += $2 } END { print sum + 0 }'; }
passed=$(count passed)
failed=$(count failed)
skipped=$(($(count total) - $(count executed)))
if [ "$skipped" -gt 0 ]; then
  echo "Skipped, and why:"
  cat "$results"/*.trx | grep -A 5 'outcome="NotExecuted"' | grep -o '<Message>[^<]*' | sed 's/<Message>/  /' | sort | uniq -c
fi
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
if [ "$passed" -eq 0 ] && [ "$code" -eq 0 ]; then code=1; fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$code"
