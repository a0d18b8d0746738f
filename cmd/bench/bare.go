package main

import (
	"context"
	"encoding/gob"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
)

// bareVerb, as first argument, makes this program the bare handler.
const bareVerb = "bare"

// A bareHandler writes answers it was given, by path, and does nothing else:
// the most that net/http can do with these bytes and headers.
type bareHandler map[string]page

// ServeHTTP implements http.Handler.
func (b bareHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p := b[r.URL.Path]
	if p.Status == 0 {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	for key, values := range p.Header {
		h[key] = values
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(p.Body)
}

// save writes the answers for [serveBare].
func (b bareHandler) save(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := gob.NewEncoder(f).Encode(b); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return f.Close()
}

// readBare reads what save wrote.
func readBare(name string) (bareHandler, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	var answers bareHandler
	if err := gob.NewDecoder(f).Decode(&answers); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return answers, nil
}

// serveBare serves the answers in the named file until its input ends, so that
// it never outlives the benchmark.
func serveBare(ctx context.Context, name, address string) error {
	answers, err := readBare(name)
	if err != nil {
		return err
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = l.Close()
	}()
	return http.Serve(l, answers)
}
