package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"tiebreak/internal/compare"
	"tiebreak/internal/negotiate"
	"tiebreak/templates"
)

// BenchmarkResultPage asks the whole handler, every middleware included, with
// no network in between, so that what is allocated is the site's own work.
func BenchmarkResultPage(b *testing.B) {
	h, c := benchSite(b)
	for _, bench := range []struct {
		name   string
		accept string
		code   func(n int) compare.Answers
	}{
		{"distinct/plain", "", func(n int) compare.Answers { return distinct(c.Current(), n) }},
		{"distinct/gzip", negotiate.Gzip, func(n int) compare.Answers { return distinct(c.Current(), n) }},
		{"repeated/plain", "", func(int) compare.Answers { return distinct(c.Current(), 12345) }},
		{"repeated/gzip", negotiate.Gzip, func(int) compare.Answers { return distinct(c.Current(), 12345) }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			// More paths than the cache keeps: by the time one comes again it is
			// gone.
			r := make([]*http.Request, 4*cachedResults)
			for n := range r {
				r[n] = httptest.NewRequest(http.MethodGet, templates.ResultPath(c, bench.code(n)), nil)
				r[n].Header.Set("Accept-Encoding", bench.accept)
			}
			w := &discardWriter{header: http.Header{}}
			for _, r := range r {
				h.ServeHTTP(w, r) // lays out the draws, fills the pools
			}
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				clear(w.header)
				h.ServeHTTP(w, r[n%len(r)])
				n++
			}
		})
	}
}
