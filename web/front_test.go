package web

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiebreak/static"
	"tiebreak/templates"
)

// TestLyingReady asks for pages and files twice, and in ways that only the
// router may answer: what lies ready is answered as the router would.
func TestLyingReady(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	c := testConfig(t)
	c.Log = slog.New(slog.NewJSONHandler(&log, nil))
	c.BaseURL, c.OwnHostOnly = "https://example.org", true
	warm := make(chan struct{})
	c.WarmUntil = warm
	close(warm) // files lie ready, and nothing is made in the background
	s, err := newServer(c)
	if err != nil {
		t.Fatal(err)
	}
	h := s.handler(s.routes)
	comparison := c.Catalog.All()[0]
	ask := func(method, host, path string, header ...string) *http.Response {
		r := request(method, "https://"+host+path, "", header...)
		return serve(h, r)
	}
	for path, route := range map[string]string{
		templates.HomePath:                "/",
		templates.ArticlePath(comparison): "/{comparison}",
		templates.TablePath(comparison):   "/{comparison}/table",
		"/search":                         "/search",
		"/llms.txt":                       "/llms.txt",
		static.CSS.Path():                 assetRoute,
	} {
		log.Reset()
		first := ask("GET", "example.org", path)
		again := ask("GET", "example.org", path)
		if first.StatusCode != 200 || bodyOf(t, first) != bodyOf(t, again) {
			t.Errorf("GET %s twice: %d and %d, or two bodies", path, first.StatusCode, again.StatusCode)
		}
		if first.Header.Get("X-Request-Id") == again.Header.Get("X-Request-Id") {
			t.Errorf("GET %s: two requests with one name", path)
		}
		first.Header.Del("X-Request-Id")
		again.Header.Del("X-Request-Id")
		if diff := cmp.Diff(first.Header, again.Header); diff != "" {
			t.Errorf("GET %s: headers of the first and the second answer (-first +second):\n%s", path, diff)
		}
		head := ask("HEAD", "example.org", path)
		if body := bodyOf(t, head); head.StatusCode != 200 || body != "" || head.Header.Get("Content-Length") != again.Header.Get("Content-Length") {
			t.Errorf("HEAD %s = %d with %d bytes, length %q", path, head.StatusCode, len(body), head.Header.Get("Content-Length"))
		}
		checkReady304(t, again, ask("GET", "example.org", path, "If-None-Match", again.Header.Get("ETag")))
		for what, r := range map[string]*http.Response{
			"another host":     ask("GET", "evil.example", path),
			"a query":          ask("GET", "example.org", path+"?a=%zz"),
			"another spelling": ask("GET", "example.org", "/%2e"+path),
			"a post":           ask("POST", "example.org", path),
		} {
			if r.StatusCode < 400 {
				t.Errorf("%s for %s = %d, want an error", what, path, r.StatusCode)
			}
		}
		if got := routesLogged(t, &log)[:4]; !slices.Equal(got, []string{route, route, route, route}) {
			t.Errorf("requests for %s are logged as %q, want %s", path, got, route)
		}
	}
}

// checkReady304 checks the answer to a reader who has a page already: it names
// what caches go by, and neither the body nor the policies that came with it.
func checkReady304(t *testing.T, whole, got *http.Response) {
	t.Helper()
	want := http.Header{}
	for _, key := range []string{"Cache-Control", "Etag", "Vary"} {
		want[key] = whole.Header[key]
	}
	got.Header.Del("X-Request-Id")
	if diff := cmp.Diff(want, got.Header); diff != "" || got.StatusCode != http.StatusNotModified || bodyOf(t, got) != "" {
		t.Errorf("to a reader who has %s: %d, headers (-want +got):\n%s", whole.Header.Get("Etag"), got.StatusCode, diff)
	}
}

// TestTagsOfPolicies asks two sites for the same file. One of them is secure, so
// its answers come under another policy, which readers who have the file from
// before must be told.
func TestTagsOfPolicies(t *testing.T) {
	t.Parallel()
	tags := map[string]bool{}
	var bodies []string
	for _, base := range []string{"http://example.org", "https://example.org"} {
		c := testConfig(t)
		c.BaseURL = base
		res := get(testSite(t, c), static.CSS.Path())
		tags[res.Header.Get("Etag")] = true
		bodies = append(bodies, bodyOf(t, res))
	}
	if len(tags) != 2 || bodies[0] != bodies[1] {
		t.Errorf("the tags are %v, want two of one body", tags)
	}
	under := policies{}
	if under.tag([]byte("a")) == under.tag([]byte("b")) {
		t.Error("two bodies with one tag")
	}
}

func routesLogged(t *testing.T, log *bytes.Buffer) []string {
	t.Helper()
	var routes []string
	for line := range bytes.Lines(log.Bytes()) {
		var fields struct{ Route string }
		if err := json.Unmarshal(line, &fields); err != nil {
			t.Fatal(err)
		}
		routes = append(routes, fields.Route)
	}
	return routes
}

// TestVisitsApart answers many requests at once with pooled routing contexts:
// each sees its own route and name, also when one panics among them.
func TestVisitsApart(t *testing.T) {
	t.Parallel()
	h := testSite(t, testConfig(t))
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for n := range 50 {
				answer := strings.Repeat("ab"[(i+n)%2:(i+n)%2+1], 1+n%7)
				for path, want := range map[string]int{
					"/test/secret/" + answer: 200, "/test/panic": 500, "/no/" + answer: 404, "/": 200,
				} {
					w := httptest.NewRecorder()
					h.ServeHTTP(w, request("GET", path, ""))
					if w.Code != want {
						t.Errorf("GET %s = %d, want %d", path, w.Code, want)
					}
					if id := w.Header().Get("X-Request-Id"); w.Code == 404 && !strings.Contains(w.Body.String(), id) {
						t.Errorf("the page for %s names another request than %s", path, id)
					}
				}
			}
		})
	}
	wait.Wait()
}

// TestResultsKept asks for a page of a result and one of its files three times:
// the page is kept from its second reader on, the file from its first, and
// nobody can tell.
func TestResultsKept(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	s, err := newServer(c)
	if err != nil {
		t.Fatal(err)
	}
	h := s.handler(s.routes)
	one := c.Catalog.All()[0]
	page, other := randomAnswers(one.Current(), 1), randomAnswers(one.Current(), 2)
	for _, tt := range []struct {
		path, form string
		kept       [3]bool // after each request
	}{
		{templates.ResultPath(one, page), "html", [...]bool{false, true, true}},
		{templates.ExportPath(one, page, "json"), "json", [...]bool{true, true, true}},
	} {
		key := s.keyOf(askedResult{comparison: one, code: page.Code()}, tt.form)
		var first *http.Response
		var body string
		for n, kept := range tt.kept {
			get(h, templates.ResultPath(one, other)) // its page takes the same buffer
			res := get(h, tt.path, "Accept-Encoding", "gzip")
			if got := s.cache.kept.Contains(key); got != kept {
				t.Errorf("%s after request %d: kept is %t, want %t", tt.path, n+1, got, kept)
			}
			res.Header.Del("X-Request-Id")
			text := bodyOf(t, res)
			if first == nil {
				first, body = res, text
			}
			if diff := cmp.Diff(first.Header, res.Header); diff != "" || text != body || res.StatusCode != 200 {
				t.Errorf("%s: request %d = %d with another body or headers (-first +this):\n%s", tt.path, n+1, res.StatusCode, diff)
			}
		}
	}
}
