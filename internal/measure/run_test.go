package measure

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	goruntime "runtime"
	"strings"
	"testing"
	"time"

	"tiebreak/internal/compare"
)

// environment is what programs see in the tests.
func environment() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "LANG=C.UTF-8"}
}

// runtimes returns the Node.js and Python of this machine. Without them the
// test is skipped, or fails if they are required.
func runtimes(t *testing.T) []Runtime {
	t.Helper()
	var found []Runtime
	for _, option := range []string{"node", "python"} {
		r, err := Find(t.Context(), option, DefaultPath(option), environment())
		switch {
		case err == nil:
			found = append(found, r)
		case os.Getenv("TIEBREAK_RUNTIMES") == "required":
			t.Fatalf("Find(%q): %v", option, err)
		default:
			t.Skipf("no runtime of %s, and TIEBREAK_RUNTIMES is not required: %v", option, err)
		}
	}
	return found
}

// runner returns a Runner that measures so little that a test can wait for it.
func runner(t *testing.T, found []Runtime) *Runner {
	t.Helper()
	r, err := New(Config{Comparison: "node-vs-python", Runtimes: found, Env: environment(), Now: time.Now, AnyLoad: true})
	if goruntime.GOOS != "linux" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	r.timing = timing{
		limit: 30 * time.Second, window: time.Millisecond,
		warm: 20 * time.Millisecond, load: 60 * time.Millisecond, late: 100 * time.Millisecond,
		settle: time.Millisecond, sessions: 8,
	}
	return r
}

// measurement returns a measurement with one case of one program per option.
func measurement(w compare.Workload, node, python string) *compare.Measurement {
	return &compare.Measurement{
		ID: string(w), Title: string(w), Workload: w, Samples: 1, Warmup: 0,
		Cases: []compare.Case{{ID: "only", Series: []compare.Series{
			{ID: "node", Option: "node", Program: "a.mjs", Args: []string{"x"}},
			{ID: "python", Option: "python", Program: "a.py", Args: []string{"x"}},
		}}},
		Programs: []compare.Program{
			{Name: "a.mjs", Option: "node", Source: node},
			{Name: "a.py", Option: "python", Source: python},
		},
	}
}

const nodeServer = `import http from "node:http";
const s = http.createServer((q, a) => a.end(q.url === "/compute" ? "42" : "hello"));
s.listen(0, "127.0.0.1", () => console.log(JSON.stringify({port: s.address().port, protocol: "http"})));`

const pythonServer = `import json, http.server
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    def do_GET(self):
        body = b"42" if self.path == "/compute" else b"hello"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args): pass
class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128
s = Server(("127.0.0.1", 0), Handler)
print(json.dumps({"port": s.server_port, "protocol": "http"}), flush=True)
s.serve_forever()`

func TestRunEveryWorkload(t *testing.T) {
	t.Parallel()
	found := runtimes(t)
	for _, m := range []*compare.Measurement{
		measurement(compare.WorkStart, `console.log("ready")`, `print("ready")`),
		measurement(compare.WorkTask,
			`console.log(JSON.stringify({answer: process.argv[2], times: [1, 3, 2]}))`,
			`import sys; print('{"answer": "%s", "times": [1, 2]}' % sys.argv[1])`),
		measurement(compare.WorkMemory,
			`import {createInterface} from "node:readline";
			const lines = createInterface({input: process.stdin})[Symbol.asyncIterator]();
			console.log("ready"); await lines.next();
			const kept = new Array(300000).fill(1.5);
			console.log(JSON.stringify({answer: String(kept.length)})); await lines.next(); process.exit(0)`,
			`print("ready", flush=True); input()
kept = [1.5] * 300000
print('{"answer": "%d"}' % len(kept), flush=True); input()`),
		measurement(compare.WorkServer, nodeServer, pythonServer),
		measurement(compare.WorkIdle, nodeServer, pythonServer),
		measurement(compare.WorkDelay, nodeServer, pythonServer),
	} {
		t.Run(m.ID, func(t *testing.T) {
			if _, err := exec.LookPath("taskset"); err != nil && m.Workload == compare.WorkServer {
				if os.Getenv("TIEBREAK_RUNTIMES") == "required" {
					t.Fatal(err)
				}
				t.Skip(err)
			}
			results, err := runner(t, found).Run(t.Context(), m)
			if err != nil {
				t.Fatal(err)
			}
			checkResults(t, m, results)
		})
	}
}

