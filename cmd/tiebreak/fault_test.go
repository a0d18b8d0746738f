package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// A roundRobin is a balancer without retries. As balancers do, it asks each of
// its two servers for its readiness, and sends readers only where that is said.
type roundRobin struct {
	mu      sync.Mutex
	servers [2]string
	ready   [2]bool
	next    int
}

func (b *roundRobin) set(i int, url string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.servers[i], b.ready[i] = url, false
}

func (b *roundRobin) server(i int) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.servers[i]
}

func (b *roundRobin) isReady(i int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ready[i]
}

// probe asks for readiness until the test ends.
func (b *roundRobin) probe(done <-chan struct{}) {
	client := http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for {
		for i := range b.servers {
			server, ok := b.server(i), false
			if res, err := client.Get(server + "/readyz"); err == nil {
				ok = res.StatusCode == http.StatusOK
				res.Body.Close()
			}
			b.mu.Lock()
			if b.servers[i] == server {
				b.ready[i] = ok
			}
			b.mu.Unlock()
		}
		select {
		case <-done:
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (b *roundRobin) pick() *url.URL {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next++
	i := b.next % 2
	if !b.ready[i] {
		i = 1 - i
	}
	u, err := url.Parse(b.servers[i])
	if err != nil {
		panic(err)
	}
	return u
}

// balance returns the address of a balancer in front of the two.
func balance(t *testing.T, b *roundRobin) string {
	t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: 32}
	proxy := &httputil.ReverseProxy{
		Transport: noRetries{transport},
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(b.pick())
			r.Out.Host = r.In.Host
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			http.Error(w, err.Error(), http.StatusBadGateway)
		},
	}
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: proxy, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() {
		server.Close()
		transport.CloseIdleConnections()
	})
	return "http://" + listener.Addr().String()
}

// noRetries makes Go's transport send each request once: it would repeat one
// whose body it can read again.
type noRetries struct{ *http.Transport }

// RoundTrip implements http.RoundTripper.
func (t noRetries) RoundTrip(r *http.Request) (*http.Response, error) {
	once := r.Clone(r.Context())
	once.GetBody = nil
	if once.Body == nil || once.Body == http.NoBody {
		once.Body = io.NopCloser(strings.NewReader("")) // one that cannot be read again
	}
	return t.Transport.RoundTrip(once)
}

// TestRollingRestarts restarts two servers behind a balancer, in turn and six
// times in all, while readers ask for pages and send forms. None of them fails.
// The long run of this, behind nginx, is `make soak`.
func TestRollingRestarts(t *testing.T) {
	t.Parallel()
	dir, _ := smallContent(t)
	launch := func() *running {
		return start(t, environment("TIEBREAK_ADDR", "localhost:0", "TIEBREAK_POSTS", "0", "TIEBREAK_DRAIN_DELAY", "2s"),
			"serve", "--content", dir, "--base-url", "http://tiebreak.test")
	}
	b := new(roundRobin)
	servers := [2]*running{launch(), launch()}
	done := make(chan struct{})
	for i, s := range servers {
		b.set(i, s.url)
	}
	go b.probe(done)
	front := balance(t, b)
	waitReady := func(i int) {
		for deadline := time.Now().Add(20 * time.Second); !b.isReady(i); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("server %d is never ready", i)
			}
		}
	}
	waitReady(0)
	waitReady(1)

	var asked, failed atomic.Int64
	var readers sync.WaitGroup
	for n := range 4 {
		readers.Go(func() {
			client := http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			for i := n; ; i++ {
				select {
				case <-done:
					return
				default:
				}
				asked.Add(1)
				if err := readOrPost(&client, front, i); err != nil && failed.Add(1) < 5 {
					t.Errorf("request %d: %v", i, err)
				}
			}
		})
	}
	for i := range 6 {
		time.Sleep(50 * time.Millisecond)
		old := servers[i%2]
		old.stop()
		old.wait(t)
		servers[i%2] = launch()
		b.set(i%2, servers[i%2].url)
		waitReady(i % 2)
	}
	close(done)
	readers.Wait()
	t.Logf("%d of %d requests failed in six restarts", failed.Load(), asked.Load())
	if failed.Load() > 0 || asked.Load() < 100 {
		t.Errorf("%d of %d requests failed, want none of at least 100", failed.Load(), asked.Load())
	}
}

// readOrPost sends one request of a mix and says what was wrong with its answer.
func readOrPost(client *http.Client, base string, i int) error {
	paths := []string{"/", "/red-vs-blue", "/red-vs-blue/questions", "/method"}
	want := http.StatusOK
	res, err := func() (*http.Response, error) {
		if i%3 == 0 {
			want = http.StatusSeeOther
			return client.Post(base+"/red-vs-blue/questions", "application/x-www-form-urlencoded", strings.NewReader(""))
		}
		return client.Get(base + paths[i%len(paths)])
	}()
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	// A form without answers is sent back with what is missing.
	if res.StatusCode != want && (want != http.StatusSeeOther || res.StatusCode != http.StatusUnprocessableEntity) {
		return fmt.Errorf("%s, want %d: %.200s", res.Status, want, body)
	}
	return nil
}

