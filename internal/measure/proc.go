package measure

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"
)

// A procFS is the folder /proc.
type procFS struct{ fs.FS }

// tick is the unit of processor time in /proc, the same on every architecture
// that Go runs on.
const tick = 10 * time.Millisecond

// busy returns the processor time that the machine has spent on programs since
// it was started. What a hypervisor took away counts: it slows programs down as
// another program does. Time for interrupts does not: our own load causes most
// of it on the loopback device, and whether a process's time includes it depends
// on how the kernel was built.
func (p procFS) busy() (time.Duration, error) {
	data, err := fs.ReadFile(p, "stat")
	if err != nil {
		return 0, err
	}
	line, _, _ := strings.Cut(string(data), "\n")
	fields := strings.Fields(line)
	// cpu user nice system idle iowait irq softirq steal guest guest_nice; guests
	// are in user and nice already.
	if len(fields) < 9 || fields[0] != "cpu" {
		return 0, fmt.Errorf("/proc/stat begins with %q", line)
	}
	var sum time.Duration
	for _, i := range []int{1, 2, 3, 8} {
		n, err := strconv.ParseInt(fields[i], 10, 64)
		if err != nil {
			return 0, fmt.Errorf("/proc/stat: %w", err)
		}
		sum += time.Duration(n) * tick
	}
	return sum, nil
}

// status returns a field of /proc/PID/status that is given in KB. It is an
// error that wraps fs.ErrNotExist if the process is gone or is a zombie.
func (p procFS) status(pid, field string) (kb float64, err error) {
	data, err := fs.ReadFile(p, pid+"/status")
	if err != nil {
		return 0, errors.Join(err, fs.ErrNotExist) // a process that ends while it is read is ESRCH
	}
	for line := range bytes.Lines(data) {
		if value, ok := bytes.CutPrefix(line, []byte(field+":")); ok {
			n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(string(value)), " kB"), 10, 64)
			return float64(n), err
		}
	}
	return 0, fmt.Errorf("%s of process %s: %w", field, pid, fs.ErrNotExist)
}

// A groupUse is what the processes of a process group use together.
type groupUse struct {
	time     time.Duration // processor time, with that of children that have ended
	resident float64       // KB; memory that processes share counts for each
}

// group returns what a process group uses. Processes that end meanwhile are
// left out.
func (p procFS) group(id int) (groupUse, error) {
	var use groupUse
	entries, err := fs.ReadDir(p, ".")
	if err != nil {
		return use, err
	}
	for _, e := range entries {
		if _, err := strconv.Atoi(e.Name()); err != nil {
			continue
		}
		data, err := fs.ReadFile(p, e.Name()+"/stat")
		if err != nil {
			continue
		}
		stat, err := parseStat(string(data))
		if err != nil {
			return use, err
		}
		if stat.group != id {
			continue
		}
		use.time += stat.time
		if kb, err := p.status(e.Name(), "VmRSS"); err == nil {
			use.resident += kb
		}
	}
	return use, nil
}

// A procStat is what we read of /proc/PID/stat.
type procStat struct {
	group int
	time  time.Duration
}

// parseStat reads a line of /proc/PID/stat: the number, the name in
// parentheses, which may hold anything, and then plain fields.
func parseStat(line string) (procStat, error) {
	fields := strings.Fields(line[strings.LastIndexByte(line, ')')+1:])
	if len(fields) < 15 {
		return procStat{}, fmt.Errorf("/proc/PID/stat is %q", line)
	}
	var s procStat
	var err error
	if s.group, err = strconv.Atoi(fields[2]); err != nil {
		return s, fmt.Errorf("/proc/PID/stat: %w", err)
	}
	for _, f := range fields[11:15] { // utime, stime, and of children cutime, cstime
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return s, fmt.Errorf("/proc/PID/stat: %w", err)
		}
		s.time += time.Duration(n) * tick
	}
	return s, nil
}

// cores returns the numbers of the cores that this process may run on.
func (p procFS) cores() ([]int, error) {
	data, err := fs.ReadFile(p, "self/status")
	if err != nil {
		return nil, err
	}
	var cores []int
	for part := range strings.SplitSeq(after(string(data), "Cpus_allowed_list"), ",") {
		first, last, isRange := strings.Cut(part, "-")
		if !isRange {
			last = first
		}
		from, err := strconv.Atoi(first)
		to, err2 := strconv.Atoi(last)
		if err := errors.Join(err, err2); err != nil {
			return nil, fmt.Errorf("cores in /proc/self/status: %w", err)
		}
		for core := from; core <= to; core++ {
			cores = append(cores, core)
		}
	}
	return cores, nil
}
