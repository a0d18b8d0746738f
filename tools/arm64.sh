#!/usr/bin/env bash
# Runs the golden decisions, the worked example and the published vectors as a
# program for arm64, so that a result is the same whichever processor computes
# it. Installs qemu-user on Debian and Ubuntu if it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

run=()
if [ "$(go env GOHOSTARCH)" != arm64 ]; then
	if ! command -v qemu-aarch64 >/dev/null 2>&1; then
		echo "installing qemu-user for the arm64 run"
		sudo=
		[ "$(id -u)" = 0 ] || sudo=sudo
		$sudo apt-get update >/dev/null
		$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends qemu-user >/dev/null
	fi
	run=(qemu-aarch64)
fi
program=$(mktemp)
trap 'rm -f "$program"' EXIT
GOARCH=arm64 CGO_ENABLED=0 go test -c -o "$program" ./internal/score
cd internal/score
"${run[@]}" "$program" -test.run '^(TestGolden|TestWorkedExample.*|TestVectors)$' -test.v | grep -E '^(---|PASS|FAIL|ok)'
