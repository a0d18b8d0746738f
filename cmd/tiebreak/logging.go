package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"time"

	"tiebreak/web"
)

// How many requests wait to be logged together, and how long they wait.
const (
	logRequests = 256
	logDelay    = 200 * time.Millisecond
)

// newLog returns a log of lines of JSON. Those of requests are made and written
// many at a time: a system call for each was a tenth of what a page cost,
// and making each beside its request a twentieth, since the code for it was then
// never in the processor's cache. Any other line is written at once, with all
// before it. Call end to write what is left.
func newLog(w io.Writer) (log *slog.Logger, end func()) {
	b := &batch{out: w, held: make([]heldLine, 0, logRequests)}
	over, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		b.writeInTime(over)
	}()
	return slog.New(batchHandler{slog.NewJSONHandler(&b.lines, nil), b}), sync.OnceFunc(func() {
		close(over)
		<-done
	})
}

// A batch is what of the log is not written yet.
type batch struct {
	mu    sync.Mutex
	held  []heldLine
	lines bytes.Buffer
	out   io.Writer
}

// A heldLine is a line to be made, and the handler that does it.
type heldLine struct {
	handler slog.Handler
	record  slog.Record
}

// writeInTime writes the batch when it has waited for long, and at the end.
func (b *batch) writeInTime(over <-chan struct{}) {
	tick := time.NewTicker(logDelay)
	defer tick.Stop()
	for open := true; open; {
		select {
		case <-tick.C:
		case <-over:
			open = false
		}
		b.mu.Lock()
		_ = b.write() // there is nowhere to say that logging fails
		b.mu.Unlock()
	}
}

// add notes a line, and writes all there are unless it may wait for more.
func (b *batch) add(h slog.Handler, r *slog.Record, mayWait bool) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.held = append(b.held, heldLine{h, r.Clone()})
	if mayWait && len(b.held) < logRequests {
		return nil
	}
	return b.write()
}

// write makes and writes all lines. The lock must be held. Lines that cannot be
// written are lost, or they would fill the memory.
func (b *batch) write() error {
	var err error
	for _, h := range b.held {
		err = errors.Join(err, h.handler.Handle(context.Background(), h.record))
	}
	clear(b.held)
	b.held = b.held[:0]
	if b.lines.Len() > 0 {
		_, failed := b.out.Write(b.lines.Bytes())
		err = errors.Join(err, failed)
		b.lines.Reset()
	}
	return err
}

// A batchHandler holds back nothing but requests that were answered.
type batchHandler struct {
	slog.Handler
	batch *batch
}

// Handle implements slog.Handler.
func (h batchHandler) Handle(_ context.Context, r slog.Record) error {
	return h.batch.add(h.Handler, &r, r.Level < slog.LevelWarn && r.Message == web.RequestMessage)
}

// WithAttrs implements slog.Handler.
func (h batchHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return batchHandler{h.Handler.WithAttrs(attrs), h.batch}
}

// WithGroup implements slog.Handler.
func (h batchHandler) WithGroup(name string) slog.Handler {
	return batchHandler{h.Handler.WithGroup(name), h.batch}
}
