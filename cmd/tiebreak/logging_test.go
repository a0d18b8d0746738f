package main

import (
	"bytes"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"tiebreak/web"
)

// lines is a log as it was written so far.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *lines) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.buf.String(), "\n")
}

func TestLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out lines
		log, end := newLog(&out)
		log.Info(web.RequestMessage)
		log.With("group", 1).WithGroup("inner").Info(web.RequestMessage, "b", 2)
		synctest.Wait()
		if n := out.count(); n != 0 {
			t.Errorf("%d lines written at once", n)
		}
		time.Sleep(logDelay + time.Millisecond)
		synctest.Wait()
		if n := out.count(); n != 2 {
			t.Errorf("after the delay %d lines are written, want 2", n)
		}
		log.Info(web.RequestMessage)
		log.With("group", 2).Warn("four")
		if n := out.count(); n != 4 {
			t.Errorf("after a warning %d lines are written, want 4", n)
		}
		log.Info(web.RequestMessage)
		log.Info("draining")
		if n := out.count(); n != 6 {
			t.Errorf("after another line %d are written, want 6", n)
		}
		log.Info(web.RequestMessage)
		end()
		if n := out.count(); n != 7 {
			t.Errorf("at the end %d lines are written, want 7", n)
		}
	})
}

// A write that fails is not held against the request it tells of.
func TestLogFull(t *testing.T) {
	t.Parallel()
	log, end := newLog(fullDisk{})
	log.Error("no room for this")
	log.Info(strings.Repeat("x", 128<<10))
	end()
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }
