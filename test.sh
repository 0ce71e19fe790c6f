#!/usr/bin/env bash
# Builds AgentPay and runs its tests, or some of them: ./test.sh --filter FullyQualifiedName~Degraded. Needs the .NET SDK; installs whatever else the tests need.
set -uo pipefail
cd "$(dirname "$0")"

# The tests in a browser need a Chromium. Without one they are skipped, and say so; with CI=true they fail.
if [ ! -x /usr/bin/chromium ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the tests in a browser"
  as_root=$([ "$(id -u)" -eq 0 ] || echo "sudo -n")
  $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y --no-install-recommends chromium fonts-liberation >/dev/null \
    || echo "Chromium could not be installed"
fi

filter="Category!=Load&Category!=Pictures"
if [ "${1:-}" = --filter ] && [ $# -ge 2 ]; then
  filter="($2)&$filter"
  shift 2
fi
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
dotnet test AgentPay.sln --filter "$filter" --results-directory "$results" \
  --logger "console;verbosity=minimal" --logger "trx;LogFileName=tests.trx" "$@"
code=$?

# The closing line is counted from the results, so that a run without any cannot look green.
count() { grep -o "$1=\"[0-9]*\"" "$results/tests.trx" 2>/dev/null | head -n 1 | grep -o '[0-9]*' || echo 0; }
passed=$(count passed)
failed=$(count failed)
skipped=$(($(count total) - $(count executed)))
if [ "$skipped" -gt 0 ]; then
  echo "Skipped, and why:"
  grep -A 5 'outcome="NotExecuted"' "$results/tests.trx" | grep -o '<Message>[^<]*' | sed 's/<Message>/  /' | sort | uniq -c
fi
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
if [ "$passed" -eq 0 ] && [ "$code" -eq 0 ]; then code=1; fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$code"
