package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of processor times under /proc, the same on every Linux.
const tick = 10 * time.Millisecond

// A stat is what /proc/PID/stat says that is of use here.
type stat struct {
	parent int
	cpu    time.Duration // user and system
}

// parseStat reads /proc/PID/stat. The second field is the program's name,
// which may hold spaces and brackets, so the others are counted from its end.
func parseStat(text string) (stat, error) {
	_, rest, ok := cutLast(text, ")")
	fields := strings.Fields(rest)
	if !ok || len(fields) < 13 {
		return stat{}, fmt.Errorf("not the stat of a process: %q", text)
	}
	var n [3]int
	for i, at := range []int{1, 11, 12} { // parent, user time, system time
		v, err := strconv.Atoi(fields[at])
		if err != nil {
			return stat{}, fmt.Errorf("not the stat of a process: %q", text)
		}
		n[i] = v
	}
	return stat{parent: n[0], cpu: time.Duration(n[1]+n[2]) * tick}, nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// parseKB reads the line of the given name, such as VmRSS, in /proc/PID/status.
func parseKB(status, name string) (int, error) {
	for line := range strings.Lines(status) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			kb, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")))
			if err != nil {
				return 0, fmt.Errorf("%s: %w", name, err)
			}
			return kb, nil
		}
	}
	return 0, fmt.Errorf("no %s in the status of the process", name)
}

// family returns the process and its children.
func family(pid int) ([]int, error) {
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil, err
	}
	pids := []int{pid}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it ended meanwhile
		}
		child, err := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		if s, bad := parseStat(string(text)); err == nil && bad == nil && s.parent == pid {
			pids = append(pids, child)
		}
	}
	return pids, nil
}

// cpu returns the processor time the server's processes have taken.
func (s *server) cpu() (time.Duration, error) {
	var sum time.Duration
	for _, pid := range s.pids {
		text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
		if err != nil {
			return 0, fmt.Errorf("%s has ended: %w", s.name, err)
		}
		st, err := parseStat(string(text))
		if err != nil {
			return 0, err
		}
		sum += st.cpu
	}
	return sum, nil
}

// resident returns how much memory the server's processes hold, and the most
// any moment saw, in MB. Pages that processes share are counted for each.
func (s *server) resident() (now, peak float64, err error) {
	for _, pid := range s.pids {
		text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
		if err != nil {
			return 0, 0, fmt.Errorf("%s has ended: %w", s.name, err)
		}
		rss, err := parseKB(string(text), "VmRSS")
		if err != nil {
			return 0, 0, err
		}
		hwm, err := parseKB(string(text), "VmHWM")
		if err != nil {
			return 0, 0, err
		}
		now += float64(rss) * 1024 / 1e6
		peak += float64(hwm) * 1024 / 1e6
	}
	return now, peak, nil
}
