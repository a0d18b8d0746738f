package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
	gocmp "github.com/google/go-cmp/cmp"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
	"tiebreak/static"
	"tiebreak/templates"
)

const testBase = "https://tiebreak.example"

// realCatalog is the content of the site, read once for all tests.
var realCatalog = sync.OnceValues(func() (*catalog.Catalog, error) {
	return catalog.Load(os.DirFS("../content"))
})

func testConfig(t *testing.T) Config {
	t.Helper()
	pages, err := realCatalog()
	if err != nil {
		t.Fatalf("load content: %v", err)
	}
	return benchConfig(pages)
}

func benchConfig(pages *catalog.Catalog) Config {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	return Config{
		Catalog: pages,
		Log:     slog.New(slog.DiscardHandler),
		Now:     func() time.Time { return now },
		BaseURL: testBase,
	}
}

// testSite is the real site with a few addresses more, at which handlers
// misbehave or do the least there is.
func testSite(t *testing.T, c Config) http.Handler {
	t.Helper()
	s, err := newServer(c)
	if err != nil {
		t.Fatal(err)
	}
	return s.handler(func(r chi.Router) {
		s.routes(r)
		at := dispatcher{s, nil}
		r.Get("/test/page", at.handle(func(_ *http.Request, buf *bytes.Buffer) (response, error) {
			return s.page(buf, http.StatusOK, templ.Raw(longPage))
		}))
		r.Post("/test/form", at.handle(func(r *http.Request, buf *bytes.Buffer) (response, error) {
			form, err := s.form(r)
			if err != nil {
				return response{}, err
			}
			if form.Get("bad") != "" {
				return s.page(buf, http.StatusUnprocessableEntity, templ.Raw("again"))
			}
			return seeOther(templates.HomePath), nil
		}))
		r.Get("/test/error", s.refuse(errors.New("secret detail")))
		r.Get("/test/missing", s.refuse(fmt.Errorf("thing %q: %w", "secret detail", compare.ErrNotFound)))
		r.Get("/test/moved", at.handle(func(*http.Request, *bytes.Buffer) (response, error) {
			return movedTo(templates.HomePath), nil
		}))
		r.Get("/test/many-fields", s.refuse(fmt.Errorf("secret detail: %w", compare.ErrTooManyFields)))
		r.Get("/test/broken-page", at.handle(func(_ *http.Request, buf *bytes.Buffer) (response, error) {
			return s.page(buf, http.StatusOK, templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
				_, _ = io.WriteString(w, "half a page")
				return errors.New("secret detail")
			}))
		}))
		r.Get("/test/panic", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			panic("secret detail")
		})
		r.Get("/test/late-panic", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "half")
			panic("secret detail")
		})
		r.Get("/test/secret/{answers}", at.handle(func(*http.Request, *bytes.Buffer) (response, error) {
			return s.newResponse(http.StatusOK, "application/json", []byte("{}"), noStore, header("X-Test", "1")), nil
		}))
	})
}

var longPage = "<!doctype html><title>t</title>" + strings.Repeat("<p>The same sentence again.</p>", 100)