// TestReleaseOnFullDisk has the lock file written where no space is left, and
// where nothing may be written: the old one stays as it was, and nothing else.
func TestReleaseOnFullDisk(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]func(t *testing.T, file string){
		"full": func(t *testing.T, file string) {
			if _, err := os.Stat("/dev/full"); err != nil {
				if runtime.GOOS == "linux" {
					t.Fatal(err)
				}
				t.Skip("no device that is always full")
			}
			if err := os.Symlink("/dev/full", file+".new"); err != nil {
				t.Fatal(err)
			}
		},
		"read-only": func(t *testing.T, file string) {
			if os.Geteuid() == 0 { // who may write everywhere but over a folder
				if err := os.Mkdir(file+".new", 0o700); err != nil {
					t.Fatal(err)
				}
				return
			}
			if err := os.Chmod(filepath.Dir(file), 0o500); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(filepath.Dir(file), 0o700) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, _ := smallContent(t)
			file := filepath.Join(dir, "red-vs-blue", "editions", "lock.yaml")
			before, err := os.ReadFile(file)
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			fault(t, file)
			if err := replaceFile(file, []byte("locked: everything\n")); err == nil {
				t.Fatal("replaceFile = nil though nothing can be written")
			}
			after, err := os.ReadFile(file)
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			if string(after) != string(before) {
				t.Errorf("lock file became %q, was %q", after, before)
			}
			if info, err := os.Lstat(file + ".new"); err == nil && !info.IsDir() {
				t.Errorf("%s was left behind", info.Name())
			}
		})
	}
}

// TestSlowClients has 300 clients that never finish their request. Each is cut
// within 12 seconds, and meanwhile others are answered.
func TestSlowClients(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for time-outs")
	}
	t.Parallel()
	dir, _ := smallContent(t)
	p := start(t, environment("TIEBREAK_ADDR", "localhost:0"), "serve", "--content", dir)
	var slow sync.WaitGroup
	for i := range 300 {
		conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		opened := time.Now()
		slow.Go(func() {
			defer conn.Close()
			// Half of them stop in the headers, half in the form.
			fmt.Fprint(conn, []string{
				"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ",
				"POST /red-vs-blue/questions HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na=",
			}[i%2])
			_ = conn.SetReadDeadline(opened.Add(20 * time.Second))
			if _, err := io.Copy(io.Discard, conn); err != nil && os.IsTimeout(err) {
				t.Errorf("client %d is still connected after 20s", i)
			}
			if took := time.Since(opened); took > 12*time.Second {
				t.Errorf("client %d was cut after %v, want within 12s", i, took)
			}
		})
	}
	cut := make(chan struct{})
	go func() { slow.Wait(); close(cut) }()
	client, asked := http.Client{Timeout: 5 * time.Second}, 0
	for worst := time.Duration(0); ; asked++ {
		select {
		case <-cut:
			t.Logf("%d requests beside 300 slow clients, the slowest took %v", asked, worst)
			p.stop()
			p.wait(t)
			if log := p.stderr.String(); strings.Contains(log, "127.0.0.1") || strings.Contains(log, "ERROR") || strings.Contains(log, `"status":500`) {
				t.Errorf("the log of clients who were cut has an error or an address:\n%s", log)
			}
			return
		case <-time.After(10 * time.Millisecond):
		}
		before := time.Now()
		if err := readOrPost(&client, p.url, 3*asked+1); err != nil {
			t.Errorf("request beside slow clients: %v", err)
		}
		worst = max(worst, time.Since(before))
	}
}

// logPipe starts the program with its log on a pipe, whose reading end it returns.
func logPipe(t *testing.T) (*process, *os.File) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { read.Close() })
	defer write.Close()
	return spawnTo(t, write, nil, "serve"), read
}

// TestLogReaderStopped has nobody read the log: its pipe fills, every reader of
// the site is answered all the same, and the program ends when it is told to.
func TestLogReaderStopped(t *testing.T) {
	t.Parallel()
	p, _ := logPipe(t)
	for i := range 2000 { // more than a pipe and all that is held can take
		if status, _ := fetch(t, p.url+"/robots.txt"); status != http.StatusOK {
			t.Fatalf("request %d = %d, want 200", i, status)
		}
	}
	p.signal(t, syscall.SIGTERM)
	ended := make(chan error, 1)
	go func() { ended <- p.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("the program ended with %v, want 0", err)
		}
	case <-time.After(20 * time.Second):
		t.Error("the program does not end")
	}
}

// TestLogReaderGone has what reads the log end: the site goes on.
func TestLogReaderGone(t *testing.T) {
	t.Parallel()
	p, log := logPipe(t)
	log.Close()
	for range 3 {
		if status, _ := fetch(t, p.url+"/"); status != http.StatusOK {
			t.Fatalf("page without a reader of the log = %d, want 200", status)
		}
		time.Sleep(2 * logDelay) // until its line was to be written
	}
	p.signal(t, syscall.SIGTERM)
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the program ended with %v, want 0", err)
	}
}

// TestWholeServer asks for the server as such, which net/http would answer by
// itself, without a policy.
func TestWholeServer(t *testing.T) {
	t.Parallel()
	p := spawn(t, nil, "serve")
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "OPTIONS * HTTP/1.1\r\nHost: %s\r\n\r\n", "example.org")
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusNotFound || res.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("OPTIONS * = %d with %v, want 404 with policies", res.StatusCode, res.Header)
	}
}

// TestReloadForgetsNoPosts reads the content again after somebody sent as many
// forms as allowed.
func TestReloadForgetsNoPosts(t *testing.T) {
	t.Parallel()
	dir, change := smallContent(t)
	p := spawn(t, nil, "serve", "--content", dir, "--posts", "1")
	post := func() int {
		client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		res, err := client.PostForm(p.url+"/red-vs-blue/questions", nil)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
	if got := post(); got != http.StatusSeeOther {
		t.Fatalf("first form = %d, want 303", got)
	}
	change("red-vs-blue/comparison.yaml", "title: ", "title: Newer ")
	p.signal(t, syscall.SIGHUP)
	eventually(t, p.url+"/red-vs-blue", "Newer ")
	if got := post(); got != http.StatusTooManyRequests {
		t.Errorf("second form, after the content was read again = %d, want 429", got)
	}
}