func checkResults(t *testing.T, m *compare.Measurement, r *compare.Results) {
	t.Helper()
	if len(r.Results) != 2 || len(r.Runtimes) != 2 || len(r.Skipped) != 0 {
		t.Fatalf("Run = %+v, want two results of two runtimes", r)
	}
	if r.Programs != m.ProgramsSum() || r.Machine.Cores == 0 || r.Machine.Memory == 0 || r.Machine.System == "" {
		t.Errorf("Run = %+v, want programs and machine", r)
	}
	for _, one := range r.Results {
		if one.Answer == "" || one.Answer != r.Results[0].Answer {
			t.Errorf("%s answers %q, want what the other does", one.Runtime, one.Answer)
		}
		for _, q := range m.Workload.Quantities() {
			got := one.Samples[q.ID]
			t.Logf("%s %s: %v %s", one.Runtime, q.ID, got, q.Unit)
			if len(got) != 1 {
				t.Errorf("%s has samples %v of %s, want one", one.Runtime, got, q.ID)
			}
			// Few connections may fit into memory there already; few requests may take no tick.
			small := q.ID == "late" || q.ID == "each" || m.Workload == compare.WorkServer && q.ID == "cpu"
			if !small && got[0] <= 0 {
				t.Errorf("%s has %v %s of %s, want more than 0", one.Runtime, got[0], q.Unit, q.ID)
			}
		}
	}
}

// A program that breaks its promise is an error that says how.
func TestRunErrors(t *testing.T) {
	t.Parallel()
	found := runtimes(t)
	for _, test := range []struct {
		name   string
		w      compare.Workload
		python string
		want   []string
	}{
		{"silent", compare.WorkStart, "", []string{"only/python with Python", "ended before it printed"}},
		{"fails", compare.WorkStart, `raise SystemExit("no luck")`, []string{"exit status 1", "it wrote:\nno luck"}},
		{"fails after", compare.WorkStart, `print("ready"); raise SystemExit("too bad")`, []string{"exit status 1", "too bad"}},
		{"other word", compare.WorkStart, `print("here")`, []string{`it printed "here", not ready`}},
		{"more", compare.WorkStart, `print("ready\nsteady")`, []string{`went on to print "steady"`}},
		{"hangs", compare.WorkStart, `import time, sys; print("waiting", file=sys.stderr, flush=True); time.sleep(60)`, []string{"killed after 2s", "it wrote:\nwaiting"}},
		{"no JSON", compare.WorkTask, `print("5")`, []string{`it printed "5"`}},
		{"no answer", compare.WorkTask, `print('{"times": [1]}')`, []string{"no answer"}},
		{"no times", compare.WorkTask, `print('{"answer": "x"}')`, []string{"times are []"}},
		{"other answer", compare.WorkTask, `print('{"answer": "y", "times": [1]}')`, []string{`answers "y", but only/node with Node.js`, `answered "x"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			node := `console.log("ready")`
			if test.w == compare.WorkTask {
				node = `console.log('{"answer": "x", "times": [1]}')`
			}
			r := runner(t, found)
			if test.name == "hangs" {
				r.timing.limit = 2 * time.Second // enough for it to start and say so
			}
			if test.name != "other answer" {
				r.cfg.Runtimes = found[1:] // the other one only takes time
			}
			_, err := r.Run(t.Context(), measurement(test.w, node, test.python))
			if err == nil {
				t.Fatal("Run = nil, want an error")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("Run = %q, want it to contain %q", err, want)
				}
			}
		})
	}
}

// When the context ends, the process and what it started are gone at once.
func TestRunStops(t *testing.T) {
	t.Parallel()
	found := runtimes(t)
	file := t.TempDir() + "/child"
	m := measurement(compare.WorkStart, `console.log("ready")`, fmt.Sprintf(`import subprocess, time, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with open(%q + ".new", "w") as f: f.write(str(child.pid))
import os; os.rename(%[1]q + ".new", %[1]q)
time.sleep(60)`, file))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := runner(t, found).Run(ctx, m)
		done <- err
	}()
	var pid []byte
	for pid == nil {
		time.Sleep(5 * time.Millisecond)
		pid, _ = os.ReadFile(file)
	}
	cancel()
	if err := <-done; err == nil || !strings.Contains(err.Error(), "context canceled") {
		t.Errorf("Run = %v, want context canceled", err)
	}
	for range 100 { // its new parent has to see it first
		if _, err := (procFS{os.DirFS("/proc")}).status(string(pid), "VmRSS"); err != nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("process %s still runs", pid)
}
