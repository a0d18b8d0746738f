package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-chi/chi/v5"

	"tiebreak/templates"
)

// postFrom sends an empty form from the address.
func postFrom(h http.Handler, from string, header ...string) *http.Response {
	r := request("POST", "/test/form", "", append([]string{"Content-Type", formType}, header...)...)
	r.RemoteAddr = from
	return serve(h, r)
}

func TestPostsOfOneAddress(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	c.Limits.Posts = 3
	h := testSite(t, c)
	for i := range 3 {
		if got := postFrom(h, "192.0.2.1:1000").StatusCode; got != http.StatusSeeOther {
			t.Fatalf("post %d = %d, want 303", i+1, got)
		}
	}
	res := postFrom(h, "192.0.2.1:2000")
	if res.StatusCode != http.StatusTooManyRequests || res.Header.Get("Retry-After") == "" ||
		res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("fourth post = %d with %v, want 429 with Retry-After, no-store and policies", res.StatusCode, res.Header)
	}
	if body := bodyOf(t, res); !strings.Contains(body, "Wait a minute") {
		t.Errorf("429 page says %s", body)
	}
	if got := postFrom(h, "192.0.2.2:1000").StatusCode; got != http.StatusSeeOther {
		t.Errorf("post of another address = %d, want 303", got)
	}
	r := request("GET", "/", "")
	r.RemoteAddr = "192.0.2.1:3000"
	if got := serve(h, r).StatusCode; got != http.StatusOK {
		t.Errorf("page for the address that posted too often = %d, want 200", got)
	}
	if got := postFrom(h, "192.0.2.1:4000", "X-Forwarded-For", "198.51.100.1").StatusCode; got != http.StatusTooManyRequests {
		t.Errorf("post that claims another address = %d, want 429", got)
	}
}

func TestPostsAreWelcomeAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := testConfig(t)
		c.Limits.Posts = 2
		h := testSite(t, c)
		postFrom(h, "192.0.2.1:1")
		postFrom(h, "192.0.2.1:1")
		if got := postFrom(h, "192.0.2.1:1").StatusCode; got != http.StatusTooManyRequests {
			t.Errorf("third post = %d, want 429", got)
		}
		time.Sleep(2 * time.Minute)
		if got := postFrom(h, "192.0.2.1:1").StatusCode; got != http.StatusSeeOther {
			t.Errorf("post two minutes later = %d, want 303", got)
		}
	})
}

// TestPostsBehindProxy has one allowed post, so a second one from the same
// sender is refused, and one from somebody else is not.
func TestPostsBehindProxy(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name                  string
		first, firstForwarded string
		then, thenForwarded   string
		same                  bool
	}{
		{"two readers", "10.0.0.1:1", "192.0.2.1", "10.0.0.1:1", "192.0.2.2", false},
		{"one reader", "10.0.0.1:1", "192.0.2.1", "10.0.0.2:9", "192.0.2.1", true},
		{"a reader who invents another", "10.0.0.1:1", "192.0.2.1", "10.0.0.1:1", "198.51.100.7, 192.0.2.1", true},
		{"two proxies in a row", "10.0.0.1:1", "192.0.2.1", "10.0.0.1:1", "192.0.2.1, 10.0.0.2", true},
		{"past the proxy", "192.0.2.9:1", "192.0.2.1", "192.0.2.9:1", "192.0.2.2", true},
		{"rubbish shares one count", "10.0.0.1:1", "nobody", "10.0.0.1:1", "", true},
		{"one household", "10.0.0.1:1", "2001:db8::1", "10.0.0.1:1", "2001:db8::2", true},
		{"two households", "10.0.0.1:1", "2001:db8::1", "10.0.0.1:1", "2001:db8:0:1::1", false},
		{"one spelling", "10.0.0.1:1", "192.0.2.1", "10.0.0.1:1", "::ffff:192.0.2.1", true},
	} {
		c := testConfig(t)
		c.Limits.Posts = 1
		c.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
		h := testSite(t, c)
		postFrom(h, tt.first, "X-Forwarded-For", tt.firstForwarded)
		got := postFrom(h, tt.then, "X-Forwarded-For", tt.thenForwarded).StatusCode
		if (got == http.StatusTooManyRequests) != tt.same {
			t.Errorf("%s: second post = %d, want refused = %t", tt.name, got, tt.same)
		}
	}
}

