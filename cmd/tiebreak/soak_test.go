package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// soakRequests is how many requests a soak sends; without it there is none.
func soakRequests(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("TIEBREAK_SOAK"))
	if err != nil || n <= 0 {
		t.Skip("runs with TIEBREAK_SOAK=requests: make soak")
	}
	return n
}

// gauge reads one value of the program's metrics.
func gauge(t *testing.T, metrics, name string) float64 {
	t.Helper()
	_, body := fetch(t, metrics)
	for line := range strings.Lines(body) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			v, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
	}
	t.Fatalf("no metric %s", name)
	return 0
}

// mixed sends the i-th of a mix of requests and says what is wrong with its answer.
func mixed(client *http.Client, base string, results []string, i int) error {
	const slug = "/nodejs-vs-python"
	result := results[rand.IntN(len(results))]
	want, path, form := 200, "/", io.Reader(nil)
	switch i % 16 {
	case 0:
		path = slug
	case 1:
		path = slug + "/table"
	case 2:
		path = slug + "/sources"
	case 3:
		path = slug + "/questions"
	case 4, 5, 6, 7:
		path = result
	case 8:
		path = result + []string{".json", ".csv", ".md", ".svg"}[i/16%4]
	case 9:
		path, want, form = slug+"/questions", 303, strings.NewReader("team=js&load=requests")
	case 10:
		path, want = slug+"/score?team=js&load=requests.high", 303
	case 11:
		path = slug + "/together?r=" + filepath.Base(result) + "&r=" + filepath.Base(results[i%len(results)])
	case 12:
		path, want = result+"x", 404
	case 13:
		path, want = "/no/such/page", 404
	case 14:
		path = []string{"/feed.atom", "/sitemap.xml", "/about", "/readyz"}[i/16%4]
	}
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	req, err := http.NewRequest(method, base+path, form)
	if err != nil {
		return err
	}
	req.Header.Set("Accept-Encoding", []string{"", "gzip", "br, gzip"}[i%3])
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := client.Transport.RoundTrip(req)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	// Two equal codes are no comparison, and crowds at cards are turned away.
	if res.StatusCode != want && (i%16 != 11 || res.StatusCode != 422) && !(want == 303 && res.StatusCode == 422) && res.StatusCode != 503 {
		return fmt.Errorf("%s %s = %d, want %d", method, path, res.StatusCode, want)
	}
	return nil
}

// TestSoak sends a mix of requests and compares goroutines and the memory that
// survives collections at the beginning and at the end.
func TestSoak(t *testing.T) {
	n := soakRequests(t)
	p := spawn(t, []string{"TIEBREAK_POSTS=0"}, "serve", "--metrics-addr", "localhost:0")
	metrics := p.metrics(t)
	results := distinctResults(t, 700) // more than are kept
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}

	send := func(from, to int) {
		var next, failed atomic.Int64
		next.Store(int64(from))
		var workers sync.WaitGroup
		for range 8 {
			workers.Go(func() {
				for {
					i := int(next.Add(1)) - 1
					if i >= to {
						return
					}
					if err := mixed(client, p.url, results, i); err != nil && failed.Add(1) < 10 {
						t.Error(err)
					}
				}
			})
		}
		workers.Wait()
	}
	// One part in ten warms up: caches fill, pages are compressed.
	send(0, n/10)
	rest := func() float64 {
		client.CloseIdleConnections()
		time.Sleep(500 * time.Millisecond)
		return gauge(t, metrics, "go_goroutines")
	}
	goroutines := rest()
	var live []float64
	const parts = 18
	begin := time.Now()
	for part := range parts {
		send(n/10+part*(n-n/10)/parts, n/10+(part+1)*(n-n/10)/parts)
		live = append(live, gauge(t, metrics, "go_gc_heap_live_bytes"))
	}
	rate := float64(n-n/10) / time.Since(begin).Seconds()
	after := rest()
	first, last := median(live[:6]), median(live[12:])
	t.Logf("%d requests, %.0f a second; goroutines %.0f, then %.0f; live heap %.1f MB, then %.1f MB; resident %.0f MB",
		n, rate, goroutines, after, first/1e6, last/1e6, gauge(t, metrics, "process_resident_memory_bytes")/1e6)
	if after > goroutines {
		t.Errorf("%.0f goroutines after the soak, %.0f before", after, goroutines)
	}
	if last > 1.1*first {
		t.Errorf("live heap %.1f MB after the soak, %.1f MB before: more than a tenth", last/1e6, first/1e6)
	}
}

func median(values []float64) float64 {
	s := slices.Sorted(slices.Values(values))
	return s[len(s)/2]
}

// TestSoakCrowd holds 8,000 idle connections and 300 slow ones, while readers
// are answered.
func TestSoakCrowd(t *testing.T) {
	soakRequests(t)
	const idle, slow = 8000, 300
	p := spawn(t, nil, "serve", "--metrics-addr", "localhost:0")
	metrics := p.metrics(t)
	results := distinctResults(t, 50)
	client := &http.Client{Transport: &http.Transport{}}
	for i := range 2000 {
		if err := mixed(client, p.url, results, i*16+i%8); err != nil {
			t.Fatal(err)
		}
	}
	before := gauge(t, metrics, "process_resident_memory_bytes")
	var held []net.Conn
	for range idle {
		conn, _ := ask(t, p.url, "/livez")
		held = append(held, conn)
	}
	each := (gauge(t, metrics, "process_resident_memory_bytes") - before) / idle
	for i := range slow {
		conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: a\r\nX-Slow-%d: ", i)
		held = append(held, conn)
	}
	begin := time.Now()
	var took []float64
	for i := 0; time.Since(begin) < 12*time.Second; i++ {
		start := time.Now()
		if err := mixed(client, p.url, results, i*16+i%8); err != nil {
			t.Fatal(err)
		}
		took = append(took, time.Since(start).Seconds())
		time.Sleep(5 * time.Millisecond)
	}
	cut := 0
	for _, conn := range held[idle:] {
		_ = conn.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
		if _, err := io.Copy(io.Discard, conn); err == nil || !os.IsTimeout(err) {
			cut++
		}
	}
	for _, conn := range held {
		conn.Close()
	}
	slices.Sort(took)
	p99 := took[len(took)*99/100]
	t.Logf("%d idle connections take %.1f KiB each; %d of %d slow clients cut within 12s; p99 of %d readers %.1f ms",
		idle, each/1024, cut, slow, len(took), p99*1000)
	if each > 24<<10 || cut < slow || p99 > 0.05 {
		t.Error("want at most 24 KiB for an idle connection, all slow clients cut, and p99 under 50 ms")
	}
}

// documented returns the example that docs/operating.md gives for a program.
func documented(t *testing.T, program string) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/operating.md")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)```" + program + "\n(.*?)```").FindSubmatch(text)
	if m == nil {
		t.Fatalf("docs/operating.md has no example for %s", program)
	}
	return string(m[1])
}

// proxyProgram returns the path of a proxy. A soak that was asked for fails where
// there is none.
func proxyProgram(t *testing.T, name string) string {
	t.Helper()
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	path := "/usr/sbin/" + name // not on everybody's path
	if !exists(path) {
		t.Fatalf("no %s here: tools/need.sh soak installs it, the soak runs the example of docs/operating.md with it", name)
	}
	return path
}

// startProxy starts a proxy and waits until it listens.
func startProxy(t *testing.T, front, program string, args ...string) {
	t.Helper()
	proxy := exec.Command(program, args...)
	proxy.Stderr = os.Stderr
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = proxy.Process.Signal(syscall.SIGTERM)
		_ = proxy.Wait()
	})
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", front)
		if err == nil {
			conn.Close()
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s does not listen: %v", program, err)
		}
	}
}

// launchBehind starts a copy that stands behind a proxy on the same machine.
func launchBehind(t *testing.T, address string, drain time.Duration) *process {
	t.Helper()
	return spawn(t, []string{
		"TIEBREAK_ADDR=" + address, "TIEBREAK_POSTS=0", "TIEBREAK_TRUSTED_PROXIES=127.0.0.1/32", "TIEBREAK_DRAIN_DELAY=" + drain.String(),
	}, "serve", "--base-url", "https://example.org", "--own-host-only")
}

// readers ask a proxy for pages and post forms until they are told to end.
type readers struct {
	asked, failed atomic.Int64
	done          chan struct{}
	all           sync.WaitGroup
}

func startReaders(t *testing.T, front string) *readers {
	t.Helper()
	r := &readers{done: make(chan struct{})}
	for n := range 4 {
		r.all.Go(func() {
			for i := n; ; i++ {
				select {
				case <-r.done:
					return
				default:
				}
				r.asked.Add(1)
				if err := once(front, i); err != nil && r.failed.Add(1) < 10 {
					t.Error(err)
				}
			}
		})
	}
	return r
}

// await waits until so many requests were sent.
func (r *readers) await(n int) {
	for int(r.asked.Load()) < n {
		time.Sleep(10 * time.Millisecond)
	}
}

// end stops the readers and fails the test if a request failed.
func (r *readers) end(t *testing.T, where string) {
	t.Helper()
	close(r.done)
	r.all.Wait()
	t.Logf("%d of %d requests failed %s", r.failed.Load(), r.asked.Load(), where)
	if r.failed.Load() > 0 {
		t.Error("want none failed")
	}
}

// A balancer is a proxy that asks copies whether they are ready.
type balancer struct {
	name  string
	file  string                          // that it reads
	args  []string                        // before the file
	at    func(conf, front string) string // sets where it listens, without TLS
	drain time.Duration                   // what docs/operating.md asks of the copies
	asks  time.Duration                   // twice as long as between two questions
}

