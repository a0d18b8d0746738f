package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tiebreak/internal/compare"
	"tiebreak/internal/negotiate"
	"tiebreak/static"
	"tiebreak/templates"
)

// The text of the day follows the clock wherever it goes.
func TestToday(t *testing.T) {
	t.Parallel()
	var now time.Time
	s := &server{now: func() time.Time { return now }}
	east, west := time.FixedZone("east", 14*60*60), time.FixedZone("west", -12*60*60)
	for _, tt := range []struct {
		now  time.Time
		want compare.Date
	}{
		{time.Date(2026, 8, 5, 0, 0, 0, 0, time.UTC), "2026-08-05"},
		{time.Date(2026, 8, 5, 23, 59, 59, 999_999_999, time.UTC), "2026-08-05"},
		{time.Date(2026, 8, 6, 0, 0, 0, 0, time.UTC), "2026-08-06"},
		{time.Date(2026, 8, 6, 1, 0, 0, 0, east), "2026-08-05"},
		{time.Date(2026, 8, 4, 23, 0, 0, 0, west), "2026-08-05"},
		{time.Date(2025, 8, 5, 12, 0, 0, 0, time.UTC), "2025-08-05"}, // set back
		{time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC), "1969-12-31"},
		{time.Date(2028, 2, 29, 12, 0, 0, 0, time.UTC), "2028-02-29"},
		{time.Time{}, "0001-01-01"},
	} {
		now = tt.now
		for range 2 {
			if got := s.today(); got != tt.want {
				t.Errorf("at %v it is %s, want %s", tt.now, got, tt.want)
			}
		}
	}
}

// Answers share memory for what they have in common, and nothing else: whatever
// is done with one, the others stay as they are.
func TestPreparedApart(t *testing.T) {
	t.Parallel()
	s := &server{policies: newPolicies(false, false)}
	first := s.newResponse(http.StatusOK, typeHTML, bytes.Repeat([]byte("first "), 1000))
	second := s.newResponse(http.StatusOK, typeHTML, bytes.Repeat([]byte("second "), 2000))
	answers := []response{first, second}
	var made []*prepared
	for _, a := range answers {
		made = append(made, prepare(a))
	}
	r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
	r.Header.Set("Accept-Encoding", negotiate.Gzip)
	var sent []*httptest.ResponseRecorder
	for _, p := range made {
		w := httptest.NewRecorder()
		p.send(w, r, nil)
		for key := range w.Header() {
			w.Header().Add(key, "more")
		}
		sent = append(sent, w)
	}
	for i, p := range made {
		w := httptest.NewRecorder()
		p.send(w, r, nil)
		if !bytes.Equal(w.Body.Bytes(), sent[i].Body.Bytes()) || decoded(t, w.Result()) != string(answers[i].plain) {
			t.Errorf("answer %d has another body the second time", i)
		}
		want := map[string]string{
			"Content-Type": typeHTML, "Cache-Control": cachePages, "Vary": "Accept-Encoding", "Content-Encoding": negotiate.Gzip,
			"Etag": negotiate.Tag(answers[i].tag, "quick-gzip"), "Content-Length": strconv.Itoa(sent[i].Body.Len()),
		}
		if len(w.Header()) != len(want) {
			t.Errorf("answer %d has the headers %v", i, w.Header())
		}
		for key, value := range want {
			if got := w.Header()[key]; !slices.Equal(got, []string{value}) {
				t.Errorf("answer %d has %s: %q, want %q alone", i, key, got, value)
			}
		}
	}
}

// TestIfMatch asks for a page on condition that it is still what the client has.
func TestIfMatch(t *testing.T) {
	t.Parallel()
	h, _ := realSite(t)
	for _, path := range []string{"/method", static.CSS.Path(), "/healthz", "/no-such-page"} {
		whole := serve(h, request("GET", path, ""))
		tag, fails := whole.Header.Get("Etag"), http.StatusPreconditionFailed
		if whole.StatusCode != http.StatusOK {
			fails = whole.StatusCode // which comes first
		}
		for _, tt := range []struct {
			wanted string
			status int
		}{
			{"*", whole.StatusCode},
			{`"another"`, fails},
			{"W/" + tag, fails},
		} {
			got := serve(h, request("GET", path, "", "If-Match", tt.wanted, "Range", "bytes=0-0"))
			if ok := got.StatusCode == tt.status || tt.status == 200 && got.StatusCode == 206; !ok {
				t.Errorf("%s, If-Match: %s = %d, want %d", path, tt.wanted, got.StatusCode, tt.status)
			}
			if got.StatusCode == http.StatusPreconditionFailed && (bodyOf(t, got) != "" || got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("Content-Security-Policy") == "") {
				t.Errorf("%s, If-Match: %s: 412 with %v, want no body, no-store and policies", path, tt.wanted, got.Header)
			}
		}
		if tag == "" {
			continue
		}
		if got := serve(h, request("GET", path, "", "If-Match", `"another", `+tag)).StatusCode; got != http.StatusOK {
			t.Errorf("%s, If-Match with its tag = %d, want 200", path, got)
		}
	}
}

