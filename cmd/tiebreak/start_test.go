package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"tiebreak/content"
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

// memoryOf returns a line of /proc/PID/status in bytes, such as VmRSS.
func memoryOf(b *testing.B, cmd *exec.Cmd, name string) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	if err != nil {
		b.Skip("this system does not say what a process holds")
	}
	m := regexp.MustCompile(name + `:\s+(\d+) kB`).FindSubmatch(status)
	kib, err := strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return kib * 1024
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

// copies is how many comparisons a large site of this kind has.
const copies = 200

// manyComparisons writes a folder with copies of the shipped comparison under
// different slugs. The copies' editions are not released: a lock holds the
// slug as well.
func manyComparisons(b *testing.B) string {
	b.Helper()
	const slug = "nodejs-vs-python"
	dir := b.TempDir()
	if err := os.CopyFS(dir, content.Files); err != nil {
		b.Fatal(err)
	}
	for i := range copies - 1 {
		fresh := fmt.Sprintf("%s-%d", slug, i+1)
		if err := os.CopyFS(filepath.Join(dir, fresh), os.DirFS(filepath.Join(dir, slug))); err != nil {
			b.Fatal(err)
		}
		rename(b, filepath.Join(dir, fresh), slug, fresh)
		lock := filepath.Join(dir, fresh, "editions", "lock.yaml")
		if err := os.WriteFile(lock, []byte("editions: []\n"), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return dir
}

// rename writes another slug into all files of a comparison.
func rename(b *testing.B, dir, from, to string) {
	b.Helper()
	files := os.DirFS(dir)
	for _, pattern := range []string{"*.*", "editions/*/*", "measurements/*/*.yaml", "measurements/*/*.json"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(names) == 0 {
			b.Fatalf("%v has no %s: %v", files, pattern, err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(strings.ReplaceAll(string(data), from, to)), 0o600); err != nil {
				b.Fatal(err)
			}
		}
	}
}

var pageOfSitemap = regexp.MustCompile(`<loc>([^<]+)</loc>`)

// BenchmarkStartMany starts with 200 comparisons: under 5 s. Then it asks for
// every page there is, which takes some minutes, and compares what the program
// holds with the size of the pages: 5 times at most. Run it with -benchtime 1x.
func BenchmarkStartMany(b *testing.B) {
	binary, dir := buildProgram(b), manyComparisons(b)
	for b.Loop() {
		cmd, home, took := firstAnswer(b, binary, "--content", dir)
		b.ReportMetric(took.Seconds(), "s/start")
		b.ReportMetric(memoryOf(b, cmd, "VmRSS")/1e6, "MB/start")
		pages := int64(0)
		for _, url := range sitemap(b, home) {
			pages += bytesOf(b, url)
		}
		held := memoryOf(b, cmd, "VmRSS")
		b.ReportMetric(float64(pages)/1e6, "MB/pages")
		b.ReportMetric(held/1e6, "MB/held")
		b.ReportMetric(memoryOf(b, cmd, "VmHWM")/1e6, "MB/peak")
		b.ReportMetric(held/float64(pages), "held/pages")
		end(b, cmd)
	}
}

func sitemap(b *testing.B, home string) []string {
	b.Helper()
	res, err := http.Get(home + "/sitemap.xml")
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	var urls []string
	for _, m := range pageOfSitemap.FindAllSubmatch(body, -1) {
		urls = append(urls, string(m[1]))
	}
	if len(urls) < copies {
		b.Fatalf("the map has %d pages", len(urls))
	}
	return urls
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
	reload(10)
	names := []string{"go_goroutines", "process_open_fds", "go_gc_heap_live_bytes"}
	var before []float64
	for _, name := range names {
		before = append(before, gauge(t, metrics, name))
	}
	reload(30)
	// The collector runs when it likes, so some of the last may still be there.
	for i, allowed := range []float64{10, 4, 8 << 20} {
		after := gauge(t, metrics, names[i])
		t.Logf("%s: %.0f, after 30 more reloads %.0f", names[i], before[i], after)
		if after > before[i]+allowed {
			t.Errorf("%s grew from %.0f to %.0f", names[i], before[i], after)
		}
	}
}
