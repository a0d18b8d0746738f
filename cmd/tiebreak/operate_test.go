package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"tiebreak/content"
	"tiebreak/internal/catalog"
)

// asProgram in the environment makes the test binary the program itself, so
// that tests can send it signals and set limits for a whole process.
const asProgram = "TIEBREAK_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// A process is the program in a process of its own.
type process struct {
	url    string
	cmd    *exec.Cmd
	stderr *safeBuffer
}

func spawn(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	log := new(safeBuffer)
	p := spawnTo(t, log, env, args...)
	p.stderr = log
	return p
}

// spawnTo does the same with the log going elsewhere.
func spawnTo(t *testing.T, log io.Writer, env []string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(cmp.Or(os.Getenv("TIEBREAK_BINARY"), os.Args[0]), args...)}
	p.cmd.Env = append(append(os.Environ(), asProgram+"=1", "TIEBREAK_ADDR=localhost:0"), env...)
	p.cmd.Stderr = log
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
	})
	line, _ := bufio.NewReader(stdout).ReadString('\n')
	m := addressLine.FindStringSubmatch(line)
	if m == nil {
		err := p.cmd.Wait()
		t.Fatalf("the program said %q, want its address; it ended with %v and said: %s", line, err, log)
	}
	p.url = m[1]
	return p
}

func (p *process) signal(t *testing.T, s os.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// logged waits until the log has the expression, and returns what its groups
// match. The log comes through a pipe of its own, so what the program wrote
// before it said its address or answered may still be on the way.
func (p *process) logged(t *testing.T, expression string) []string {
	t.Helper()
	wanted := regexp.MustCompile(expression)
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		late := time.Now().After(deadline)
		if m := wanted.FindStringSubmatch(p.stderr.String()); m != nil {
			return m
		}
		if late {
			t.Fatalf("the log never has %s; it has %s", wanted, p.stderr)
		}
	}
}

// metrics returns the address at which the program says it shows metrics.
func (p *process) metrics(t *testing.T) string {
	t.Helper()
	return p.logged(t, `"msg":"metrics","url":"([^"]+)"`)[1]
}

