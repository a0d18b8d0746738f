package main

import (
	"bytes"
	"log/slog"
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

// TestLogFull holds nothing of what cannot be written, or a full disk would
// fill the memory too.
func TestLogFull(t *testing.T) {
	t.Parallel()
	b := &batch{out: fullDisk{}}
	log := slog.New(batchHandler{slog.NewJSONHandler(&b.lines, nil), b})
	for range logRequests + 1 {
		log.Info(web.RequestMessage)
	}
	if len(b.held) != 1 || b.lines.Len() != 0 {
		t.Errorf("after a full batch %d lines and %d bytes are held, want the line after it", len(b.held), b.lines.Len())
	}
	log.Error("no room for this")
	if len(b.held) != 0 || b.lines.Len() != 0 {
		t.Errorf("after an error %d lines and %d bytes are held, want none", len(b.held), b.lines.Len())
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }
