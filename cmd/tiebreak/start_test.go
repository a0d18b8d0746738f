package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// buildProgram builds the program as it is released, once for a benchmark.
func buildProgram(b *testing.B) string {
	b.Helper()
	binary := filepath.Join(b.TempDir(), "tiebreak")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	return binary
}

// firstAnswer starts the program and returns it with its address and the time
// from exec to the first 200 of the home page.
func firstAnswer(b *testing.B, binary string, args ...string) (*exec.Cmd, string, time.Duration) {
	b.Helper()
	cmd := exec.Command(binary, append([]string{"serve", "--addr", "localhost:0"}, args...)...)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	line, _ := bufio.NewReader(stdout).ReadString('\n')
	address := addressLine.FindStringSubmatch(line)
	if address == nil {
		b.Fatalf("the program said %q, want its address; it ended with %v", line, cmd.Wait())
	}
	if n := bytesOf(b, address[1]+"/"); n == 0 {
		b.Fatal("the home page is empty")
	}
	return cmd, address[1], time.Since(began)
}

// bytesOf returns the size of a page as it was rendered.
func bytesOf(b *testing.B, url string) int64 {
	b.Helper()
	client := http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true}}
	res, err := client.Get(url)
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	n, err := io.Copy(io.Discard, res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		b.Fatalf("%s = %d, %v", url, res.StatusCode, err)
	}
	return n
}

func end(b *testing.B, cmd *exec.Cmd) {
	b.Helper()
	if err := cmd.Process.Kill(); err != nil {
		b.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
}

// BenchmarkStart is the time from exec to the first 200: median under 150 ms.
// Run it with -benchtime 11x or more.
func BenchmarkStart(b *testing.B) {
	binary := buildProgram(b)
	var took []time.Duration
	for b.Loop() {
		cmd, _, t := firstAnswer(b, binary)
		end(b, cmd)
		took = append(took, t)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/median")
	b.ReportMetric(float64(took[0].Microseconds())/1000, "ms/least")
}

// TestReloadsLeaveNothing reads the content again and again, searching it each
// time, and compares what the program holds before and after.
func TestReloadsLeaveNothing(t *testing.T) {
	t.Parallel()
	dir, change := smallContent(t)
	p := spawn(t, nil, "serve", "--content", dir, "--metrics-addr", "localhost:0")
	metrics := p.metrics(t)
	title := "title: "
	reload := func(n int) {
		for range n {
			next := fmt.Sprintf("title: Number %d ", time.Now().UnixNano())
			change("red-vs-blue/comparison.yaml", title, next)
			title = next
			p.signal(t, syscall.SIGHUP)
			eventually(t, p.url+"/red-vs-blue", strings.TrimSpace(strings.TrimPrefix(next, "title: ")))
			if status, _ := fetch(t, p.url+"/search?q=red"); status != http.StatusOK {
				t.Fatalf("search = %d", status)
			}
		}
	}
	names := []string{"go_goroutines", "process_open_fds", "go_gc_heap_live_bytes"}
	gauges := func() (values []float64) {
		for range 2 { // what lies in pools outlives one collection
			fetch(t, strings.TrimSuffix(metrics, "/metrics")+"/debug/pprof/heap?gc=1")
		}
		for _, name := range names {
			values = append(values, gauge(t, metrics, name))
		}
		return values
	}
	reload(10)
	before := gauges()
	reload(30)
	// Pages of the last sites may still be in the making.
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		after, grown := gauges(), 0
		for i, allowed := range []float64{10, 4, 4 << 20} {
			if after[i] > before[i]+allowed {
				grown++
			}
		}
		if grown == 0 {
			t.Logf("%v: %.0f, after 30 more reloads %.0f", names, before, after)
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%v grew from %.0f to %.0f", names, before, after)
		}
	}
}
