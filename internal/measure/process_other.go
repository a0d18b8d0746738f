//go:build !linux

package measure

import (
	"errors"
	"os"
	"syscall"
	"time"
)

// New refuses other systems than Linux, so nothing here is called.

func ownGroup() *syscall.SysProcAttr { return nil }

func killGroup(int) error { return errors.ErrUnsupported }

func peakKB(*os.ProcessState) float64 { return 0 }

func ownTime() time.Duration { return 0 }
