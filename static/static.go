// Package static holds the files a browser loads beside a page: style, script
// and icons. They are embedded, and each is served under a name that holds the
// hash of its content, so that an answer may be kept for ever: a changed file
// has another address.
package static

import (
	"crypto/sha256"
	"crypto/sha512"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
)

//go:embed *.css *.js *.svg *.png *.ico
var files embed.FS

// Prefix is the path under which all assets are served.
const Prefix = "/static/"

// The assets of the site. A file that is missing here is a panic at start, not
// a page without style later.
var (
	CSS       = asset("site.css")             // the look of every page
	CodeCSS   = asset("code.css")             // colours of highlighted code
	Script    = asset("site.js")              // the one script; every page works without it
	Icon      = asset("favicon.svg")          // icon for browsers that take SVG
	IconICO   = asset("favicon.ico")          // icon for those that ask for /favicon.ico
	TouchIcon = asset("apple-touch-icon.png") // icon for a phone's home screen, 180 by 180
	IconSmall = asset("icon-small.png")       // icon for the manifest, 192 by 192, may be cut to a circle
	IconLarge = asset("icon-large.png")       // the same, 512 by 512
)

// An Asset is one file. The zero value is no file.
type Asset struct {
	name        string
	path        string
	contentType string
	body        string
	integrity   string
}

// Name returns the name the file has in this folder.
func (a Asset) Name() string { return a.name }

// Path returns the address of the file on the site, with its hash.
func (a Asset) Path() string { return a.path }

// ContentType returns the media type to serve the file with.
func (a Asset) ContentType() string { return a.contentType }

// Integrity returns the hash a browser holds the file against, in the form of
// https://www.w3.org/TR/SRI/: a cache between us cannot change it unseen.
func (a Asset) Integrity() string { return a.integrity }

// Body returns the content of the file.
func (a Asset) Body() string { return a.body }

// All returns every asset.
func All() []Asset {
	return []Asset{CSS, CodeCSS, Script, Icon, IconICO, TouchIcon, IconSmall, IconLarge}
}

func asset(name string) Asset {
	body, err := files.ReadFile(name)
	if err != nil {
		panic(fmt.Errorf("static: read %s: %w", name, err))
	}
	ext := path.Ext(name)
	return Asset{
		name:        name,
		path:        Prefix + strings.TrimSuffix(name, ext) + "." + hash(body) + ext,
		contentType: contentType(ext),
		body:        string(body),
		integrity:   integrity(body),
	}
}

// hash returns 48 bits of the content's SHA-256: enough to tell versions of
// one file apart, and short enough to read.
func hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:6])
}

func integrity(body []byte) string {
	sum := sha512.Sum384(body)
	return "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
}

// contentType is written out because package mime asks the machine it runs on,
// and machines differ.
func contentType(ext string) string {
	switch ext {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".ico":
		return "image/x-icon"
	}
	panic("static: no media type for " + ext)
}
