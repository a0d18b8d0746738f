package main

import (
	"errors"
	"net"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

// leanPair returns a connection with lazy deadlines and its other end.
func leanPair(t *testing.T) (c, other net.Conn) {
	t.Helper()
	inner, other := net.Pipe()
	l := &leanConn{Conn: inner}
	l.read.set, l.write.set = inner.SetReadDeadline, inner.SetWriteDeadline
	t.Cleanup(func() { _, _ = l.Close(), other.Close() })
	return l, other
}

// TestLazyDeadline moves deadlines to and fro: the last one is what counts.
func TestLazyDeadline(t *testing.T) {
	t.Parallel()
	const s = time.Second
	for name, moves := range map[string][]time.Duration{ // from now; 0 for none
		"once":               {3 * s},
		"later":              {s, 3 * s},
		"sooner":             {60 * s, 3 * s},
		"to and fro":         {s, 60 * s, s, 3 * s},
		"taken back":         {s, 0, 3 * s},
		"passed":             {-s, 3 * s},
		"passed, taken back": {-s, 0, 3 * s},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, _ := leanPair(t)
				for _, way := range []struct {
					move func(time.Time) error
					do   func([]byte) (int, error)
				}{
					{c.SetReadDeadline, c.Read},
					{c.SetWriteDeadline, c.Write},
					{c.SetDeadline, c.Read},
					{c.SetDeadline, c.Write},
				} {
					begin := time.Now()
					for _, after := range moves {
						var at time.Time
						if after != 0 {
							at = begin.Add(after)
						}
						if err := way.move(at); err != nil {
							t.Fatal(err)
						}
					}
					_, err := way.do(make([]byte, 1))
					if took := time.Since(begin); !errors.Is(err, os.ErrDeadlineExceeded) || took != 3*s {
						t.Errorf("after %v: %v; want the deadline to pass after 3s", took, err)
					}
				}
			})
		})
	}
}

// TestLazyDeadlineInUse has a connection in use for long, with a deadline before
// each message as net/http sets it: it is not cut while messages come in time,
// and then it is.
func TestLazyDeadlineInUse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, other := leanPair(t)
		go func() {
			for range 100 {
				time.Sleep(2 * time.Second)
				_, _ = other.Write([]byte("x"))
			}
		}()
		for n := range 101 {
			_ = c.SetReadDeadline(time.Now().Add(3 * time.Second))
			switch _, err := c.Read(make([]byte, 1)); {
			case n < 100 && err != nil:
				t.Fatalf("message %d: %v", n, err)
			case n == 100 && !errors.Is(err, os.ErrDeadlineExceeded):
				t.Errorf("without a message: %v, want the deadline to pass", err)
			}
			_ = c.SetReadDeadline(time.Time{})
		}
	})
}

// TestLazyDeadlineUnused lets a deadline pass while nobody reads or writes:
// whoever does then is told at once, until the deadline is moved.
func TestLazyDeadlineUnused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, other := leanPair(t)
		_ = c.SetDeadline(time.Now().Add(time.Second))
		time.Sleep(2 * time.Second)
		begin := time.Now()
		for _, do := range []func([]byte) (int, error){c.Read, c.Write, c.Read} {
			if _, err := do(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(begin) != 0 {
				t.Errorf("error = %v after %v, want that the deadline passed, at once", err, time.Since(begin))
			}
		}
		_ = c.SetDeadline(time.Now().Add(time.Second))
		go func() { _, _ = other.Write([]byte("x")) }()
		if _, err := c.Read(make([]byte, 1)); err != nil {
			t.Errorf("error = %v after the deadline was moved, want none", err)
		}
	})
}

// TestLazyDeadlineWakes interrupts a read as net/http does when it answers.
func TestLazyDeadlineWakes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, _ := leanPair(t)
		failed := make(chan error, 1)
		go func() {
			_, err := c.Read(make([]byte, 1))
			failed <- err
		}()
		synctest.Wait()
		_ = c.SetReadDeadline(time.Unix(1, 0))
		if err := <-failed; !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("error = %v, want that the deadline passed", err)
		}
	})
}

// TestLazyDeadlineEnds closes a connection: no timer is left that would hold it.
func TestLazyDeadlineEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, _ := leanPair(t)
		_ = c.SetDeadline(time.Now().Add(time.Minute))
		_ = c.Close()
		_ = c.SetDeadline(time.Now().Add(time.Second))
		l := c.(*leanConn)
		if l.read.timer.Stop() || l.write.timer.Stop() {
			t.Error("a timer runs after the connection was closed")
		}
	})
}