// eventually waits until the page at the path contains the text.
func eventually(t *testing.T, url, text string) string {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		_, body := fetch(t, url)
		if strings.Contains(body, text) {
			return body
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s never says %q; it says %.300s", url, text, body)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// smallContent returns a folder with content that loads at once, and a
// function that replaces text in one of its files.
func smallContent(t *testing.T) (dir string, change func(file, from, to string)) {
	t.Helper()
	dir = t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../internal/catalog/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	return dir, func(file, from, to string) {
		t.Helper()
		name := filepath.Join(dir, file)
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.Replace(string(data), from, to, 1)
		if changed == string(data) {
			t.Fatalf("%s does not hold %q", file, from)
		}
		if err := os.WriteFile(name, []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReloadOnHangup changes the content of a running server, breaks it,
// and repairs it.
func TestReloadOnHangup(t *testing.T) {
	t.Parallel()
	dir, change := smallContent(t)
	p := spawn(t, nil, "serve", "--content", dir)
	if _, body := fetch(t, p.url+"/readyz"); body != "ok\n" {
		t.Errorf("/readyz = %q, want ok", body)
	}
	change("red-vs-blue/comparison.yaml", "title: ", "title: Fresh ")
	p.signal(t, syscall.SIGHUP)
	eventually(t, p.url+"/red-vs-blue", "Fresh ")

	change("red-vs-blue/comparison.yaml", "title: Fresh ", "tittle: Stale ")
	p.signal(t, syscall.SIGHUP)
	body := eventually(t, p.url+"/readyz", "ok, but")
	place := regexp.MustCompile(`red-vs-blue/comparison\.yaml:\d+: `)
	if !place.MatchString(body) {
		t.Errorf("/readyz names no file and line: %s", body)
	}
	p.logged(t, `"level":"ERROR".*`+place.String())
	if status, body := fetch(t, p.url+"/red-vs-blue"); status != 200 || !strings.Contains(body, "Fresh ") {
		t.Errorf("page while the content is broken = %d, want the last good one", status)
	}

	change("red-vs-blue/comparison.yaml", "tittle: Stale ", "title: Mended ")
	p.signal(t, syscall.SIGHUP)
	eventually(t, p.url+"/red-vs-blue", "Mended ")
	if _, body := fetch(t, p.url+"/readyz"); body != "ok\n" {
		t.Errorf("/readyz after the repair = %q, want ok", body)
	}
	// A pipe that nobody writes to must not stop the reading.
	claims := filepath.Join(dir, "red-vs-blue", "claims.yaml")
	if err := os.Remove(claims); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(claims, 0o600); err != nil {
		t.Fatal(err)
	}
	p.signal(t, syscall.SIGHUP)
	eventually(t, p.url+"/readyz", "not a regular file")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	p.signal(t, syscall.SIGHUP)
	eventually(t, p.url+"/readyz", "no such file")
	if status, _ := fetch(t, p.url+"/red-vs-blue"); status != 200 {
		t.Errorf("page without a content folder = %d, want the last good one", status)
	}
	p.signal(t, syscall.SIGTERM)
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the program ended with %v, want 0", err)
	}
}

func TestHangupOfBuiltInContent(t *testing.T) {
	t.Parallel()
	p := spawn(t, nil, "serve")
	p.signal(t, syscall.SIGHUP)
	p.logged(t, "built in")
	if status, _ := fetch(t, p.url+"/"); status != 200 {
		t.Errorf("after a hangup / = %d, want 200", status)
	}
}

// distinctResults returns the paths of n results of the built-in content.
func distinctResults(t *testing.T, n int) []string {
	t.Helper()
	pages, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	c := pages.All()[0]
	var paths []string
	for i := range n {
		form, rest := url.Values{}, i
		for _, q := range c.Current().Questions {
			if len(q.Choices) > 0 {
				form.Set(q.ID, q.Choices[rest%len(q.Choices)].ID)
				rest /= len(q.Choices)
			}
		}
		answers, err := c.Current().Params(form)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, "/"+c.Slug+"/result/"+answers.Code())
	}
	return paths
}

func TestMetricsAddress(t *testing.T) {
	t.Parallel()
	dir, change := smallContent(t)
	p := spawn(t, nil, "serve", "--content", dir, "--metrics-addr", "localhost:0")
	metrics := p.metrics(t)
	change("red-vs-blue/comparison.yaml", "title: ", "tittle: ")
	p.signal(t, syscall.SIGHUP)
	eventually(t, p.url+"/readyz", "ok, but")
	fetch(t, p.url+"/red-vs-blue")
	fetch(t, p.url+"/red-vs-blue")
	for _, want := range []string{
		`tiebreak_request_duration_seconds_count{method="GET",route="/{comparison}",status="200"} 2`,
		`tiebreak_content_readings_total{result="good"} 1`,
		`tiebreak_content_readings_total{result="bad"} 1`,
		"tiebreak_content_read_timestamp_seconds ", "tiebreak_requests_under_way 0", "tiebreak_response_bytes_total{",
		"go_goroutines ", "go_gc_heap_live_bytes ", "go_build_info",
	} {
		eventually(t, metrics, want)
	}
	profiles := strings.TrimSuffix(metrics, "/metrics") + "/debug/pprof/"
	if status, body := fetch(t, profiles+"goroutine?debug=1"); status != 200 || !strings.Contains(body, "net/http.(*Server).Serve") {
		t.Errorf("profile of goroutines = %d, want the server in it: %.200s", status, body)
	}
	if status, body := fetch(t, profiles+"profile?seconds=1"); status != 200 || !strings.HasPrefix(body, "\x1f\x8b") {
		t.Errorf("profile of a second = %d, %d bytes; want one, compressed", status, len(body))
	}
	for _, seconds := range []string{"301", "0", "-1", "ten"} {
		if status, _ := fetch(t, profiles+"profile?seconds="+seconds); status != 400 {
			t.Errorf("profile of %s seconds = %d, want 400", seconds, status)
		}
	}
	for _, name := range []string{"heap", "goroutine", "trace"} { // two moments of these can be compared
		if status, _ := fetch(t, profiles+name+"?seconds=301"); status != 400 {
			t.Errorf("%s of 301 seconds = %d, want 400", name, status)
		}
	}
	for _, path := range []string{"/metrics", "/debug/pprof/", "/debug/pprof/profile"} {
		if status, _ := fetch(t, p.url+path); status != 404 {
			t.Errorf("%s at the readers' address = %d, want 404", path, status)
		}
	}
}

func TestNoMetricsUnasked(t *testing.T) {
	t.Parallel()
	dir, _ := smallContent(t)
	p := start(t, environment("TIEBREAK_ADDR", "localhost:0"), "serve", "--content", dir)
	if log := p.stderr.String(); strings.Contains(log, "metrics") {
		t.Errorf("metrics although nobody asked: %s", log)
	}
	p.stop()
	p.wait(t)
}

// TestConnectionLimit holds as many connections as there may be. The next one
// waits until one of them ends.
func TestConnectionLimit(t *testing.T) {
	t.Parallel()
	dir, _ := smallContent(t)
	p := start(t, environment("TIEBREAK_ADDR", "localhost:0", "TIEBREAK_CONNECTIONS", "2"), "serve", "--content", dir)
	var held []net.Conn
	for range 2 {
		conn, _ := ask(t, p.url, "/livez")
		held = append(held, conn)
	}
	waiting, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer waiting.Close()
	fmt.Fprint(waiting, "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
	_ = waiting.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	if n, err := waiting.Read(make([]byte, 1)); n > 0 || err == nil {
		t.Error("a third connection was answered while two were held")
	}
	held[0].Close()
	_ = waiting.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := http.ReadResponse(bufio.NewReader(waiting), nil); err != nil {
		t.Errorf("third connection after one ended: %v", err)
	}
	held[1].Close()
}

// ask sends one request over a connection of its own and leaves that open.
func ask(t *testing.T, url, path string) (net.Conn, *http.Response) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path)
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		t.Fatal(err)
	}
	return conn, res
}

// TestLimitFlags sees that each limit reaches the site, by its twin.
func TestLimitFlags(t *testing.T) {
	t.Parallel()
	dir, _ := smallContent(t)
	p := start(t, environment("TIEBREAK_ADDR", "localhost:0", "TIEBREAK_POSTS", "1", "TIEBREAK_OWN_HOST_ONLY", "true",
		"TIEBREAK_TRUSTED_PROXIES", "::1/128,127.0.0.0/8", "TIEBREAK_COSTLY", "3"), "serve", "--content", dir)
	post := func(client string) int {
		req, err := http.NewRequest("POST", p.url+"/red-vs-blue/questions", strings.NewReader(""))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("X-Forwarded-For", client)
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
	if first, second, other := post("192.0.2.1"), post("192.0.2.1"), post("192.0.2.2"); first == 429 || second != 429 || other == 429 {
		t.Errorf("posts = %d, %d, of another reader %d; want only the second 429", first, second, other)
	}
	conn, res := ask(t, p.url, "/") // as host "a"
	conn.Close()
	if res.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("page of another host = %d, want 421", res.StatusCode)
	}
	if strings.Contains(p.stderr.String(), "192.0.2.") || strings.Contains(p.stderr.String(), "127.0.0.1") {
		t.Errorf("log holds a client's address: %s", p.stderr)
	}
}

func TestBadLimitFlags(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"serve --posts=-1":                 "limits are numbers",
		"serve --costly 1200000000000":     "limits are numbers",
		"serve --addr=":                    "--addr is empty",
		"serve --drain-delay=-5s":          "negative",
		"serve --connections many":         "connections",
		"serve --trusted-proxies 10.0.0.1": "trusted-proxies",
		"serve --drain-delay 5":            "drain-delay",
	} {
		err := run(t.Context(), strings.Fields(args), environment(), io.Discard, io.Discard)
		if exitCode(err) != exitUsage || !strings.Contains(err.Error(), want) {
			t.Errorf("%s = %v, want exit code 2 and %q", args, err, want)
		}
	}
	taken, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir, _ := smallContent(t)
	args := []string{"serve", "--addr", "localhost:0", "--content", dir, "--metrics-addr", taken.Addr().String()}
	if err := run(t.Context(), args, environment(), io.Discard, io.Discard); exitCode(err) != exitFailed || !strings.Contains(err.Error(), "metrics: ") {
		t.Errorf("metrics at a taken address = %v, want it refused", err)
	}
}

