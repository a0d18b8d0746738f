#!/usr/bin/env bash
# Runs every native fuzz target for a time and says how many inputs were tried.
#
#	tools/fuzz.sh 20s
set -euo pipefail
cd "$(dirname "$0")/.."

out=$(mktemp)
trap 'rm -f "$out"' EXIT
total=0
while read -r dir name; do
	# Without the limit, a target that finds much new spends its time on shortening it.
	if ! "${GO:-go}" test -run '^$' -fuzz "^$name\$" -fuzztime "${1:-20s}" -fuzzminimizetime 10x "./$dir" >"$out" 2>&1; then
		cat "$out"
		exit 1
	fi
	tried=$(sed -n 's/.*execs: \([0-9]*\).*/\1/p' "$out" | tail -1)
	printf '%-20s %-20s %12d\n' "$dir" "$name" "${tried:-0}"
	total=$((total + ${tried:-0}))
done < <(grep -rEo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]+\(f \*testing' cmd content internal static templates web |
	sed 's|/[^/]*:func \([A-Za-z0-9_]*\).*| \1|' | sort)
printf '%-41s %12d inputs tried, nothing found\n' all "$total"
