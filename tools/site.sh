#!/usr/bin/env bash
# Has tools that nobody here wrote judge the whole served site: the Nu HTML
# checker, html-validate, stylelint, TypeScript, schema.org's types, Linkinator,
# the Mozilla Observatory's scorer and Lighthouse, and weighs what a browser has to load. Installs what they need
# and this machine lacks, builds the program, serves it on a free port and runs
# them all; what they are asked for is in tools/site/judge.mjs. With names of
# judges as arguments only these run.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/need.sh site

# The tools are installed anew only when their lock file changed.
lock=$(sha256sum tools/site/package-lock.json | cut -d' ' -f1)
if [ "$(cat tools/site/node_modules/.lock 2>/dev/null)" != "$lock" ]; then
	echo "installing the judges of the site"
	(cd tools/site && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null)
	echo "$lock" >tools/site/node_modules/.lock
fi

scratch=$(mktemp -d)
chmod 755 "$scratch"
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$scratch"' EXIT
go build -trimpath -o "$scratch/tiebreak" ./cmd/tiebreak
"$scratch/tiebreak" serve --addr 127.0.0.1:0 >"$scratch/out" 2>"$scratch/log" &
server=$!
origin=
for _ in $(seq 100); do
	origin=$(sed -n 's|^Tiebreak is at \(http://[^/]*\)/$|\1|p' "$scratch/out" "$scratch/log")
	[ -z "$origin" ] || break
	kill -0 "$server" 2>/dev/null || break
	sleep 0.1
done
if [ -z "$origin" ]; then
	echo "tools/site.sh: the program did not say its address" >&2
	cat "$scratch/log" >&2
	exit 1
fi

# The judges bring the Node.js they were made for, where there is one for this machine.
node=node
for own in tools/site/node_modules/node-linux-*/bin/node; do
	if [ -x "$own" ] && "$own" --version >/dev/null 2>&1; then node=$own; fi
done
"$node" tools/site/judge.mjs "$origin" "$scratch" "$@"
