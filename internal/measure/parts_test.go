package measure

import (
	"bufio"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
)

func TestProc(t *testing.T) {
	t.Parallel()
	stat := func(group, utime, cstime string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("7 (a) b (c)) S 1 " + group + " 7 0 -1 4194304 1 2 3 4 " + utime + " 10 5 " + cstime + " 20 0 1 0 99\n")}
	}
	status := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	p := procFS{fstest.MapFS{
		"stat":          {Data: []byte("cpu  100 20 30 1000 50 7 8 4 40 2\ncpu0 1 1 1 1 1 1 1 1 1 1\n")},
		"7/stat":        stat("7", "100", "1"),
		"7/status":      status("Name:\ta\nVmHWM:\t    3000 kB\nVmRSS:\t    2048 kB\n"),
		"8/stat":        stat("7", "0", "0"),
		"8/status":      status("Name:\ta\nState:\tZ (zombie)\n"),
		"9/stat":        stat("9", "9", "9"),
		"self/status":   status("Cpus_allowed:\tb\nCpus_allowed_list:\t0-1,3\n"),
		"version":       {},
		"irq/10/status": {},
	}}
	if got, err := p.busy(); err != nil || got != 1540*time.Millisecond {
		t.Errorf("busy = %v, %v, want 1.54s", got, err)
	}
	if got, err := p.group(7); err != nil || got != (groupUse{time: 1310 * time.Millisecond, resident: 2048}) {
		t.Errorf("group(7) = %+v, %v, want 1.31s and 2048 KB", got, err)
	}
	if got, err := p.status("7", "VmHWM"); err != nil || got != 3000 {
		t.Errorf("status(7) = %v, %v, want 3000", got, err)
	}
	for _, pid := range []string{"8", "10"} {
		if _, err := p.status(pid, "VmHWM"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("status(%s) = %v, want ErrNotExist", pid, err)
		}
	}
	if got, err := p.cores(); err != nil || !cmp.Equal(got, []int{0, 1, 3}) {
		t.Errorf("cores = %v, %v, want 0, 1 and 3", got, err)
	}
	for _, line := range []string{"", "7 (a) S 1 2", "7 (a) S 1 x 7 0 -1 4 1 2 3 4 1 10 5 1 20"} {
		if got, err := parseStat(line); err == nil {
			t.Errorf("parseStat(%q) = %+v, want an error", line, got)
		}
	}
}

func TestBuilds(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		facts  pythonFacts
		system string
		want   string
	}{
		{pythonFacts{Prefix: "/usr"}, "Debian", "Debian's package, optimised by profile"},
		{pythonFacts{Prefix: "/usr"}, "Arch", "built from source, not optimised by profile"},
		{pythonFacts{Prefix: "/x/.pyenv/versions/3.11.7", Configured: "'--enable-shared'"}, "Debian", "built by pyenv, not optimised by profile"},
		{pythonFacts{Prefix: "/x/.pyenv/versions/3.11.7", Configured: "'--enable-optimizations' '--with-lto'"}, "Debian", "built by pyenv, optimised by profile, optimised when linked"},
		{pythonFacts{Prefix: "/usr/local", Configured: "'--enable-optimizations'"}, "Debian", "built from source, optimised by profile"},
		{pythonFacts{Prefix: "/x", Standalone: true, FreeThreaded: true}, "Debian", "python-build-standalone, optimised by profile, without the global lock"},
		{pythonFacts{Prefix: "/x", Debug: true}, "", "built from source, not optimised by profile, for debugging"},
	} {
		if got := test.facts.build(test.system); got != test.want {
			t.Errorf("%+v.build(%q) = %q, want %q", test.facts, test.system, got, test.want)
		}
	}
	official := "https://nodejs.org/download/release/v26.10.0/node-v26.10.0.tar.gz"
	for facts, want := range map[nodeFacts]string{
		{Source: official}:            "official build",
		{}:                            "not an official build",
		{LTO: true}:                   "not an official build, optimised when linked",
		{Source: official, PGO: true}: "official build, optimised by profile",
		{Debug: true}:                 "not an official build, for debugging",
	} {
		if got := facts.build(); got != want {
			t.Errorf("%+v.build() = %q, want %q", facts, got, want)
		}
	}
}

func TestDescribeMachine(t *testing.T) {
	t.Parallel()
	etc := fstest.MapFS{"os-release": {Data: []byte("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\n")}}
	proc := procFS{fstest.MapFS{
		"cpuinfo":              {Data: []byte("processor\t: 0\nmodel name\t: A Processor\n")},
		"meminfo":              {Data: []byte("MemTotal:       24683428 kB\n")},
		"loadavg":              {Data: []byte("0.29 0.12 0.32 1/105 123\n")},
		"sys/kernel/osrelease": {Data: []byte("6.1.44-x\n")},
	}}
	got, err := describeMachine(proc, etc)
	got.Cores = 0
	want := compare.Machine{CPU: "A Processor", Memory: 24104, System: "Debian GNU/Linux 12 (bookworm), Linux 6.1", Load: 0.29}
	if err != nil || got != want {
		t.Errorf("describeMachine = %+v, %v, want %+v", got, err, want)
	}
	if got := distribution(etc); got != "Debian" {
		t.Errorf("distribution = %q, want Debian", got)
	}
}

