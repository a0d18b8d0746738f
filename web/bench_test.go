package web

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
	"tiebreak/templates"
)

// The benchmarks ask a real server over loopback with several connections, so
// that a result page can be set beside a handler that does nothing but write
// the same number of bytes. Compare them within one run.

func BenchmarkBare(b *testing.B) {
	body := make([]byte, 40_000)
	benchServer(b, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", typeHTML)
		_, _ = w.Write(body)
	}), func(int) string { return "/" })
}

func BenchmarkResultDistinct(b *testing.B) {
	h, c := benchSite(b)
	benchServer(b, h, func(n int) string { return templates.ResultPath(c, distinct(c.Current(), n)) })
}

func BenchmarkResultRepeated(b *testing.B) {
	h, c := benchSite(b)
	path := templates.ResultPath(c, distinct(c.Current(), 12345))
	benchServer(b, h, func(int) string { return path })
}

func BenchmarkArticle(b *testing.B) {
	h, c := benchSite(b)
	path := templates.ArticlePath(c)
	benchServer(b, h, func(int) string { return path })
}

// BenchmarkCachedPages is what the site adds to a page that is kept: everything but
// the network, with the log and the counts of a site in service.
func BenchmarkCachedPages(b *testing.B) {
	pages, err := realCatalog()
	if err != nil {
		b.Fatal(err)
	}
	c := benchConfig(pages)
	c.Log = slog.New(slog.NewJSONHandler(io.Discard, nil))
	if c.Metrics, err = NewMetrics(prometheus.NewRegistry()); err != nil {
		b.Fatal(err)
	}
	h, err := New(c)
	if err != nil {
		b.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, "/"+slug, http.NoBody)
	r.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(&discardWriter{header: make(http.Header, 20)}, r)
	}
}

// BenchmarkDecide computes decisions on the real content, nothing rendered.
func BenchmarkDecide(b *testing.B) {
	_, c := benchSite(b)
	m := score.New(c.Current())
	m.Decide(distinct(c.Current(), 1)) // lays out the draws
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		m.Decide(distinct(c.Current(), n))
	}
}

func benchSite(b *testing.B) (http.Handler, *compare.Comparison) {
	b.Helper()
	pages, err := realCatalog()
	if err != nil {
		b.Fatal(err)
	}
	c, err := pages.Get(slug)
	if err != nil {
		b.Fatal(err)
	}
	h, err := New(benchConfig(pages))
	if err != nil {
		b.Fatal(err)
	}
	return h, c
}

// distinct returns the n-th of many different answers, reading n as a number
// whose digits are the choices.
func distinct(e *compare.Edition, n int) compare.Answers {
	a := e.NoAnswers()
	for _, q := range e.Asked() {
		offered := q.Offered()
		ch := offered[n%len(offered)]
		n = n/len(offered) + 1
		ans := compare.Answer{Choice: ch.Number}
		if q.Fixed != nil {
			ans.Importance = *q.Fixed
		}
		a = a.With(q.Slot, ans)
	}
	return a
}

// benchServer asks for path(0), path(1) and so on, and reports requests a second.
func benchServer(b *testing.B, h http.Handler, path func(int) string) {
	srv := httptest.NewServer(h)
	b.Cleanup(srv.Close)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}}
	b.Cleanup(client.CloseIdleConnections)
	var n atomic.Int64
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := fetch(client, srv.URL+path(int(n.Add(1)))); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
}

func fetch(client *http.Client, address string) error {
	res, err := client.Get(address)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", address, res.Status)
	}
	_, err = io.Copy(io.Discard, res.Body)
	return err
}
