package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// policies tell browsers what a response may do. They are the same on every
// response that has a body.
type policies struct {
	lines []headerLine
	sum   [sha256.Size]byte
}

// newPolicies returns those of a site, which is secure if readers reach it with
// https, and may promise that for the hosts below it too.
func newPolicies(secure, preload bool) policies {
	lines := []headerLine{
		newHeaderLine("Content-Security-Policy", contentSecurity),
		newHeaderLine("X-Content-Type-Options", "nosniff"),
		newHeaderLine("X-Frame-Options", "DENY"),
		// A result's address holds answers: other sites learn none of it. Not
		// no-referrer, which would also hide from us that a form is our own.
		newHeaderLine("Referrer-Policy", "same-origin"),
		newHeaderLine("Cross-Origin-Opener-Policy", "same-origin"),
		newHeaderLine("Cross-Origin-Resource-Policy", "same-origin"),
		newHeaderLine("Permissions-Policy", permissions()),
	}
	switch {
	case preload:
		lines = append(lines, newHeaderLine("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload"))
	case secure:
		lines = append(lines, newHeaderLine("Strict-Transport-Security", "max-age=63072000"))
	}
	var text []byte
	for _, line := range lines {
		text = fmt.Appendf(text, "%s: %s\n", line.key, line.values[0])
	}
	return policies{lines, sha256.Sum256(text)}
}

// tag returns 96 bits of a SHA-256 of the policies and the body: the same on
// every machine that serves the same bytes under the same policies. A browser
// that is told 304 goes on with the policies it has, so with others than those
// the tag must differ.
func (p *policies) tag(body []byte) string {
	var both [2 * sha256.Size]byte
	copy(both[:], p.sum[:])
	sum := sha256.Sum256(body)
	copy(both[sha256.Size:], sum[:])
	sum = sha256.Sum256(both[:])
	return hex.EncodeToString(sum[:12])
}

// contentSecurity allows what this site serves itself, and nothing inline. Its
// script asks for the facts an article cites, and Lighthouse reads /robots.txt
// under this policy.
const contentSecurity = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; " +
	"font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// permissions gives up what this site never asks for. Writing to the clipboard
// is not among it: copy buttons do.
func permissions() string {
	features := []string{
		"accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
		"magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
	}
	return strings.Join(features, "=(), ") + "=()"
}
