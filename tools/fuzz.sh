#!/usr/bin/env bash
# Runs every native fuzz target for a time and says how many inputs were tried.
#
#	tools/fuzz.sh 20s
set -euo pipefail
cd "$(dirname "$0")/.."

out=$(mktemp)
trap 'rm -f "$out"' EXIT

# try runs one target. Without the limit on shortening, one that finds much new
# spends its time on that. A process for each processor, with one each, tries
# twice as many inputs as the same processes sharing them.
try() {
	GOMAXPROCS=1 "${GO:-go}" test -run '^$' -parallel "$(getconf _NPROCESSORS_ONLN)" \
		-fuzz "^$2\$" -fuzztime "${3:-20s}" -fuzzminimizetime 10x "./$1" >"$out" 2>&1
}

total=0
while read -r dir name; do
	if ! try "$dir" "$name" "$@"; then
		# go test sometimes calls the end of the time a failure (go.dev/issue/75804,
		# mended in Go 1.27) and then names no input: that is tried once more.
		if grep -q 'Failing input' "$out" || ! grep -q 'context deadline exceeded' "$out" || ! try "$dir" "$name" "$@"; then
			cat "$out"
			exit 1
		fi
	fi
	tried=$(sed -n 's/.*execs: \([0-9]*\).*/\1/p' "$out" | tail -1)
	printf '%-20s %-20s %12d\n' "$dir" "$name" "${tried:-0}"
	total=$((total + ${tried:-0}))
done < <(grep -rEo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]+\(f \*testing' cmd content internal static templates web |
	sed 's|/[^/]*:func \([A-Za-z0-9_]*\).*| \1|' | sort)
printf '%-41s %12d inputs tried, nothing found\n' all "$total"