// TestDrainDelay asks during the delay: the balancer is told to look
// elsewhere, readers are still answered, and their connections end.
func TestDrainDelay(t *testing.T) {
	t.Parallel()
	const delay = 3 * time.Second // far more than two requests take on a busy machine
	dir, _ := smallContent(t)
	p := start(t, environment("TIEBREAK_ADDR", "localhost:0"), "serve", "--content", dir, "--drain-delay", delay.String())
	begin := time.Now()
	p.stop()
	eventually(t, p.url+"/readyz", "draining")
	conn, res := ask(t, p.url, "/red-vs-blue")
	conn.Close()
	if res.StatusCode != 200 || !res.Close {
		t.Errorf("page while draining = %d, connection ends = %t; want 200, true", res.StatusCode, res.Close)
	}
	p.wait(t)
	if took := time.Since(begin); took < delay {
		t.Errorf("stopped after %v, want at least the delay of %v", took, delay)
	}
}

// TestGarbageCollection reads what the program collects at from its metrics.
func TestGarbageCollection(t *testing.T) {
	t.Parallel()
	for set, want := range map[string]float64{"": servingGC, "200": 200} {
		p := spawn(t, []string{"GOGC=" + set}, "serve", "--metrics-addr", "localhost:0")
		metrics := p.metrics(t)
		if got := gauge(t, metrics, "go_gc_gogc_percent"); got != want {
			t.Errorf("with GOGC=%q the program collects at %v %%, want %v", set, got, want)
		}
	}
}

// TestMemoryLimit gives the program less memory than it needs at rest, so that
// it is always over its limit, and asks for many distinct results and cards.
func TestMemoryLimit(t *testing.T) {
	t.Parallel()
	p := spawn(t, []string{"GOMEMLIMIT=8MiB"}, "serve")
	for i, path := range distinctResults(t, 15) {
		for _, form := range []string{"", ".json", ".png"}[:1+i%3] {
			if status, body := fetch(t, p.url+path+form); status != 200 || body == "" {
				t.Fatalf("%s = %d with %d bytes over the memory limit, want 200", path+form, status, len(body))
			}
		}
	}
	p.signal(t, syscall.SIGTERM)
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the program ended with %v, want 0", err)
	}
}
