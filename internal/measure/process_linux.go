package measure

import (
	"os"
	"syscall"
	"time"
)

// ownGroup starts a process in a process group of its own.
func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// killGroup kills all processes of a group. That they are gone already is no
// failure.
func killGroup(id int) error {
	if err := syscall.Kill(-id, syscall.SIGKILL); err != nil && err != syscall.ESRCH {
		return err
	}
	return nil
}

// peakKB returns the most memory that the ended process, or one that it started
// and waited for, had at a time. It begins with the peak of the process that
// started it: the kernel takes that over when a program is loaded.
func peakKB(state *os.ProcessState) float64 {
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		return float64(usage.Maxrss)
	}
	return 0
}

// ownTime returns the processor time this process has used, without children.
func ownTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
