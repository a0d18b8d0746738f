package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// A machine is where the figures were taken, and how busy it was.
type machine struct {
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`
	Kernel string `json:"kernel"`
	Go     string `json:"go"`
	Node   string `json:"node,omitempty"` // where it takes part
	Wrk    string `json:"wrk"`
	// Load is the mean number of busy processes in the minute before.
	Load string `json:"load_before"`
}

// newMachine describes this machine. The node is the program of that name, "" if
// it takes no part.
func newMachine(ctx context.Context, node string) machine {
	m := machine{
		CPU:    parseCPU(read("/proc/cpuinfo")),
		Cores:  runtime.NumCPU(),
		Kernel: "Linux " + strings.TrimSpace(read("/proc/sys/kernel/osrelease")),
		Go:     strings.TrimPrefix(runtime.Version(), "go"),
		Wrk:    parseWrkVersion(firstLine(ctx, "wrk", "--version")),
		Load:   firstWord(read("/proc/loadavg")),
	}
	if node != "" {
		m.Node = strings.TrimPrefix(firstLine(ctx, node, "--version"), "v")
	}
	return m
}

// String describes the machine in one line.
func (m machine) String() string {
	node := ""
	if m.Node != "" {
		node = "Node.js " + m.Node + ", "
	}
	return fmt.Sprintf("%s, %d cores, %s, Go %s, %swrk %s, a load of %s before",
		m.CPU, m.Cores, m.Kernel, m.Go, node, m.Wrk, m.Load)
}

// parseCPU returns the name of the first processor in /proc/cpuinfo.
func parseCPU(info string) string {
	for line := range strings.Lines(info) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

// parseWrkVersion takes the version out of "wrk debian/4.1.0-3 [epoll] ...".
func parseWrkVersion(line string) string {
	fields := strings.Fields(line)
	if len(fields) < 2 {
		return "unknown"
	}
	return strings.TrimPrefix(fields[1], "debian/")
}

// firstLine returns what a command says first, whatever it ends with: wrk
// tells its version and fails.
func firstLine(ctx context.Context, name string, args ...string) string {
	out, _ := exec.CommandContext(ctx, name, args...).CombinedOutput()
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(line)
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

func read(name string) string {
	text, err := os.ReadFile(name)
	if err != nil {
		return ""
	}
	return string(text)
}
