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
	want, path, form := 200, "/", (io.Reader)(nil)
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
	metrics := metricsLine.FindStringSubmatch(p.stderr.String())[1]
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
	metrics := metricsLine.FindStringSubmatch(p.stderr.String())[1]
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

// nginxBlock is the example that docs/operating.md gives.
func nginxBlock(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/operating.md")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)```nginx\n(.*?)```").FindSubmatch(text)
	if m == nil {
		t.Fatal("docs/operating.md has no example for nginx")
	}
	return string(m[1])
}

// TestSoakRestarts restarts two copies behind nginx, as docs/operating.md says,
// while forms and pages are asked for. None of 25,000 requests or more fails.
func TestSoakRestarts(t *testing.T) {
	soakRequests(t)
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		if nginx = "/usr/sbin/nginx"; !exists(nginx) {
			t.Skip("no nginx here")
		}
	}
	dir, front := t.TempDir(), freeAddress(t)
	addresses := [2]string{freeAddress(t), freeAddress(t)}
	configure := func(down int) {
		block := regexp.MustCompile(`(?m)^\s*(listen \[::\]|ssl_).*\n`).ReplaceAllString(nginxBlock(t), "")
		block = strings.Replace(block, "listen 443 ssl http2;", "listen "+front+";", 1)
		block = strings.ReplaceAll(block, "/var/log/nginx/", dir+"/")
		for i, address := range []string{"127.0.0.1:8081", "127.0.0.1:8082"} {
			line := addresses[i]
			if i == down {
				line += " down"
			}
			block = strings.Replace(block, address, line, 1)
		}
		conf := "pid " + dir + "/pid;\nerror_log " + dir + "/error.log;\nworker_processes 2;\nevents {}\nhttp {\n" +
			"client_body_temp_path " + dir + ";\nproxy_temp_path " + dir + ";\nfastcgi_temp_path " + dir + ";\nuwsgi_temp_path " + dir +
			";\nscgi_temp_path " + dir + ";\n" + block + "}\n"
		if err := os.WriteFile(dir+"/nginx.conf", []byte(conf), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	configure(-1)
	proxy := exec.Command(nginx, "-p", dir, "-c", dir+"/nginx.conf", "-e", dir+"/error.log", "-g", "daemon off;")
	proxy.Stderr = os.Stderr
	launch := func(i int) *process {
		return spawn(t, []string{"TIEBREAK_ADDR=" + addresses[i], "TIEBREAK_POSTS=0", "TIEBREAK_TRUSTED_PROXIES=127.0.0.1/32", "TIEBREAK_DRAIN_DELAY=500ms"},
			"serve", "--base-url", "https://example.org", "--own-host-only")
	}
	copies := [2]*process{launch(0), launch(1)}
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = proxy.Process.Signal(syscall.SIGTERM)
		_ = proxy.Wait()
	})
	eventually(t, "http://"+front+"/readyz", "ok")

	done := make(chan struct{})
	var asked, failed atomic.Int64
	var readers sync.WaitGroup
	for n := range 4 {
		readers.Go(func() {
			for i := n; ; i++ {
				select {
				case <-done:
					return
				default:
				}
				asked.Add(1)
				if err := once(front, i); err != nil && failed.Add(1) < 10 {
					t.Error(err)
				}
			}
		})
	}
	reload := func(down int) {
		configure(down)
		if err := proxy.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
	}
	for i := range 6 {
		for int(asked.Load()) < 4000*i {
			time.Sleep(10 * time.Millisecond)
		}
		reload(i % 2)
		copies[i%2].signal(t, syscall.SIGTERM)
		if err := copies[i%2].cmd.Wait(); err != nil {
			t.Errorf("copy %d ended with %v, want 0", i%2, err)
		}
		copies[i%2] = launch(i % 2)
		eventually(t, copies[i%2].url+"/readyz", "ok")
		reload(-1)
	}
	for int(asked.Load()) < 25_000 {
		time.Sleep(10 * time.Millisecond)
	}
	close(done)
	readers.Wait()
	t.Logf("%d of %d requests failed in six restarts behind nginx", failed.Load(), asked.Load())
	if failed.Load() > 0 {
		t.Error("want none failed")
	}
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
