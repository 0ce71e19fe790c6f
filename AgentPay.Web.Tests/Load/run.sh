#!/usr/bin/env bash
# A long fault run: AgentPay.Web.Tests/Load/run.sh [--payments 10000] [--seed 1] [--at-once 150] [--gap 280]
set -euo pipefail
cd "$(dirname "$0")/../.."
while [ $# -gt 0 ]; do
  case "$1" in
    --payments) export LOAD_PAYMENTS="$2" ;;
    --seed) export LOAD_SEED="$2" ;;
    --at-once) export LOAD_AT_ONCE="$2" ;;
    --gap) export LOAD_GAP="$2" ;;
    *) echo "Not known: $1. Use --payments, --seed, --at-once, --gap (milliseconds)." >&2; exit 2 ;;
  esac
  shift 2
done
dotnet test AgentPay.Web.Tests --filter Category=Load --nologo -v q --logger "console;verbosity=detailed"