// crowded is a site with two places at a costly address, which hold whoever
// enters until the test lets go.
func crowded(t *testing.T) (h http.Handler, release func()) {
	t.Helper()
	c := testConfig(t)
	c.Limits.Costly = 2
	s, err := newServer(c)
	if err != nil {
		t.Fatal(err)
	}
	open := make(chan struct{})
	return s.handler(func(r chi.Router) {
		s.routes(r)
		r.Get("/test/costly", dispatcher{s, s.costly}.handle(func(*http.Request, *bytes.Buffer) (response, error) {
			<-open
			return response{status: http.StatusNoContent}, nil
		}))
	}), sync.OnceFunc(func() { close(open) })
}

// TestCostlyRequests asks 40 times at once: 2 work, 16 wait and go, and the
// others are sent away at once.
func TestCostlyRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, release := crowded(t)
		answers := make(chan *http.Response, 40)
		for range 40 {
			go func() { answers <- get(h, "/test/costly") }()
		}
		synctest.Wait()
		if got := len(answers); got != 40-18 {
			t.Errorf("%d of 40 sent away at once, want 22", got)
		}
		for range len(answers) {
			res := <-answers
			if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") != "5" ||
				res.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("answer = %d with %v, want 503 with Retry-After and no-store", res.StatusCode, res.Header)
			}
		}
		if got := get(h, "/").StatusCode; got != http.StatusOK {
			t.Errorf("page beside the crowd = %d, want 200", got)
		}
		release()
		for range 18 {
			if got := (<-answers).StatusCode; got != http.StatusNoContent {
				t.Errorf("answer = %d, want 204", got)
			}
		}
	})
}

func TestCostlyRequestsDoNotWaitForever(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, release := crowded(t)
		for range 2 {
			go get(h, "/test/costly")
		}
		synctest.Wait()
		start := time.Now()
		if got := get(h, "/test/costly").StatusCode; got != http.StatusServiceUnavailable || time.Since(start) != costlyWait {
			t.Errorf("answer = %d after %v, want 503 after %v", got, time.Since(start), costlyWait)
		}
		// One who leaves while waiting gets no answer, and gives the place back.
		ctx, cancel := context.WithCancel(t.Context())
		left := make(chan *httptest.ResponseRecorder)
		go func() {
			left <- abandon(t, h, request("GET", "/test/costly", "").WithContext(ctx))
		}()
		synctest.Wait()
		cancel()
		if w := <-left; w.Body.Len() > 0 {
			t.Errorf("wrote %q to a reader who left", w.Body)
		}
		release()
		synctest.Wait()
		for range 20 {
			if got := get(h, "/test/costly").StatusCode; got != http.StatusNoContent {
				t.Fatalf("answer after the crowd = %d, want 204", got)
			}
		}
	})
}

// TestCostlyAddresses fills all places and sees which addresses still answer.
func TestCostlyAddresses(t *testing.T) {
	_, c := realSite(t) // shared by all tests, so made outside of the bubble
	synctest.Test(t, func(t *testing.T) {
		h, release := crowded(t)
		defer release()
		for range 18 {
			go get(h, "/test/costly")
		}
		synctest.Wait()
		a, b := randomAnswers(c.Current(), 1), randomAnswers(c.Current(), 2)
		codes := []string{a.Code(), b.Code()}
		for path, want := range map[string]int{
			templates.ResultPath(c, a):                                   200,
			templates.ExportPath(c, a, "json"):                           200,
			templates.ExportPath(c, a, "svg"):                            503,
			templates.ExportPath(c, a, "png"):                            503,
			templates.TogetherPath(c, codes, nil):                        503,
			templates.TogetherExportPath(c, "json", codes, nil):          503,
			templates.TogetherExportPath(c, "md", codes, []string{"Jo"}): 503,
		} {
			if got := get(h, path).StatusCode; got != want {
				t.Errorf("%s in a crowd = %d, want %d", path, got, want)
			}
		}
	})
}

// TestPanicGivesPlaceBack fails in a costly handler more often than there are
// places.
func TestPanicGivesPlaceBack(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	c.Limits.Costly = 1
	s, err := newServer(c)
	if err != nil {
		t.Fatal(err)
	}
	h := s.handler(func(r chi.Router) {
		r.Get("/", dispatcher{s, s.costly}.handle(func(*http.Request, *bytes.Buffer) (response, error) { panic(errors.New("broken")) }))
	})
	for i := range 20 {
		if got := get(h, "/").StatusCode; got != http.StatusInternalServerError {
			t.Fatalf("request %d = %d, want 500", i, got)
		}
	}
}

func TestOwnHost(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		base, host, path string
		want             int
	}{
		{"https://example.org", "example.org", "/", 200},
		{"https://example.org", "EXAMPLE.org.", "/", 200},
		{"https://example.org", "example.org.:443", "/", 200},
		{"https://example.org", "example.org:", "/", 200},
		{"https://example.org", "example.org.:80", "/", 421},
		{"https://example.org", "example.org:443", "/", 200},
		{"http://example.org", "example.org:80", "/", 200},
		{"http://[2001:db8::1]", "[2001:db8::1]:80", "/", 200},
		{"http://localhost:8080", "localhost:8080", "/", 200},
		{"https://example.org", "example.org:80", "/", 421},
		{"https://example.org", "example.org:8080", "/", 421},
		{"https://example.org", "www.example.org", "/", 421},
		{"https://example.org", "evil.example", "/no/such/thing", 421},
		{"https://example.org", "192.0.2.1", "/", 421},
		{"https://example.org", "", "/", 421},
		{"https://example.org", "192.0.2.1:8080", "/readyz", 200},
		{"https://example.org", "", "/livez", 200},
		{"https://example.org", "10.0.0.1", "/healthz", 200},
	} {
		c := testConfig(t)
		c.BaseURL, c.OwnHostOnly = tt.base, true
		r := request("GET", tt.path, "")
		r.Host = tt.host
		res := serve(testSite(t, c), r)
		if res.StatusCode != tt.want {
			t.Errorf("%s asked as host %q for %s = %d, want %d", tt.base, tt.host, tt.path, res.StatusCode, tt.want)
		}
		if tt.want == 421 && res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("421 may be stored: %v", res.Header)
		}
	}
}

// TestUnkeyedHeaders asks for everything with headers that a cache in between
// does not look at. The answer must be the same to the byte.
func TestUnkeyedHeaders(t *testing.T) {
	t.Parallel()
	_, c := realSite(t)
	a, b := randomAnswers(c.Current(), 3), randomAnswers(c.Current(), 4)
	paths := []string{
		"/", "/no/such/thing", "/feed.atom", "/sitemap.xml", "/robots.txt", "/schema/result.json", "/favicon.ico", "/readyz",
		templates.ArticlePath(c), templates.ClaimsPath(c), templates.TablePath(c), templates.QuestionsPath(c) + "?team=js",
		templates.ResultPath(c, a), templates.ExportPath(c, a, "svg"), templates.ExportPath(c, a, "csv"),
		templates.ResultPath(c, a) + "x", "/" + slug + "/score?team=js", templates.TogetherPath(c, []string{a.Code(), b.Code()}, nil),
	}
	header := []string{
		"X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "http", "X-Forwarded-For", "192.0.2.9", "X-Forwarded-Port", "1",
		"X-Forwarded-Scheme", "nothttps", "X-Host", "evil.example", "X-Original-Url", "/about", "X-Rewrite-Url", "/about",
		"Forwarded", "host=evil.example", "X-Http-Method-Override", "POST", "X-Request-Id", "mine", "Accept-Language", "de",
		"Accept", "application/json", "User-Agent", "curl", "Referer", "https://evil.example/", "Cookie", "a=b", "Origin", "https://evil.example",
		"Sec-Fetch-Site", "cross-site", "Sec-Ch-Prefers-Color-Scheme", "dark", "Save-Data", "on", "Content-Type", "text/plain",
		"Authorization", "Basic eDp5", "Traceparent", "00-" + strings.Repeat("a", 32) + "-" + strings.Repeat("b", 16) + "-01",
		"Pragma", "no-cache", "Prefer", "respond-async", "Upgrade-Insecure-Requests", "1", "Date", "Mon, 01 Jan 2001 00:00:00 GMT",
	}
	// Fresh caches, so that neither answer was made for the other.
	plain, odd := testSite(t, testConfig(t)), testSite(t, testConfig(t))
	for _, path := range paths {
		want := get(plain, path)
		r := request("GET", path, "", header...)
		r.Host = "evil.example"
		got := serve(odd, r)
		for _, res := range []*http.Response{want, got} {
			res.Header.Del("X-Request-Id")
		}
		wantText, gotText := bodyOf(t, want), bodyOf(t, got)
		if want.StatusCode >= 400 { // names the request
			if strings.Contains(gotText, "evil.example") {
				t.Errorf("%s: error page holds what a header said", path)
			}
			wantText, gotText = "", ""
		}
		if got.StatusCode != want.StatusCode || gotText != wantText {
			t.Errorf("%s differs by headers that no cache looks at: %d, want %d", path, got.StatusCode, want.StatusCode)
		}
		if g, w := fmt.Sprint(got.Header), fmt.Sprint(want.Header); g != w {
			t.Errorf("%s: headers\n%s, want\n%s", path, g, w)
		}
	}
}