// TestSpellings asks for pages by paths with percent-encoded letters, which are
// the same paths.
func TestSpellings(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	result := templates.ResultPath(c, c.Current().NoAnswers())
	for _, tt := range []struct {
		path   string
		status int
	}{
		{"/%6Dethod", 200},
		{"/nodejs%2Dvs%2dpython", 200},
		{strings.Replace(result, "/result/1", "/result/%31", 1), 200},
		{"/nodejs-vs-python%2Ftable", 404}, // an encoded slash parts nothing
		{"/%2e%2e/method", 404},
		{"/method%20", 404},
		{"/%6", 400},
	} {
		r := &http.Request{Method: "GET", Header: http.Header{}, RequestURI: tt.path, Host: "example.org"}
		var err error
		if r.URL, err = url.ParseRequestURI(tt.path); err != nil {
			if tt.status != 400 { // net/http answers by itself
				t.Errorf("%s: %v", tt.path, err)
			}
			continue
		}
		if got := serve(h, r).StatusCode; got != tt.status {
			t.Errorf("%s = %d, want %d", tt.path, got, tt.status)
		}
	}
}

// TestLongHost has an address that is too long before its path, which lies ready.
func TestLongHost(t *testing.T) {
	t.Parallel()
	h, _ := realSite(t)
	serve(h, request("GET", "/method", "")) // kept from now on
	r := request("GET", "/method", "")
	r.RequestURI = "http://" + strings.Repeat("a", 9000) + "/method"
	if got := serve(h, r).StatusCode; got != http.StatusRequestURITooLong {
		t.Errorf("address of 9,000 letters = %d, want 414", got)
	}
}

// TestRange asks for parts of a file and of a page, compressed and not, which
// have the tag of the whole, and for parts there are not.
func TestRange(t *testing.T) {
	t.Parallel()
	h, _ := realSite(t)
	for _, path := range []string{static.CSS.Path(), "/method"} {
		for _, coding := range []string{"", negotiate.Gzip} {
			whole := serve(h, request("GET", path, "", "Accept-Encoding", coding))
			body, tag := bodyOf(t, whole), whole.Header.Get("Etag")
			n := len(body)
			for _, tt := range []struct {
				method, asked, tag string
				status             int
				said, want         string
			}{
				{"GET", "bytes=0-99", "", 206, fmt.Sprintf("bytes 0-99/%d", n), body[:100]},
				{"GET", "bytes=100-", "", 206, fmt.Sprintf("bytes 100-%d/%d", n-1, n), body[100:]},
				{"GET", "bytes=-5", tag, 206, fmt.Sprintf("bytes %d-%d/%d", n-5, n-1, n), body[n-5:]},
				{"GET", "bytes=0-99", `"another"`, 200, "", body}, // the rest would not fit what the reader has
				{"GET", "lines=1-2", "", 200, "", body},
				{"GET", "bytes=0-1,3-4", "", 200, "", body},
				{"GET", "bytes=9-1", "", 200, "", body},
				{"GET", "bytes=-0", "", 200, "", body},
				{"GET", "bytes=", "", 200, "", body},
				{"GET", "bytes=-", "", 200, "", body},
				{"GET", "bytes=+1-2", "", 200, "", body},
				{"GET", "bytes=1-99999999999999999999", "", 200, "", body},
				{"GET", fmt.Sprintf("bytes=%d-", n), "", 200, "", body},
				{"GET", fmt.Sprintf("bytes=-%d", 2*n), "", 206, fmt.Sprintf("bytes 0-%d/%d", n-1, n), body},
				{"GET", fmt.Sprintf("bytes=0-%d", 2*n), "", 206, fmt.Sprintf("bytes 0-%d/%d", n-1, n), body},
				{"GET", "bytes=0-0", "", 206, fmt.Sprintf("bytes 0-0/%d", n), body[:1]},
				{"GET", fmt.Sprintf("bytes=%d-%d", n-1, n-1), "", 206, fmt.Sprintf("bytes %d-%d/%d", n-1, n-1, n), body[n-1:]},
				{"HEAD", "bytes=0-99", "", 200, "", ""},
			} {
				r := request(tt.method, path, "", "Accept-Encoding", coding, "Range", tt.asked)
				if tt.tag != "" {
					r.Header.Set("If-Range", tt.tag)
				}
				got := serve(h, r)
				if text := bodyOf(t, got); got.StatusCode != tt.status || text != tt.want || got.Header.Get("Content-Range") != tt.said {
					t.Errorf("%s %s, %q of %d bytes: %d, %q, %d bytes; want %d, %q, %d bytes",
						tt.method, path, tt.asked, n, got.StatusCode, got.Header.Get("Content-Range"), len(text), tt.status, tt.said, len(tt.want))
				}
				if got.StatusCode == 206 && (got.Header.Get("Etag") != tag || got.Header.Get("Content-Encoding") != coding) {
					t.Errorf("%s, %q: headers %v, want the tag %s", path, tt.asked, got.Header, tag)
				}
				if got.Header.Get("Content-Security-Policy") == "" {
					t.Errorf("%s, %q: headers %v", path, tt.asked, got.Header)
				}
				want := strconv.Itoa(len(tt.want))
				if tt.method == "HEAD" {
					want = strconv.Itoa(n)
				}
				if l := got.Header.Get("Content-Length"); l != want {
					t.Errorf("%s, %q: length %s, want %s", path, tt.asked, l, want)
				}
			}
		}
	}
}
