package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"go.uber.org/zap/zapcore"

	"tiebreak/web"
)

// How many bytes of log wait to be written together, and how long they wait.
const (
	logBytes = 64 << 10
	logDelay = 200 * time.Millisecond
)

// newLog returns a log of lines of JSON. Those of requests are written many at
// a time: a call of the system for each was a tenth of what a page cost. Any
// other line is written at once, with all before it. Call end to write what is
// left.
func newLog(w io.Writer) (log *slog.Logger, end func()) {
	out := &zapcore.BufferedWriteSyncer{WS: zapcore.AddSync(w), Size: logBytes, FlushInterval: logDelay}
	return slog.New(promptHandler{slog.NewJSONHandler(out, nil), out}), func() { _ = out.Stop() }
}

// A promptHandler keeps nothing back but requests that were answered.
type promptHandler struct {
	slog.Handler
	out zapcore.WriteSyncer
}

// Handle implements slog.Handler.
func (h promptHandler) Handle(ctx context.Context, r slog.Record) error {
	err := h.Handler.Handle(ctx, r)
	if r.Level >= slog.LevelWarn || r.Message != web.RequestMessage {
		err = errors.Join(err, h.out.Sync())
	}
	return err
}

// WithAttrs implements slog.Handler.
func (h promptHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return promptHandler{h.Handler.WithAttrs(attrs), h.out}
}

// WithGroup implements slog.Handler.
func (h promptHandler) WithGroup(name string) slog.Handler {
	return promptHandler{h.Handler.WithGroup(name), h.out}
}
