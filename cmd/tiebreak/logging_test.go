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
		synctest.Wait()
		if n := out.count(); n != 4 {
			t.Errorf("after a warning %d lines are written, want 4", n)
		}
		log.Info(web.RequestMessage)
		log.Info("draining")
		synctest.Wait()
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
	b := newBatch(fullDisk{})
	log := slog.New(b.handler())
	for range logRequests + 1 {
		log.Info(web.RequestMessage)
	}
	log.Error("no room for this")
	b.write()
	if len(b.held) != 0 || b.lines.Len() != 0 {
		t.Errorf("after writing %d lines and %d bytes are held, want none", len(b.held), b.lines.Len())
	}
}

// TestLogStalled logs to what has stopped reading: nobody who logs waits, what is
// held has a bound, what was lost is told once it reads again, and the end of the
// program does not wait for it either.
func TestLogStalled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		stalled := &stalledReader{reads: make(chan struct{})}
		log, end := newLog(stalled)
		log.Warn("taken by the writer, which then waits")
		synctest.Wait()
		for range logHeld {
			log.Info(web.RequestMessage)
		}
		log.Error("there is no room for this")
		stalled.reads <- struct{}{}
		stalled.reads <- struct{}{}
		synctest.Wait()
		if n, want := stalled.out.count(), 1+logHeld+1; n != want {
			t.Errorf("%d lines are written, want %d", n, want)
		}
		if got := stalled.out.buf.String(); !strings.Contains(got, `"log lines lost, what reads them was too slow","lines":1}`) {
			t.Error("nothing says that a line was lost")
		}
		log.Warn("never read")
		before := time.Now()
		end()
		if took := time.Since(before); took != logGrace {
			t.Errorf("the end took %v, want %v", took, logGrace)
		}
		close(stalled.reads)
	})
}

// A stalledReader takes in what is written only when it is told to read.
type stalledReader struct {
	reads chan struct{}
	out   lines
}

func (s *stalledReader) Write(b []byte) (int, error) {
	<-s.reads
	return s.out.Write(b)
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }
