#!/usr/bin/env bash
# Measures AgentPay and prints Markdown tables: ./bench.sh [part…]. Needs the .NET SDK, two cores, a quiet machine and less than 20 minutes.
# docs/performance.md explains the parts and has the figures.
set -euo pipefail
cd "$(dirname "$0")"
build/install-chromium.sh 1>&2
dotnet build AgentPay.Web.Tests -c Release -v quiet --nologo 1>&2
# The server under measurement has the first core. The load, the stub of Twilio, the sandbox and the browser have the second.
exec taskset -c 1 dotnet AgentPay.Web.Tests/bin/Release/net10.0/AgentPay.Web.Tests.dll "$@"
