package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
)

// A lockedBuffer takes the log of a server while a test reads it.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write implements io.Writer.
func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

// String returns what was written so far.
func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// A brokenWriter fails after some bytes, like a connection whose reader left.
type brokenWriter struct {
	header http.Header
	left   int
}

// Header implements http.ResponseWriter.
func (w *brokenWriter) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter.
func (w *brokenWriter) WriteHeader(int) {}

// Write implements http.ResponseWriter.
func (w *brokenWriter) Write(b []byte) (int, error) {
	n := min(w.left, len(b))
	w.left -= n
	if n < len(b) {
		return n, errors.New("connection reset by peer")
	}
	return n, nil
}

// TestWriteErrorHalfway answers over connections that break at any place. That
// is no error of ours, and the next reader gets the whole page.
func TestWriteErrorHalfway(t *testing.T) {
	t.Parallel()
	var log lockedBuffer
	c := testConfig(t)
	c.Log = slog.New(slog.NewJSONHandler(&log, nil))
	h := testSite(t, c)
	for _, path := range []string{"/", "/test/page", "/" + slug, "/no/such/thing", "/test/error", "/test/panic"} {
		whole := bodyOf(t, get(h, path))
		for _, left := range []int{0, 1, 100, len(whole) - 1} {
			for _, coding := range []string{"", "gzip", "br"} {
				h.ServeHTTP(&brokenWriter{http.Header{}, left}, request("GET", path, "", "Accept-Encoding", coding))
			}
		}
		if again := bodyOf(t, get(h, path)); len(again) != len(whole) {
			t.Errorf("%s has %d bytes after broken connections, had %d", path, len(again), len(whole))
		}
	}
	if text := log.String(); strings.Contains(text, "connection reset") {
		t.Error("a reader who left is logged as an error")
	}
}

// TestClientGone opens connections and cuts them while a page is on its way.
// Nothing is left of them, and others are answered.
func TestClientGone(t *testing.T) {
	t.Parallel()
	var log lockedBuffer
	c := testConfig(t)
	c.Log = slog.New(slog.NewJSONHandler(&log, nil))
	s, err := newServer(c)
	if err != nil {
		t.Fatal(err)
	}
	var under sync.WaitGroup
	site := httptest.NewServer(s.handler(func(r chi.Router) {
		s.routes(r)
		r.Get("/test/large", func(w http.ResponseWriter, r *http.Request) {
			under.Add(1)
			defer under.Done()
			prepare(s.newResponse(http.StatusOK, typeHTML, bytes.Repeat([]byte("x"), 16<<20))).send(w, r, nil)
		})
	}))
	t.Cleanup(site.Close)
	for range 20 {
		conn, err := net.Dial("tcp", site.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(conn, "GET /test/large HTTP/1.1\r\nHost: a\r\n\r\n")
		if _, err := io.ReadFull(conn, make([]byte, 100)); err != nil {
			t.Fatal(err)
		}
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // cut, not closed
		}
		conn.Close()
	}
	gone := make(chan struct{})
	go func() { under.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(20 * time.Second):
		t.Fatal("handlers still write to readers who left")
	}
	res, err := site.Client().Get(site.URL + "/")
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("page after readers left = %v, %v", res, err)
	}
	res.Body.Close()
	if text := log.String(); strings.Contains(text, `"level":"ERROR"`) || strings.Contains(text, "127.0.0.1") {
		t.Errorf("log of readers who left: %s", text)
	}
}
