package web

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
)

// logged answers the request and returns what was logged about it.
func logged(t *testing.T, r *http.Request) (*http.Response, []map[string]any) {
	t.Helper()
	var buf bytes.Buffer
	c := testConfig(t)
	c.Log = slog.New(slog.NewJSONHandler(&buf, nil))
	w := httptest.NewRecorder()
	testSite(t, c).ServeHTTP(w, r)
	var lines []map[string]any
	for line := range bytes.Lines(buf.Bytes()) {
		var fields map[string]any
		if err := json.Unmarshal(line, &fields); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fields)
	}
	return w.Result(), lines
}

func messages(lines []map[string]any) []string {
	var msgs []string
	for _, line := range lines {
		msg, _ := line["msg"].(string)
		msgs = append(msgs, msg)
	}
	return msgs
}

func TestAccessLog(t *testing.T) {
	t.Parallel()
	res, lines := logged(t, request("GET", "/test/secret/my-answers?team=js", "", "User-Agent", "spy"))
	if len(lines) != 1 {
		t.Fatalf("%d log lines, want 1: %v", len(lines), lines)
	}
	got := lines[0]
	for key, want := range map[string]any{
		"msg": "request", "method": "GET", "route": "/test/secret/{answers}", "status": 200.0, "bytes": 2.0,
		"id": res.Header.Get("X-Request-Id"), "duration": 0.0,
	} {
		if got[key] != want {
			t.Errorf("log field %s = %v, want %v", key, got[key], want)
		}
	}
	all, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"my-answers", "team", "192.0.2.1", "spy"} {
		if strings.Contains(string(all), secret) {
			t.Errorf("log line holds %q: %s", secret, all)
		}
	}
}

func TestLogOfFailures(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		path string
		want []string
	}{
		{"/test/error", []string{"request failed", "request"}},
		{"/test/broken-page", []string{"request failed", "request"}},
		{"/test/panic", []string{"panic", "request"}},
		{"/test/missing", []string{"request"}},
		{"/no/such/thing", []string{"request"}},
		{"/healthz", nil},
	} {
		_, lines := logged(t, request("GET", tt.path, ""))
		if got := messages(lines); !slices.Equal(got, tt.want) {
			t.Errorf("GET %s logs %q, want %q", tt.path, got, tt.want)
		}
	}
}

func TestPanicIsLoggedWithStack(t *testing.T) {
	t.Parallel()
	_, lines := logged(t, request("GET", "/test/panic", ""))
	stack, _ := lines[0]["stack"].(string)
	if lines[0]["panic"] != "secret detail" || !strings.Contains(stack, "web_test.go") {
		t.Errorf("log of a panic lacks its value or stack: %v", lines[0])
	}
}

func TestInventedMethodIsNotLogged(t *testing.T) {
	t.Parallel()
	_, lines := logged(t, request("SECRET", "/healthz", ""))
	if got := lines[0]["method"]; got != "other" {
		t.Errorf("method logged = %v, want other", got)
	}
}

func TestReaderWhoLeft(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var buf bytes.Buffer
	c := testConfig(t)
	c.Log = slog.New(slog.NewJSONHandler(&buf, nil))
	s, err := newServer(c)
	if err != nil {
		t.Fatal(err)
	}
	h := s.front(dispatcher{s, nil}.handle(func(r *http.Request, _ *bytes.Buffer) (response, error) {
		return response{}, r.Context().Err()
	}))
	w := abandon(t, h, request("GET", "/", "").WithContext(ctx))
	if w.Body.Len() > 0 {
		t.Errorf("wrote %q to a reader who left", w.Body)
	}
	if got := buf.String(); !strings.Contains(got, `"status":499`) || strings.Contains(got, "ERROR") {
		t.Errorf("log = %s, want status 499 and no error", got)
	}
}

// abandon asks for somebody who leaves before there is an answer. The handler
// must cut the connection: if it returned, net/http would send an empty 200.
func abandon(t *testing.T, h http.Handler, r *http.Request) (w *httptest.ResponseRecorder) {
	t.Helper()
	w = httptest.NewRecorder()
	defer func() {
		if v := recover(); v != http.ErrAbortHandler {
			t.Errorf("the handler ended with %v, want %v", v, http.ErrAbortHandler)
		}
	}()
	h.ServeHTTP(w, r)
	return w
}

// TestErrorOfReaderWhoLeft has a page that is not there asked for by somebody who
// does not wait for the answer: that is no fault of ours.
func TestErrorOfReaderWhoLeft(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	res, lines := logged(t, request("GET", "/no/such/thing", "").WithContext(ctx))
	if got := messages(lines); res.StatusCode != http.StatusNotFound || len(got) != 1 {
		t.Errorf("status %d, log %q; want 404 and one line", res.StatusCode, got)
	}
}

// TestBrokenForm sends a form whose rest never comes. What net/http says of that
// names both ends of the connection.
func TestBrokenForm(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	c := testConfig(t)
	c.Log = slog.New(slog.NewJSONHandler(&log, nil))
	h := testSite(t, c)
	ended := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(ended)
		h.ServeHTTP(w, r)
	}))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.WriteString(conn, "POST /"+slug+"/questions HTTP/1.1\r\nHost: a\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nteam=js")
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).SetLinger(0); err != nil { // ends with a reset
		t.Fatal(err)
	}
	_ = conn.Close()
	<-ended
	if got := log.String(); strings.Contains(got, "127.0.0.1") || strings.Contains(got, "ERROR") || !strings.Contains(got, `"status":499`) {
		t.Errorf("log = %s, want status 499, no error and no address", got)
	}
}

// TestWarmUpGoesOn makes pages in the background of which one panics: the program
// must live, and the others be made.
func TestWarmUpGoesOn(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	warm := make(chan struct{})
	c.WarmUntil = warm
	s, err := newServer(c)
	if err != nil {
		t.Fatal(err)
	}
	s.assets = nil // compressing them takes seconds
	asked := 0
	s.warmUp(func(r chi.Router) {
		r.Get("/*", func(http.ResponseWriter, *http.Request) {
			asked++
			panic("broken page")
		})
	})
	if want := len(s.listed()); asked != want || want < 10 {
		t.Errorf("%d pages were made, want all %d", asked, want)
	}
}
