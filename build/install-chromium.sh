#!/usr/bin/env bash
# Installs Debian's Chromium for the tests and benchmarks in a browser, if it is missing and apt-get is there.
if [ ! -x /usr/bin/chromium ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the tests in a browser"
  as_root=$([ "$(id -u)" -eq 0 ] || echo "sudo -n")
  $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y --no-install-recommends chromium fonts-liberation >/dev/null \
    || echo "Chromium could not be installed"
fi