func serve(h http.Handler, r *http.Request) *http.Response {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func get(h http.Handler, path string, header ...string) *http.Response {
	return serve(h, request(http.MethodGet, path, "", header...))
}

func request(method, path, body string, header ...string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for pair := range slices.Chunk(header, 2) {
		r.Header.Add(pair[0], pair[1])
	}
	return r
}

func bodyOf(t *testing.T, res *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestNewRefusesConfig(t *testing.T) {
	t.Parallel()
	good := testConfig(t)
	for name, change := range map[string]func(*Config){
		"no catalog":      func(c *Config) { c.Catalog = nil },
		"no log":          func(c *Config) { c.Log = nil },
		"no clock":        func(c *Config) { c.Now = nil },
		"no base":         func(c *Config) { c.BaseURL = "" },
		"base with path":  func(c *Config) { c.BaseURL = "https://example.org/a" },
		"base with query": func(c *Config) { c.BaseURL = "https://example.org/?a" },
		"base with user":  func(c *Config) { c.BaseURL = "https://a@example.org" },
		"base not http":   func(c *Config) { c.BaseURL = "ftp://example.org" },
		"base of no host": func(c *Config) { c.BaseURL = "https://" },
		"base of a port":  func(c *Config) { c.BaseURL = "https://:443" },
		"base of signs":   func(c *Config) { c.BaseURL = `https://exa"mple.org` },
		"base of no port": func(c *Config) { c.BaseURL = "https://example.org:999999" },
		"base unreadable": func(c *Config) { c.BaseURL = "https://%zz" },
	} {
		c := good
		change(&c)
		if _, err := New(c); err == nil {
			t.Errorf("New with %s = nil error, want one", name)
		}
	}
	if _, err := New(good); err != nil {
		t.Errorf("New(good) = %v", err)
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	const form, kind = "application/x-www-form-urlencoded", "Content-Type"
	h := testSite(t, testConfig(t))
	for _, tt := range []struct {
		name    string
		request *http.Request
		want    int
	}{
		{"health", request("GET", "/healthz", ""), 200},
		{"alive", request("GET", "/livez", ""), 200},
		{"ready", request("GET", "/readyz", ""), 200},
		{"robots", request("GET", "/robots.txt", ""), 200},
		{"sitemap", request("GET", "/sitemap.xml", ""), 200},
		{"feed", request("GET", "/feed.atom", ""), 200},
		{"icon", request("GET", "/favicon.ico", ""), 200},
		{"style", request("GET", static.CSS.Path(), ""), 200},
		{"style without its hash", request("GET", "/static/site.css", ""), 404},
		{"style with another hash", request("GET", "/static/site.000000000000.css", ""), 404},
		{"folder of assets", request("GET", "/static/", ""), 404},
		{"path upwards", request("GET", "/static/../go.mod", ""), 404},
		{"path upwards, escaped", request("GET", "/static/..%2fgo.mod", ""), 404},
		{"unknown path", request("GET", "/no/such/thing", ""), 404},
		{"trailing slash", request("GET", "/healthz/", ""), 404},
		{"redirect elsewhere", request("GET", "//evil.example/%2e%2e", ""), 404},
		{"tab in path", request("GET", "/%09/evil/", ""), 404},
		{"nul in path", request("GET", "/a%00b/c/d", ""), 404},
		{"post to a page", request("POST", "/healthz", ""), 405},
		{"invented method", request("BREW", "/healthz", ""), 405},
		{"invented method, unknown path", request("BREW", "/no/such/thing", ""), 404},
		{"options", request("OPTIONS", "/healthz", ""), 405},
		{"connect", request("CONNECT", "/healthz", ""), 405},
		{"trace", request("TRACE", "/healthz", ""), 405},
		{"path not UTF-8", request("GET", "/a%ff", ""), 400},
		{"query not UTF-8", request("GET", "/healthz?a=%ff", ""), 400},
		{"query key not UTF-8", request("GET", "/healthz?%ff=a", ""), 400},
		{"query with a semicolon", request("GET", "/healthz?a=1;b=2", ""), 400},
		{"query with a broken escape", request("GET", "/healthz?a=%zz", ""), 400},
		{"query of 200 fields", request("GET", "/healthz?"+strings.Repeat("a&", 200), ""), 200},
		{"query of 201 fields", request("GET", "/healthz?"+strings.Repeat("a&", 201), ""), 400},
		{"address of 8 KiB", request("GET", "/healthz?a="+strings.Repeat("a", 8192-11), ""), 200},
		{"address over 8 KiB", request("GET", "/healthz?a="+strings.Repeat("a", 8192-10), ""), 414},
		{"form", request("POST", "/test/form", "a=1", kind, form), 303},
		{"form with a charset", request("POST", "/test/form", "a=1", kind, form+"; charset=utf-8"), 303},
		{"form with a mistake", request("POST", "/test/form", "bad=1", kind, form), 422},
		{"form of no type", request("POST", "/test/form", "a=1"), 400},
		{"form of another type", request("POST", "/test/form", `{"a":1}`, kind, "application/json"), 400},
		{"form with a broken escape", request("POST", "/test/form", "a=%zz", kind, form), 400},
		{"form not UTF-8", request("POST", "/test/form", "a=%ff", kind, form), 400},
		{"form of 64 KiB", request("POST", "/test/form", "a="+strings.Repeat("a", 64<<10-2), kind, form), 303},
		{"form over 64 KiB", request("POST", "/test/form", "a="+strings.Repeat("a", 64<<10-1), kind, form), 413},
		{"form of 200 fields", request("POST", "/test/form", strings.Repeat("a=&", 200), kind, form), 303},
		{"form of 10,000 fields", request("POST", "/test/form", strings.Repeat("a=&", 10_000), kind, form), 400},
		{"form from another site", request("POST", "/test/form", "a=1", kind, form, "Sec-Fetch-Site", "cross-site"), 403},
		{"form from another origin", request("POST", "/test/form", "a=1", kind, form, "Origin", "https://evil.example"), 403},
		{"form from a hidden origin", request("POST", "/test/form", "a=1", kind, form, "Origin", "null"), 403},
		{"form from here", request("POST", "/test/form", "a=1", kind, form, "Sec-Fetch-Site", "same-origin"), 303},
		{"form from the base URL", request("POST", "/test/form", "a=1", kind, form, "Origin", testBase), 303},
		{"error", request("GET", "/test/error", ""), 500},
		{"missing", request("GET", "/test/missing", ""), 404},
		{"moved", request("GET", "/test/moved", ""), 301},
		{"more fields than the form has", request("GET", "/test/many-fields", ""), 400},
		{"broken page", request("GET", "/test/broken-page", ""), 500},
		{"panic", request("GET", "/test/panic", ""), 500},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			res := serve(h, tt.request)
			if res.StatusCode != tt.want {
				t.Errorf("status = %d, want %d", res.StatusCode, tt.want)
			}
			checkPolicies(t, res)
			if tt.want >= 400 && tt.want != 422 {
				checkErrorPage(t, res)
			}
		})
	}
}

// checkPolicies checks what every answer must carry.
func checkPolicies(t *testing.T, res *http.Response) {
	t.Helper()
	for key, want := range map[string]string{
		"Content-Security-Policy":      contentSecurity,
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Strict-Transport-Security":    "max-age=63072000",
	} {
		if got := res.Header.Values(key); len(got) != 1 || got[0] != want {
			t.Errorf("%s = %q, want %q", key, got, want)
		}
	}
	if res.Header.Get("Permissions-Policy") == "" || len(res.Header.Get("X-Request-Id")) != 16 {
		t.Errorf("headers lack Permissions-Policy or X-Request-Id: %v", res.Header)
	}
	if !slices.Contains([]int{200, 301, 304}, res.StatusCode) && res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control of %d = %q, want no-store", res.StatusCode, res.Header.Get("Cache-Control"))
	}
	if (res.StatusCode < 300 || res.StatusCode >= 400) && res.Header.Get("Content-Type") == "" {
		t.Error("no Content-Type")
	}
}