func TestEncode(t *testing.T) {
	t.Parallel()
	data, err := Encode(&compare.Results{Schema: 1, Results: []compare.Result{
		{Answer: "[\n1\n]", Samples: map[string][]float64{"wall": {31.5, 1e-7, 30}, "cpu": {1}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\"wall\": [31.5, 1e-7, 30]\n", "\"cpu\": [1],\n", `"answer": "[\n1\n]"`, "{\n  \"schema\": 1,"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("Encode lacks %q:\n%s", want, data)
		}
	}
}

func TestExchange(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, answer, want, fails string
	}{
		{name: "plain", answer: "HTTP/1.1 200 OK\r\nDate: x\r\ncontent-length: 5\r\n\r\nhello", want: "hello"},
		{name: "empty", answer: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"},
		{name: "status", answer: "HTTP/1.1 404 Not Found\r\n\r\n", fails: "404"},
		{name: "old", answer: "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", fails: "not HTTP/1.1 200"},
		{name: "chunks", answer: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", fails: "no Content-Length"},
		{name: "closes", answer: "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 5\r\n\r\nhello", fails: "closes"},
		{name: "length", answer: "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", fails: "Content-Length"},
		{name: "huge", answer: "HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n", fails: "1 MB"},
		{name: "gone", fails: "closed a connection"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			ours, theirs := net.Pipe()
			go func() {
				line, _ := bufio.NewReader(theirs).ReadString('\n')
				if line == "GET /x HTTP/1.1\r\n" {
					theirs.Write([]byte(test.answer))
				}
				theirs.Close()
			}()
			c := &connection{conn: ours, r: bufio.NewReader(ours)}
			got, err := c.exchange(request("/x"))
			if test.fails == "" && (err != nil || string(got) != test.want) {
				t.Errorf("exchange = %q, %v, want %q", got, err, test.want)
			}
			if test.fails != "" && (err == nil || !strings.Contains(err.Error(), test.fails)) {
				t.Errorf("exchange = %q, %v, want an error with %q", got, err, test.fails)
			}
		})
	}
}

func TestPercentile99(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		n    int
		want time.Duration
	}{{1, 1}, {2, 2}, {99, 99}, {100, 99}, {200, 198}, {201, 199}} {
		var all []time.Duration
		for i := range test.n {
			all = append(all, time.Duration(test.n-i))
		}
		if got := percentile99(all); got != test.want {
			t.Errorf("percentile99 of 1 to %d = %d, want %d", test.n, got, test.want)
		}
	}
}

// What cannot be run is skipped, with a reason.
func TestPlan(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "node_modules", "@a", "web"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "node_modules", "@a", "web", "package.json"), []byte(`{"name": "x", "version": "5.1.0"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	node := func(version string) Runtime {
		return Runtime{Runtime: compare.Runtime{ID: "node-" + version, Option: "node", Name: "Node.js " + version, Version: version}}
	}
	r := &Runner{cfg: Config{Packages: dir, Runtimes: []Runtime{node("20.1.0"), node("26.0.0"), node("26.0.0")}}}
	m := &compare.Measurement{Cases: []compare.Case{{ID: "c", Series: []compare.Series{
		{ID: "web", Option: "node", Needs: []string{"@a/web"}},
		{ID: "new", Option: "node", Runtime: "26"},
		{ID: "none", Option: "node", Needs: []string{"gone"}, Runtime: "20"},
		{ID: "old", Option: "node", Runtime: "18"},
		{ID: "py", Option: "python"},
	}}}}
	p, err := r.plan(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	var units []string
	for _, u := range p.units {
		units = append(units, u.series.ID+" "+u.runtime.ID)
	}
	want := []string{"web node-20.1.0", "web node-26.0.0", "web node-26.0.0-2", "new node-26.0.0", "new node-26.0.0-2"}
	if diff := cmp.Diff(want, units); diff != "" {
		t.Errorf("units (-want +got):\n%s", diff)
	}
	skipped := []compare.Skipped{
		{Case: "c", Series: "none", Runtime: "node-20.1.0", Why: "Node.js 20.1.0 does not have gone"},
		{Case: "c", Series: "old", Why: "no runtime of option node and version 18 was given"},
		{Case: "c", Series: "py", Why: "no runtime of option python was given"},
	}
	if diff := cmp.Diff(skipped, p.skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	if len(p.runtimes) != 3 || p.runtimes[0].Packages["@a/web"] != "5.1.0" {
		t.Errorf("runtimes = %+v, want three with their package", p.runtimes)
	}
	r.cfg.Runtimes = nil
	if _, err := r.plan(t.Context(), m); err == nil || !strings.Contains(err.Error(), "c/py: no runtime of option python was given") {
		t.Errorf("plan without runtimes = %v, want an error with the reasons", err)
	}
}