func balancers() []balancer {
	return []balancer{
		{"haproxy", "haproxy.cfg", []string{"-db", "-f"}, func(conf, front string) string {
			return regexp.MustCompile(`(?m)^(\s*bind) .*$`).ReplaceAllString(conf, "$1 "+front)
		}, 2 * time.Second, 2 * time.Second},
		{"caddy", "Caddyfile", []string{"run", "--config"}, func(conf, front string) string {
			host, port, _ := strings.Cut(front, ":")
			site := strings.Replace(conf, "example.org {", "http://:"+port+" {\n\tbind "+host, 1)
			return strings.Replace(site, "{\n", "{\n\tadmin off\n", 1) // which would be a port of its own
		}, 5 * time.Second, 4 * time.Second},
	}
}

// launch writes the example of docs/operating.md for two copies and runs it.
func (b balancer) launch(t *testing.T, addresses [2]string) (front string) {
	t.Helper()
	program, dir := proxyProgram(t, b.name), t.TempDir()
	front = freeAddress(t)
	conf := strings.NewReplacer("127.0.0.1:8081", addresses[0], "127.0.0.1:8082", addresses[1]).Replace(documented(t, b.name))
	file := filepath.Join(dir, b.file)
	if err := os.WriteFile(file, []byte(b.at(conf, front)), 0o600); err != nil {
		t.Fatal(err)
	}
	startProxy(t, front, program, append(b.args, file)...)
	eventually(t, "http://"+front+"/readyz", "ok")
	return front
}

// TestSoakRestarts restarts two copies behind each balancer that docs/operating.md
// has an example for, while forms and pages are asked for. None of 25,000 requests
// or more fails.
func TestSoakRestarts(t *testing.T) {
	soakRequests(t)
	for _, b := range balancers() {
		t.Run(b.name, func(t *testing.T) {
			addresses := [2]string{freeAddress(t), freeAddress(t)}
			copies := [2]*process{launchBehind(t, addresses[0], b.drain), launchBehind(t, addresses[1], b.drain)}
			front := b.launch(t, addresses)
			r := startReaders(t, front)
			for i := range 6 {
				r.await(4000 * i)
				copies[i%2].signal(t, syscall.SIGTERM)
				if err := copies[i%2].cmd.Wait(); err != nil {
					t.Errorf("copy %d ended with %v, want 0", i%2, err)
				}
				copies[i%2] = launchBehind(t, addresses[i%2], b.drain)
				eventually(t, copies[i%2].url+"/readyz", "ok")
				time.Sleep(b.asks) // until it was asked, or nobody is left to take over
			}
			r.await(25_000)
			r.end(t, "in six restarts behind "+b.name)
		})
	}
}

// TestSoakNginx runs the example for nginx in docs/operating.md under load. It
// restarts nothing: nginx itself now and then cuts a request when it reloads.
func TestSoakNginx(t *testing.T) {
	soakRequests(t)
	nginx := proxyProgram(t, "nginx")
	dir, front := t.TempDir(), freeAddress(t)
	addresses := [2]string{freeAddress(t), freeAddress(t)}
	block := regexp.MustCompile(`(?m)^\s*(listen \[::\]|ssl_).*\n`).ReplaceAllString(documented(t, "nginx"), "")
	block = strings.NewReplacer(
		"listen 443 ssl http2;", "listen "+front+";", "/var/log/nginx/", dir+"/",
		"127.0.0.1:8081", addresses[0], "127.0.0.1:8082", addresses[1],
	).Replace(block)
	conf := "pid " + dir + "/pid;\nerror_log " + dir + "/error.log;\nworker_processes 2;\nevents {}\nhttp {\n" +
		"client_body_temp_path " + dir + ";\nproxy_temp_path " + dir + ";\nfastcgi_temp_path " + dir + ";\nuwsgi_temp_path " + dir +
		";\nscgi_temp_path " + dir + ";\n" + block + "}\n"
	if err := os.WriteFile(dir+"/nginx.conf", []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	launchBehind(t, addresses[0], 0)
	launchBehind(t, addresses[1], 0)
	startProxy(t, front, nginx, "-p", dir, "-c", dir+"/nginx.conf", "-e", dir+"/error.log", "-g", "daemon off;")
	eventually(t, "http://"+front+"/readyz", "ok")
	r := startReaders(t, front)
	r.await(5000)
	r.end(t, "behind nginx")
}

// once sends one request over a connection of its own, and not twice.
func once(front string, i int) error {
	conn, err := net.DialTimeout("tcp", front, 10*time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	request, want := "GET /about HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n", 200
	if i%3 == 0 {
		request, want = "POST /nodejs-vs-python/questions HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n"+
			"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\nteam=js", 303
	}
	if _, err := io.WriteString(conn, request); err != nil {
		return err
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err
	}
	if res.StatusCode != want {
		return fmt.Errorf("request %d = %s, want %d", i, res.Status, want)
	}
	return nil
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// freeAddress returns an address that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