func checkErrorPage(t *testing.T, res *http.Response) {
	t.Helper()
	if got := res.Header.Get("Content-Type"); got != typeHTML {
		t.Errorf("Content-Type = %q, want %q", got, typeHTML)
	}
	body := bodyOf(t, res)
	if strings.Count(body, "<h1") != 1 {
		t.Errorf("error page has %d headings h1, want 1", strings.Count(body, "<h1"))
	}
	for _, bad := range []string{"secret detail", "half a page", "goroutine"} {
		if strings.Contains(body, bad) {
			t.Errorf("error page shows %q", bad)
		}
	}
	for _, key := range []string{"ETag", "Content-Encoding"} {
		if got := res.Header.Get(key); got != "" {
			t.Errorf("%s = %q on an error page of a plain request", key, got)
		}
	}
}

func TestAllow(t *testing.T) {
	t.Parallel()
	h := testSite(t, testConfig(t))
	for path, want := range map[string]string{
		"/healthz":   "GET, HEAD",
		"/test/form": "POST",
	} {
		if got := serve(h, request("DELETE", path, "")).Header.Get("Allow"); got != want {
			t.Errorf("Allow of %s = %q, want %q", path, got, want)
		}
	}
	if got := get(h, "/no/such/thing").Header.Get("Allow"); got != "" {
		t.Errorf("Allow of an unknown path = %q, want none", got)
	}
}

func TestErrorPageNamesRequest(t *testing.T) {
	t.Parallel()
	res := get(testSite(t, testConfig(t)), "/test/error")
	if id := res.Header.Get("X-Request-Id"); !strings.Contains(bodyOf(t, res), id) {
		t.Errorf("error page does not show request id %s", id)
	}
}

