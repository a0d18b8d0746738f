package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"sync"
	"time"

	"tiebreak/web"
)

const (
	// logRequests is how many requests wait to be logged together.
	logRequests = 256
	// logDelay is how long they wait.
	logDelay = 200 * time.Millisecond
	// logHeld is how many lines are held while what reads the log does not: about
	// 2 MB. Lines after them are lost, and counted.
	logHeld = 16 * logRequests
	// logGrace is how long the end of the program waits for what reads the log.
	logGrace = time.Second
)

// newLog returns a log of lines of JSON. Those of requests are made and written
// many at a time: a system call for each was a tenth of what a page cost, and
// making each beside its request a twentieth, since the code for it was then
// never in the processor's cache. Any other line is written as soon as may be,
// with all before it. Whoever logs never waits for what reads the log, which may
// have stopped. Call end to write what is left.
func newLog(w io.Writer) (log *slog.Logger, end func()) {
	b := newBatch(w)
	over, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		b.writeInTime(over)
	}()
	return slog.New(b.handler()), sync.OnceFunc(func() {
		close(over)
		select {
		case <-done:
		case <-time.After(logGrace):
		}
	})
}

// A batch is what of the log is not written yet.
type batch struct {
	mu   sync.Mutex
	held []heldLine
	lost int           // lines there was no room for
	full chan struct{} // there is something that should not wait

	// Only the goroutine that writes uses the rest.
	out     io.Writer
	own     slog.Handler // for its own lines
	lines   bytes.Buffer
	written []heldLine // room for what is held next
}

// A heldLine is a line to be made, and the handler that does it.
type heldLine struct {
	handler slog.Handler
	record  slog.Record
}

func newBatch(w io.Writer) *batch {
	b := &batch{
		held: make([]heldLine, 0, logRequests), written: make([]heldLine, 0, logRequests),
		full: make(chan struct{}, 1), out: w,
	}
	b.own = slog.NewJSONHandler(&b.lines, nil)
	return b
}

func (b *batch) handler() slog.Handler { return batchHandler{b.own, b} }

// writeInTime writes the batch when it is full or has waited for long, and at
// the end.
func (b *batch) writeInTime(over <-chan struct{}) {
	tick := time.NewTicker(logDelay)
	defer tick.Stop()
	for open := true; open; {
		select {
		case <-tick.C:
		case <-b.full:
		case <-over:
			open = false
		}
		b.write()
	}
}

// add notes a line, to be written at once unless it may wait for more.
func (b *batch) add(h slog.Handler, r *slog.Record, mayWait bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.held) == logHeld {
		b.lost++
		return
	}
	b.held = append(b.held, heldLine{h, r.Clone()})
	if mayWait && len(b.held) < logRequests {
		return
	}
	select {
	case b.full <- struct{}{}:
	default: // it is known already
	}
}

// write makes and writes all lines. Lines that cannot be written are lost, or
// they would fill the memory; there is nowhere to say that logging fails.
func (b *batch) write() {
	b.mu.Lock()
	lines, lost := b.held, b.lost
	b.held, b.lost = b.written[:0], 0
	b.mu.Unlock()
	for _, h := range lines {
		_ = h.handler.Handle(context.Background(), h.record)
	}
	if lost > 0 {
		r := slog.NewRecord(time.Now(), slog.LevelWarn, "log lines lost, what reads them was too slow", 0)
		r.AddAttrs(slog.Int("lines", lost))
		_ = b.own.Handle(context.Background(), r)
	}
	clear(lines)
	b.written = lines
	if b.lines.Len() > 0 {
		_, _ = b.out.Write(b.lines.Bytes())
		b.lines.Reset()
	}
}

// A batchHandler holds back nothing but requests that were answered.
type batchHandler struct {
	slog.Handler
	batch *batch
}

// Handle implements slog.Handler.
func (h batchHandler) Handle(_ context.Context, r slog.Record) error {
	h.batch.add(h.Handler, &r, r.Level < slog.LevelWarn && r.Message == web.RequestMessage)
	return nil
}

// WithAttrs implements slog.Handler.
func (h batchHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return batchHandler{h.Handler.WithAttrs(attrs), h.batch}
}

// WithGroup implements slog.Handler.
func (h batchHandler) WithGroup(name string) slog.Handler {
	return batchHandler{h.Handler.WithGroup(name), h.batch}
}
