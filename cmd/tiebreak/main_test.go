package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// A safeBuffer may be written by the program while a test reads it.
type safeBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func environment(pairs ...string) func(string) string {
	return func(key string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == key {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// A running server, with what it has written.
type running struct {
	url            string
	stop           context.CancelFunc
	done           chan error
	stdout, stderr *safeBuffer
}

var addressLine = regexp.MustCompile(`Tiebreak is at (http://[^/\s]+)/\n`)

// start runs the program on a free port and waits until it says its address.
func start(t *testing.T, getenv func(string) string, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	p := &running{stop: cancel, done: make(chan error, 1), stdout: new(safeBuffer), stderr: new(safeBuffer)}
	go func() { p.done <- run(ctx, args, getenv, p.stdout, p.stderr) }()
	t.Cleanup(cancel)
	deadline := time.After(30 * time.Second)
	for {
		if m := addressLine.FindStringSubmatch(p.stdout.String()); m != nil {
			p.url = m[1]
			return p
		}
		select {
		case err := <-p.done:
			t.Fatalf("run(%q) = %v before it said its address", args, err)
		case <-deadline:
			t.Fatalf("run(%q) has not said its address", args)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (p *running) wait(t *testing.T) {
	t.Helper()
	select {
	case err := <-p.done:
		if err != nil {
			t.Errorf("run = %v after it was told to stop, want nil", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("run does not return after it was told to stop")
	}
}

func fetch(t *testing.T, url string) (int, string) {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
	res, err := client.Get(url)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Error(err)
	}
	return res.StatusCode, string(body)
}

// TestServe is not parallel: it counts goroutines.
func TestServe(t *testing.T) {
	// The first use of signals leaves one goroutine for good.
	_, stop := untilTold(t.Context())
	stop()
	before := runtime.NumGoroutine()
	p := start(t, environment("TIEBREAK_ADDR", "localhost:0"), "serve")
	if status, body := fetch(t, p.url+"/healthz"); status != 200 || body != "ok\n" {
		t.Errorf("/healthz = %d %q, want 200 ok", status, body)
	}
	if _, body := fetch(t, p.url+"/sitemap.xml"); !strings.Contains(body, "<loc>"+p.url+"/</loc>") {
		t.Errorf("sitemap does not use the address the server said: %s", body)
	}
	if status, _ := fetch(t, p.url+"/no/such/thing"); status != 404 {
		t.Errorf("unknown page = %d, want 404", status)
	}
	p.stop()
	p.wait(t)
	if _, err := net.DialTimeout("tcp", strings.TrimPrefix(p.url, "http://"), time.Second); err == nil {
		t.Error("the port still answers after the program returned")
	}
	if log := p.stderr.String(); !strings.Contains(log, `"msg":"request"`) || !strings.Contains(log, `"msg":"draining"`) {
		t.Errorf("log lacks requests or the drain: %s", log)
	}
	deadline := time.Now().Add(5 * time.Second)
	for runtime.NumGoroutine() > before && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	if now := runtime.NumGoroutine(); now > before {
		stacks := make([]byte, 1<<16)
		t.Errorf("%d goroutines before, %d after:\n%s", before, now, stacks[:runtime.Stack(stacks, true)])
	}
}

// TestServeDrains stops the server while a request is being answered.
func TestServeDrains(t *testing.T) {
	t.Parallel()
	began, release := make(chan bool), make(chan bool)
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(began)
		<-release
		_, _ = io.WriteString(w, "whole")
	})
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	draining, done := make(chan bool), make(chan error, 1)
	server := newServer(handler, slog.New(slog.DiscardHandler))
	go func() { done <- serve(ctx, server, listener, func() { close(draining) }) }()
	answer := make(chan string, 1)
	go func() {
		_, body := fetch(t, "http://"+listener.Addr().String())
		answer <- body
	}()
	<-began
	stop()
	<-draining
	select {
	case err := <-done:
		t.Errorf("serve = %v while a request was being answered", err)
	case <-time.After(100 * time.Millisecond):
	}
	close(release)
	if body := <-answer; body != "whole" {
		t.Errorf("answer = %q, want whole", body)
	}
	if err := <-done; err != nil {
		t.Errorf("serve = %v, want nil", err)
	}
}

func TestServeFlags(t *testing.T) {
	t.Parallel()
	p := start(t, environment("TIEBREAK_ADDR", "256.0.0.1:1", "TIEBREAK_BASE_URL", "https://example.org"),
		"serve", "--addr", "127.0.0.1:0", "--content", "../../content", "--contact", "mailto:editors@example.org")
	if !strings.HasPrefix(p.url, "http://127.0.0.1:") {
		t.Errorf("address = %s, want the one of the flag, not of its twin", p.url)
	}
	if _, body := fetch(t, p.url+"/robots.txt"); !strings.Contains(body, "https://example.org/sitemap.xml") {
		t.Errorf("robots.txt does not use the base URL: %s", body)
	}
	if _, body := fetch(t, p.url+"/nodejs-vs-python/sources"); !strings.Contains(body, `href="mailto:editors@example.org?subject=Correction%3A%20nodejs-vs-python%20fact%20`) {
		t.Error("no correction goes to the contact of the flag")
	}
	var out bytes.Buffer
	addr := strings.TrimPrefix(p.url, "http://")
	if err := run(t.Context(), []string{"healthcheck"}, environment("TIEBREAK_ADDR", addr), &out, &out); err != nil {
		t.Errorf("healthcheck = %v, want nil", err)
	}
	p.stop()
	p.wait(t)
	err := run(t.Context(), []string{"healthcheck", "--addr", addr}, environment(), &out, &out)
	if exitCode(err) != 1 {
		t.Errorf("healthcheck of a stopped server = %v, want exit code 1", err)
	}
}

func TestCommands(t *testing.T) {
	t.Parallel()
	broken := t.TempDir()
	taken, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { taken.Close() }) // after the parallel cases
	file := filepath.Join(broken, "a-file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		args   string
		env    []string
		code   int
		stdout string
		errors string
	}{
		{"nothing", "", nil, 2, "", `expected one of "serve", "check"`},
		{"unknown command", "bogus", nil, 2, "", "unexpected argument bogus"},
		{"unknown flag", "serve --bogus", nil, 2, "", "unknown flag --bogus"},
		{"flag without value", "serve --addr", nil, 2, "", "expected string value"},
		{"help", "--help", nil, 0, "Usage: tiebreak <command>", ""},
		{"help of serve", "serve --help", nil, 0, "$TIEBREAK_BASE_URL", ""},
		{"version", "version", nil, 0, "tiebreak ", ""},
		{"check", "check", nil, 0, "", ""},
		{"check of a folder", "check ../../content", nil, 0, "", ""},
		{"check long after", "check --today 2099-01-01", nil, 0, "content/", ""},
		{"check at no day", "check --today tomorrow", nil, 1, "", "not a day"},
		{"check of a broken folder", "check " + broken, nil, 1, broken + "/site.yaml: ", "problem"},
		{"check of no folder", "check " + broken + "/none", nil, 1, "", "no such file"},
		{"check of a file", "check " + file, nil, 1, "", "is a file"},
		{"serve a broken folder", "serve", []string{"TIEBREAK_CONTENT", broken}, 1, "", "site.yaml"},
		{"serve at a taken address", "serve --addr " + taken.Addr().String(), nil, 1, "", "address already in use"},
		{"serve at no address", "serve", []string{"TIEBREAK_ADDR", "here"}, 1, "", "missing port"},
		{"serve promising HTTPS without it", "serve --addr localhost:0 --preload-https", nil, 1, "", "https"},
		{"serve for no base URL", "serve --addr localhost:0 --base-url example.org", nil, 1, "", "base URL"},
		{"serve with no contact", "serve --addr localhost:0 --contact www.example.org", nil, 1, "", "contact must begin with mailto: or https://"},
		{"release without a folder", "edition release nodejs-vs-python 1", nil, 1, "", "--content"},
		{"release without a number", "edition release nodejs-vs-python", nil, 2, "", "<number>"},
		{"release of a word", "edition release nodejs-vs-python one", nil, 2, "", "number"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			var stdout, stderr bytes.Buffer
			err := run(ctx, strings.Fields(tt.args), environment(tt.env...), &stdout, &stderr)
			if got := exitCode(err); got != tt.code {
				t.Errorf("exit code = %d, want %d (%v)", got, tt.code, err)
			}
			if !strings.Contains(stdout.String(), tt.stdout) {
				t.Errorf("stdout = %q, want %q in it", stdout.String(), tt.stdout)
			}
			if tt.errors != "" && (err == nil || !strings.Contains(err.Error(), tt.errors)) {
				t.Errorf("error = %v, want %q in it", err, tt.errors)
			}
		})
	}
}

// TestRelease releases an edition in a copy of the content, where a second
// release of it is then refused.
func TestRelease(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	lock := filepath.Join(dir, "nodejs-vs-python", "editions", "lock.yaml")
	if err := os.WriteFile(lock, []byte("editions: []\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	release := func(number string) error {
		args := []string{"edition", "release", "nodejs-vs-python", number}
		return run(t.Context(), args, environment("TIEBREAK_CONTENT", dir), io.Discard, io.Discard)
	}
	if err := release("99"); exitCode(err) != exitUsage {
		t.Errorf("release of an unknown edition = %v, want exit code 2", err)
	}
	if err := release("1"); err != nil {
		t.Fatalf("release = %v", err)
	}
	if err := release("1"); exitCode(err) != 1 || !strings.Contains(err.Error(), "is released") {
		t.Errorf("second release = %v, want it refused", err)
	}
	if err := run(t.Context(), []string{"check", dir}, environment(), io.Discard, io.Discard); err != nil {
		t.Errorf("check after the release = %v", err)
	}
}

func TestLocalURL(t *testing.T) {
	t.Parallel()
	listening := &net.TCPAddr{IP: net.IPv4zero, Port: 9000}
	for addr, want := range map[string]string{
		":0":               "http://localhost:9000",
		"0.0.0.0:9000":     "http://localhost:9000",
		"[::]:9000":        "http://localhost:9000",
		"localhost:0":      "http://localhost:9000",
		"127.0.0.1:9000":   "http://127.0.0.1:9000",
		"[::1]:9000":       "http://[::1]:9000",
		"example.org:9000": "http://example.org:9000",
	} {
		if got := localURL(addr, listening); got != want {
			t.Errorf("localURL(%q) = %q, want %q", addr, got, want)
		}
	}
}
