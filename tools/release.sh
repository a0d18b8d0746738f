#!/usr/bin/env bash
# Writes a release to dist/: static programs for four systems, what they are
# made of, the image where something here can build it, and the checksums of all.
set -euo pipefail
cd "$(dirname "$0")/.."

go=${GO:-go}
version=${VERSION:-$(git describe --tags --always --dirty 2>/dev/null || echo devel)}
rm -rf dist
mkdir dist

"$go" mod verify
for target in linux/amd64 linux/arm64 darwin/arm64 windows/amd64; do
	name=tiebreak-$version-${target%/*}-${target#*/}
	case $target in windows/*) name=$name.exe ;; esac
	echo "dist/$name"
	GOOS=${target%/*} GOARCH=${target#*/} CGO_ENABLED=0 \
		"$go" build -trimpath -pgo=cmd/tiebreak/serve.pgo -ldflags '-s -w' -o "dist/$name" ./cmd/tiebreak
	"$go" -C tools run ./sbom "$PWD/dist/$name" >"dist/$name.cdx.json"
done

# A builder that takes a stage of the Dockerfile from a folder needs nothing but
# the programs above, and makes an image of each for Linux.
images() {
	local arch
	stage=$(mktemp -d)
	trap 'rm -rf "$stage"' EXIT
	mkdir -p "$stage/etc/ssl/certs"
	cp /etc/ssl/certs/ca-certificates.crt "$stage/etc/ssl/certs/"
	for arch in amd64 arm64; do
		cp "dist/tiebreak-$version-linux-$arch" "$stage/tiebreak"
		echo "dist/tiebreak-$version-image-$arch.tar"
		buildah build -q --format docker --platform "linux/$arch" --build-context "build=$stage" \
			-t "tiebreak:$version-$arch" . >/dev/null
		buildah push -q --format v2s2 "tiebreak:$version-$arch" \
			"docker-archive:dist/tiebreak-$version-image-$arch.tar:tiebreak:$version"
		gzip -9 "dist/tiebreak-$version-image-$arch.tar"
		buildah rmi "tiebreak:$version-$arch" >/dev/null
	done
}

# BUILDER is the command that builds an image from a Dockerfile, such as
# "podman build"; SAVE writes that image to the file named last.
builder=${BUILDER:-}
save=${SAVE:-}
if [ -z "$builder" ] && docker info >/dev/null 2>&1; then builder="docker build" save="docker save -o"; fi
if [ -n "$builder" ]; then
	$builder -t "tiebreak:$version" .
	if [ -n "$save" ]; then
		$save "dist/tiebreak-$version-image.tar" "tiebreak:$version"
		gzip -9 "dist/tiebreak-$version-image.tar"
	fi
elif command -v buildah >/dev/null; then
	images
else
	echo "no image: nothing here builds one; name a builder in BUILDER" >&2
fi

(cd dist && sha256sum -- * >SHA256SUMS)
echo "dist/SHA256SUMS"
