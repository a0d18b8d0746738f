package measure

import (
	"fmt"
	"io/fs"
	"runtime"
	"strconv"
	"strings"

	"tiebreak/internal/compare"
)

// describeMachine reads what the machine is from /proc and /etc.
func describeMachine(proc procFS, etc fs.FS) (compare.Machine, error) {
	m := compare.Machine{Cores: runtime.NumCPU()}
	files := map[string]string{}
	for _, name := range []string{"cpuinfo", "meminfo", "loadavg", "sys/kernel/osrelease"} {
		data, err := fs.ReadFile(proc, name)
		if err != nil {
			return m, fmt.Errorf("describe the machine: %w", err)
		}
		files[name] = string(data)
	}
	m.CPU = after(files["cpuinfo"], "model name")
	if m.CPU == "" { // arm64 names no model
		m.CPU = "unnamed, " + runtime.GOARCH
	}
	var err error
	kb, _, _ := strings.Cut(after(files["meminfo"], "MemTotal"), " ")
	if m.Memory, err = strconv.Atoi(kb); err != nil {
		return m, fmt.Errorf("/proc/meminfo: %w", err)
	}
	m.Memory /= 1024
	load, _, _ := strings.Cut(files["loadavg"], " ")
	if m.Load, err = strconv.ParseFloat(load, 64); err != nil {
		return m, fmt.Errorf("/proc/loadavg: %w", err)
	}
	kernel := strings.SplitN(strings.TrimSpace(files["sys/kernel/osrelease"]), ".", 3)
	m.System = "Linux " + strings.Join(kernel[:min(2, len(kernel))], ".")
	if name := osRelease(etc, "PRETTY_NAME"); name != "" {
		m.System = name + ", " + m.System
	}
	return m, nil
}

// after returns what stands after "field:" in the first line that begins so.
func after(text, field string) string {
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(line, ":")
		if ok && strings.TrimSpace(name) == field {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
