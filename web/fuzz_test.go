package web

import (
	"mime"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/catalog"
)

// fuzzSite is the smallest of the real sites: the code is the same, and a fuzzer
// wants many requests.
var fuzzSite = sync.OnceValues(func() (http.Handler, error) {
	pages, err := catalog.Load(os.DirFS("testdata/small"))
	if err != nil {
		return nil, err
	}
	return New(benchConfig(pages))
})

// FuzzRequest asks for any path and query: nothing breaks, errors are not kept
// by caches, and no answer leads off the site.
func FuzzRequest(f *testing.F) {
	for _, seed := range [][2]string{
		{"/", ""},
		{"/tea-vs-coffee-vs-mate", ""},
		{"/tea-vs-coffee-vs-mate/table", "group=x&differ=1"},
		{"/tea-vs-coffee-vs-mate/result/101172qse", ""},
		{"/tea-vs-coffee-vs-mate/result/101172qse.csv", ""},
		{"/tea-vs-coffee-vs-mate/result/I01172QSE.json", ""},
		{"/tea-vs-coffee-vs-mate/result/101-172-qse", ""},
		{"/tea-vs-coffee-vs-mate/score", "night=long.high&cup=small"},
		{"/tea-vs-coffee-vs-mate/questions", "from=101172qse&change=x"},
		{"/tea-vs-coffee-vs-mate/together", "r=101172qse&r=101n1n&n=Jo"},
		{"/tea-vs-coffee-vs-mate/together", "links=%0a%0d/result/101n1n"},
		{"/tea-vs-coffee-vs-mate/together.json", "r=101172qse&r=101n1n&n=%3Cb%3E"},
		{"/tea-vs-coffee-vs-mate/claims", "verdict=x"},
		{"//evil.example/", ""},
		{"/%09/evil.example", ""},
		{"/\\evil.example/..", ""},
		{"/static/../go.mod", ""},
		{"/tea-vs-coffee-vs-mate/", ""},
		{"/tea-vs-coffee-vs-mate/sources", "review=overdue&review=soon"},
		{"/a/b/c", "%zz"},
		{"/\x00", "a;b"},
	} {
		f.Add(seed[0], seed[1])
	}
	site, err := fuzzSite()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, path, query string) {
		if !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
		u := &url.URL{Path: path, RawQuery: query}
		r := httptest.NewRequest("GET", "/", nil)
		r.URL, r.RequestURI = u, u.RequestURI()
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		res := w.Result()
		if res.StatusCode >= 500 {
			t.Errorf("GET %q ? %q = %d", path, query, res.StatusCode)
		}
		if res.StatusCode >= 400 && res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("GET %q ? %q = %d, which may be kept", path, query, res.StatusCode)
		}
		if location := res.Header.Get("Location"); location != "" {
			if target, err := url.Parse(location); err != nil || target.Host != "" || target.Scheme != "" || !strings.HasPrefix(location, "/tea-vs-coffee-vs-mate/") {
				t.Errorf("GET %q ? %q leads to %q", path, query, location)
			}
		}
		if disposition := res.Header.Get("Content-Disposition"); disposition != "" {
			if kind, params, err := mime.ParseMediaType(disposition); err != nil || kind != "attachment" || len(params) != 1 {
				t.Errorf("GET %q ? %q has the disposition %q", path, query, disposition)
			}
		}
	})
}

// FuzzForm posts any body: the answer is a result, the form again, or what is
// wrong with the request.
func FuzzForm(f *testing.F) {
	for _, seed := range []string{
		"", "a=b", "night=short&night.importance=must&purse=no&cup=big", "%zz", "a;b=c", "\xff=\xfe", "a=%00", strings.Repeat("a=b&", 201),
	} {
		f.Add(seed)
	}
	site, err := fuzzSite()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		res := serve(site, request("POST", "/tea-vs-coffee-vs-mate/questions", body, "Content-Type", formType))
		switch res.StatusCode {
		case http.StatusSeeOther, http.StatusUnprocessableEntity, http.StatusBadRequest, http.StatusRequestEntityTooLarge:
		default:
			t.Errorf("POST %q = %d", body, res.StatusCode)
		}
		if location := res.Header.Get("Location"); location != "" {
			if got := get(site, location).StatusCode; got != http.StatusOK {
				t.Errorf("POST %q leads to %s, which is %d", body, location, got)
			}
		}
	})
}

// FuzzClientAddress sends any X-Forwarded-For through a trusted proxy and past
// it: past the proxy it changes nothing, and a network is never taken for a client.
func FuzzClientAddress(f *testing.F) {
	for _, seed := range []string{
		"192.0.2.1", "10.0.0.9", "192.0.2.1, 10.0.0.9", "::1", "2001:db8::1%eth0", "::ffff:192.0.2.1", "unknown", ",", "1.2.3.4:80",
		"[::1]:80", "192.0.2.1,,", "010.0.0.1", strings.Repeat("10.0.0.1,", 500),
	} {
		f.Add(seed)
	}
	proxies := netip.MustParsePrefix("10.0.0.0/8")
	key := func(from, forwarded string) (got string) {
		h := clientAddress([]netip.Prefix{proxies})(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			got, _ = clientKey(r)
		}))
		r := httptest.NewRequest("POST", "/", nil)
		r.RemoteAddr = from
		r.Header["X-Forwarded-For"] = []string{forwarded}
		h.ServeHTTP(httptest.NewRecorder(), r)
		return got
	}
	f.Fuzz(func(t *testing.T, forwarded string) {
		if got := key("192.0.2.200:1", forwarded); got != "192.0.2.200" {
			t.Errorf("past the proxy, X-Forwarded-For %q makes the client %q", forwarded, got)
		}
		got := key("10.0.0.1:1", forwarded)
		if got == "" {
			return
		}
		if addr, err := netip.ParseAddr(got); err != nil || proxies.Contains(addr) {
			t.Errorf("through the proxy, X-Forwarded-For %q makes the client %q", forwarded, got)
		}
		if diff := cmp.Diff(got, key("10.0.0.1:1", "evil, "+forwarded)); diff != "" {
			t.Errorf("what stands before %q changes the client: %s", forwarded, diff)
		}
	})
}