// TestBadCodePage checks that a reader with a broken link is told what is
// wrong with it and where to get a new one.
func TestBadCodePage(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	comparison := c.Catalog.All()[0]
	_, err := comparison.Decode("0")
	var want *compare.CodeError
	if !errors.As(err, &want) {
		t.Fatalf("Decode(0) = %v, want a CodeError", err)
	}
	res := get(testSite(t, c), templates.ResultCodePath(comparison, "0"))
	if res.StatusCode != 404 {
		t.Errorf("status of a bad code = %d, want 404", res.StatusCode)
	}
	body := html.UnescapeString(bodyOf(t, res))
	for _, text := range []string{
		"This result link cannot be read", want.Msg, `href="` + templates.QuestionsPath(comparison) + `"`,
	} {
		if !strings.Contains(body, text) {
			t.Errorf("page of a bad code lacks %q", text)
		}
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	h := testSite(t, testConfig(t))
	for _, path := range []string{"/healthz", "/sitemap.xml", static.CSS.Path(), "/test/page", "/no/such/thing", "/test/panic"} {
		want, got := get(h, path), serve(h, request("HEAD", path, ""))
		want.Header.Del("X-Request-Id")
		got.Header.Del("X-Request-Id")
		if path == "/no/such/thing" { // the page shows the id of its request
			want.Header.Del("Content-Length")
			got.Header.Del("Content-Length")
		}
		if want.StatusCode != got.StatusCode {
			t.Errorf("HEAD %s = %d, GET = %d", path, got.StatusCode, want.StatusCode)
		}
		if diff := gocmp.Diff(want.Header, got.Header); diff != "" {
			t.Errorf("HEAD %s has other headers than GET (-GET +HEAD):\n%s", path, diff)
		}
		if body := bodyOf(t, got); body != "" {
			t.Errorf("HEAD %s has a body of %d bytes", path, len(body))
		}
	}
}

func TestSeeOther(t *testing.T) {
	t.Parallel()
	h := testSite(t, testConfig(t))
	res := serve(h, request("POST", "/test/form", "a=1", "Content-Type", "application/x-www-form-urlencoded"))
	if got := res.Header.Get("Location"); got != "/" {
		t.Errorf("Location = %q, want /", got)
	}
	if got := bodyOf(t, res); got != "" {
		t.Errorf("body = %q, want none", got)
	}
}

func TestNoHSTSWithoutHTTPS(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	c.BaseURL = "http://localhost:8080/"
	res := get(testSite(t, c), "/sitemap.xml")
	if got := res.Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("Strict-Transport-Security = %q on a plain http site", got)
	}
	if !strings.Contains(bodyOf(t, res), "<loc>http://localhost:8080/</loc>") {
		t.Error("sitemap does not start at the base URL")
	}
}

func TestPreloadHTTPS(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	c.BaseURL, c.PreloadHTTPS = "https://example.org", true
	const want = "max-age=63072000; includeSubDomains; preload"
	if got := get(testSite(t, c), "/").Header.Get("Strict-Transport-Security"); got != want {
		t.Errorf("Strict-Transport-Security = %q, want %q", got, want)
	}
	c.BaseURL = "http://example.org"
	if _, err := New(c); err == nil || !strings.Contains(err.Error(), "https") {
		t.Errorf("a promise of HTTPS at http://: error %v, want one that asks for https", err)
	}
}

func TestReadiness(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	c.Ready = func() bool { return false }
	h := testSite(t, c)
	if got := get(h, "/readyz").StatusCode; got != 503 {
		t.Errorf("/readyz while draining = %d, want 503", got)
	}
	if got := get(h, "/healthz").StatusCode; got != 200 {
		t.Errorf("/healthz while draining = %d, want 200", got)
	}
}

func TestLatePanicCutsConnection(t *testing.T) {
	t.Parallel()
	site := httptest.NewServer(testSite(t, testConfig(t)))
	t.Cleanup(site.Close)
	res, err := site.Client().Get(site.URL + "/test/late-panic")
	if err != nil {
		return // cut before the headers arrived
	}
	defer res.Body.Close()
	if _, err := io.ReadAll(res.Body); err == nil {
		t.Error("half a page arrived as a whole one")
	}
}

func TestBrokenErrorPage(t *testing.T) {
	t.Parallel()
	s, err := newServer(testConfig(t))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(s.broken, []byte("Something broke")) {
		t.Errorf("the last page does not say that something broke: %s", s.broken)
	}
	w := httptest.NewRecorder()
	s.lastResort(w, request("GET", "/", ""))
	if w.Code != 500 || !bytes.Equal(w.Body.Bytes(), s.broken) {
		t.Errorf("lastResort = %d with %d bytes, want 500 with %d", w.Code, w.Body.Len(), len(s.broken))
	}
}

// TestRoutes compares the routes with the list that HOUSE.md asks for, so that
// a new address is seen in review.
func TestRoutes(t *testing.T) {
	t.Parallel()
	s, err := newServer(testConfig(t))
	if err != nil {
		t.Fatal(err)
	}
	router := chi.NewRouter()
	s.routes(router)
	type route struct{ method, pattern string }
	var routes []route
	err = chi.Walk(router, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		routes = append(routes, route{method, pattern})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(routes, func(a, b route) int {
		return cmp.Or(cmp.Compare(a.pattern, b.pattern), cmp.Compare(a.method, b.method))
	})
	var got strings.Builder
	for _, r := range routes {
		fmt.Fprintf(&got, "%-4s %s\n", r.method, r.pattern)
	}
	want, err := os.ReadFile("testdata/routes.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("routes differ from testdata/routes.txt (-file +router):\n%s", diff)
	}
}
