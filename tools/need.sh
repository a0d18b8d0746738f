#!/usr/bin/env bash
# Installs what the tests need and this machine lacks: a C compiler for the
# race detector and a Chromium for the journeys; with the argument "site" what
# the judges of the served site need instead: Chromium, Node.js, Java and
# OpenSSL; with "bench" what the benchmark needs: wrk and Node.js; with "soak"
# the proxies that the soak runs behind. Debian and Ubuntu only; on another
# system it says what is missing. Silent when nothing is.
set -euo pipefail

has() { command -v "$1" >/dev/null 2>&1; }

browser() {
	if [ -n "${TIEBREAK_CHROMIUM:-}" ]; then
		"$TIEBREAK_CHROMIUM" --version >/dev/null 2>&1
		return
	fi
	local name
	for name in chromium chromium-browser google-chrome google-chrome-stable; do
		# Ubuntu ships a chromium-browser that only says "install the snap": run it.
		if has "$name" && "$name" --version >/dev/null 2>&1; then return 0; fi
	done
	return 1
}

compiler() { has gcc && echo 'int main(void){return 0;}' | gcc -x c - -o /dev/null 2>/dev/null; }

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; elif has sudo; then sudo "$@"; else
		echo "tools/need.sh: run this as root or install sudo: $*" >&2
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

updated=
apt_install() {
	if ! has apt-get; then
		echo "tools/need.sh: install with this system's own package manager: $*" >&2
		return 1
	fi
	if [ -z "$updated" ]; then quiet as_root apt-get update && updated=yes; fi
	quiet as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

install_browser() {
	if [ "$(. /etc/os-release 2>/dev/null && echo "${ID:-}")" = ubuntu ]; then
		# Ubuntu has Chromium as a snap only.
		has snap || apt_install snapd
		quiet as_root snap install chromium
	else
		apt_install chromium fonts-liberation
	fi
}

need_browser() {
	if browser; then return; fi
	echo "installing chromium for the browser tests"
	install_browser || true
	browser || {
		echo "tools/need.sh: no working Chromium or Chrome: install one, or name it in TIEBREAK_CHROMIUM" >&2
		exit 1
	}
}

need_compiler() {
	if compiler; then return; fi
	echo "installing gcc for the race detector"
	apt_install gcc libc6-dev
}

# need_command installs packages if there is no such command.
need_command() {
	local name=$1
	shift
	if has "$name"; then return; fi
	echo "installing $name"
	apt_install "$@"
}

# need_proxy does the same for a proxy, whose package may bring a service: the
# soak starts its own and wants none of it.
need_proxy() {
	local PATH=$PATH:/usr/sbin # not on everybody's path
	if has "$1"; then return; fi
	need_command "$@"
	if [ -d /run/systemd/system ]; then quiet as_root systemctl disable --now "$1"; fi
}

case "${1:-tests}" in
tests)
	need_compiler
	need_browser
	# A test of the measurements runs both.
	need_command node nodejs
	need_command python3 python3
	need_command taskset util-linux
	;;
site)
	need_browser
	need_command node nodejs
	need_command npm npm
	need_command java default-jre-headless
	need_command openssl openssl
	;;
bench)
	need_command wrk wrk
	need_command node nodejs
	need_command npm npm
	;;
soak)
	need_proxy haproxy haproxy
	need_proxy caddy caddy
	need_proxy nginx nginx-light
	;;
*)
	echo "tools/need.sh: nothing is known about $1: say tests, site, bench or soak" >&2
	exit 1
	;;
esac
