package static

import (
	"crypto/sha512"
	"encoding/base64"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryFileIsAnAsset(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(files, "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range All() {
		i := slices.Index(names, a.Name())
		if i < 0 {
			t.Errorf("All() lists %s twice, or it is not a file", a.Name())
			continue
		}
		names = slices.Delete(names, i, i+1)
	}
	if len(names) > 0 {
		t.Errorf("embedded but not served: %q", names)
	}
}

func TestAssets(t *testing.T) {
	t.Parallel()
	hashed := regexp.MustCompile(`^/static/[a-z-]+\.[0-9a-f]{12}\.[a-z]+$`)
	for _, a := range All() {
		if !hashed.MatchString(a.Path()) {
			t.Errorf("%s: Path() = %q, want a name with its hash", a.Name(), a.Path())
		}
		if a.Body() == "" {
			t.Errorf("%s is empty", a.Name())
		}
		// The form of https://www.w3.org/TR/SRI/#the-integrity-attribute.
		sum, ok := strings.CutPrefix(a.Integrity(), "sha384-")
		if got, err := base64.StdEncoding.DecodeString(sum); !ok || err != nil || [48]byte(got) != sha512.Sum384([]byte(a.Body())) {
			t.Errorf("%s: Integrity() = %q is not the hash of its body", a.Name(), a.Integrity())
		}
		if a.ContentType() == "" {
			t.Errorf("%s has no media type", a.Name())
		}
	}
}

func TestPathChangesWithContent(t *testing.T) {
	t.Parallel()
	if hash([]byte("a")) == hash([]byte("b")) {
		t.Error("two contents have one hash")
	}
}

func TestStartsWithMagic(t *testing.T) {
	t.Parallel()
	magic := map[string]string{
		".png": "\x89PNG\r\n\x1a\n",
		".ico": "\x00\x00\x01\x00",
		".svg": "<svg",
	}
	for _, a := range All() {
		want := magic[a.Name()[strings.LastIndex(a.Name(), "."):]]
		if !strings.HasPrefix(a.Body(), want) {
			t.Errorf("%s does not start with %q", a.Name(), want)
		}
	}
}

func TestMissingFilePanics(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("asset of a missing file did not panic")
		}
	}()
	asset("missing.css")
}
