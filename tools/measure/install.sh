#!/usr/bin/env bash
# Installs what the measured programs import: Debian's packages for its own
# Python, and the exact npm packages of package-lock.json, with the newest
# Node.js among them, into the folder named. Prints the path of that Node.js.
set -euo pipefail

if [ $# != 1 ]; then
	echo "usage: tools/measure/install.sh FOLDER" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
packages=(
	python3 python3-fastapi python3-uvicorn python3-uvloop python3-httptools
	python3-flask python3-django gunicorn python3-gunicorn python3-numpy
)

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
		echo "install.sh: run this as root or install sudo: $*" >&2
		return 1
	fi
}

# quiet runs a command and shows its output only if it fails.
quiet() {
	local log
	log=$(mktemp)
	if ! "$@" >"$log" 2>&1; then
		cat "$log" >&2
		rm -f "$log"
		return 1
	fi
	rm -f "$log"
}

if ! command -v apt-get >/dev/null; then
	echo "install.sh: Debian only; elsewhere install by hand: ${packages[*]}" >&2
	exit 1
fi
if ! command -v npm >/dev/null; then
	echo "install.sh: npm is missing: install Node.js 20 or newer first" >&2
	exit 1
fi
missing=()
for name in "${packages[@]}"; do
	dpkg -s "$name" >/dev/null 2>&1 || missing+=("$name")
done
if [ ${#missing[@]} -gt 0 ]; then
	quiet as_root apt-get update
	quiet as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y --no-install-recommends "${missing[@]}"
fi

mkdir -p "$1"
cp "$here/package.json" "$here/package-lock.json" "$1"
(cd "$1" && quiet npm ci --no-audit --no-fund)
echo "$(cd "$1" && pwd)/node_modules/.bin/node"
