package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"tiebreak/internal/negotiate"
	"tiebreak/static"
)

// TestCodings fetches things in every coding, and again with the tag it came
// with.
func TestCodings(t *testing.T) {
	t.Parallel()
	h := testSite(t, testConfig(t))
	for _, tt := range []struct {
		path, accept, want string
	}{
		{"/test/page", "", ""},
		{"/test/page", "gzip, br", "gzip"},
		{"/test/page", "gzip;q=0, br", ""},
		{"/sitemap.xml", "gzip;q=0", ""},
		{"/healthz", "gzip", ""},
		{static.TouchIcon.Path(), "gzip, br", ""},
		{static.CSS.Path(), "", ""},
	} {
		plain := bodyOf(t, get(h, tt.path))
		res := get(h, tt.path, "Accept-Encoding", tt.accept)
		if got := res.Header.Get("Content-Encoding"); got != tt.want {
			t.Errorf("%s for %q: Content-Encoding = %q, want %q", tt.path, tt.accept, got, tt.want)
		}
		if got := decoded(t, res); got != plain {
			t.Errorf("%s for %q differs from the plain body", tt.path, tt.accept)
		}
		checkNotModified(t, h, tt.path, tt.accept, res)
	}
}

func checkNotModified(t *testing.T, h http.Handler, path, accept string, res *http.Response) {
	t.Helper()
	tag := res.Header.Get("ETag")
	if tag == "" {
		if res.Header.Get("Cache-Control") != cacheNever {
			t.Errorf("%s has no ETag", path)
		}
		return
	}
	again := get(h, path, "Accept-Encoding", accept, "If-None-Match", tag)
	if again.StatusCode != http.StatusNotModified || bodyOf(t, again) != "" {
		t.Errorf("%s with its tag %s = %d, want an empty 304", path, tag, again.StatusCode)
	}
	for _, key := range []string{"ETag", "Vary", "Cache-Control"} {
		if got, want := again.Header.Get(key), res.Header.Get(key); got != want {
			t.Errorf("%s: %s of the 304 = %q, want %q", path, key, got, want)
		}
	}
	for _, key := range []string{"Content-Type", "Content-Encoding", "Content-Length"} {
		if got := again.Header.Get(key); got != "" {
			t.Errorf("%s: %s of the 304 = %q, want none", path, key, got)
		}
	}
}

func decoded(t *testing.T, res *http.Response) string {
	t.Helper()
	var r io.Reader = res.Body
	switch res.Header.Get("Content-Encoding") {
	case negotiate.Gzip:
		z, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = z
	case negotiate.Brotli:
		r = brotli.NewReader(r)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTagsDifferByCoding(t *testing.T) {
	t.Parallel()
	h := testSite(t, testConfig(t))
	plain, zipped := get(h, "/test/page"), get(h, "/test/page", "Accept-Encoding", "gzip")
	if plain.Header.Get("ETag") == zipped.Header.Get("ETag") {
		t.Error("two codings have one strong tag")
	}
	for _, res := range []*http.Response{plain, zipped} {
		if got := res.Header.Values("Vary"); len(got) != 1 || got[0] != "Accept-Encoding" {
			t.Errorf("Vary = %q, want Accept-Encoding once", got)
		}
	}
	if got := get(h, static.TouchIcon.Path()).Header.Get("Vary"); got != "" {
		t.Errorf("Vary of an image = %q, want none", got)
	}
}

func TestCompressedFile(t *testing.T) {
	t.Parallel()
	body := []byte(strings.Repeat("body { color: red }\n", 200))
	br, gz := brotliBest(body), gzipBest(body)
	if len(br) >= len(body) || len(gz) >= len(body) {
		t.Errorf("compressed to %d and %d bytes from %d", len(br), len(gz), len(body))
	}
	got, err := io.ReadAll(brotli.NewReader(bytes.NewReader(br)))
	if err != nil || !bytes.Equal(got, body) {
		t.Errorf("brotli does not give the body back: %v", err)
	}
	z, err := gzip.NewReader(bytes.NewReader(gz))
	if err != nil {
		t.Fatal(err)
	}
	if got, err = io.ReadAll(z); err != nil || !bytes.Equal(got, body) {
		t.Errorf("gzip does not give the body back: %v", err)
	}
}

func TestCacheControl(t *testing.T) {
	t.Parallel()
	h := testSite(t, testConfig(t))
	for path, want := range map[string]string{
		"/test/page":      cachePages,
		"/sitemap.xml":    cacheMachines,
		"/healthz":        cacheNever,
		"/test/error":     cacheNever,
		"/test/secret/x":  cacheNever,
		static.CSS.Path(): cacheForever,
		"/favicon.ico":    "public, max-age=86400",
	} {
		if got := get(h, path).Header.Get("Cache-Control"); got != want {
			t.Errorf("Cache-Control of %s = %q, want %q", path, got, want)
		}
	}
}
