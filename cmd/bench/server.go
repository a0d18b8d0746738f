package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"time"
)

// A server is one of the programs compared, in processes of its own.
type server struct {
	name string
	url  string
	pids []int
	// ready is the time from starting the program to its first whole answer.
	ready time.Duration
	stop  func()
}

// A program is how to start a server: the command for a given port, and the
// path of its first page.
type program struct {
	name    string
	command func(port string) []string
	first   string
	logs    bool // writes a log of requests, which goes to the null device
}

// patience is how long a server may take to answer for the first time.
const patience = 30 * time.Second

// start starts the program and waits for its first page.
func (p program) start(ctx context.Context) (*server, error) {
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	args := p.command(port)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	// To write a log is part of the work of who has one; a terminal or a disk is
	// not. What others say may explain a failure.
	var said bytes.Buffer
	if !p.logs {
		cmd.Stderr = &said
	}
	// A server that reads its input ends with the benchmark, whatever ends that.
	if _, err := cmd.StdinPipe(); err != nil {
		cancel()
		return nil, err
	}
	s := &server{name: p.name, url: "http://127.0.0.1:" + port}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		cancel()
		return nil, fmt.Errorf("start %s: %w", p.name, err)
	}
	s.stop = func() {
		cancel()
		_ = cmd.Wait() // it was killed, and says so
	}
	if err := s.await(ctx, p.first); err != nil {
		s.stop()
		return nil, fmt.Errorf("%w: %s", err, strings.TrimSpace(said.String()))
	}
	s.ready = time.Since(begin)
	if s.pids, err = family(cmd.Process.Pid); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// await asks for the path until it is answered with 200.
func (s *server) await(ctx context.Context, path string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var last string
	for ctx.Err() == nil {
		page, err := get(ctx, s.url+path, noCodings)
		if err == nil && page.Status == http.StatusOK {
			return nil
		}
		if err == nil {
			last = fmt.Sprintf(" but with %d: %.500s", page.Status, page.Body)
		}
		time.Sleep(500 * time.Microsecond)
	}
	return fmt.Errorf("%s did not answer within %s%s", s.name, patience, last)
}

func freePort(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return "", err
	}
	return port, l.Close()
}

// What clients say they can read.
const (
	browserCodings = "gzip, deflate, br"
	noCodings      = "identity"
)

// A page is an answer as it went over the wire.
type page struct {
	Status int
	Header http.Header
	Body   []byte
}

// get asks once for a page in one of the codings, and decodes nothing.
func get(ctx context.Context, url, codings string) (page, error) {
	return ask(ctx, url, []string{"Accept-Encoding: " + codings})
}

// ask asks once, with headers as "Name: value", on a connection of its own.
func ask(ctx context.Context, url string, header []string) (page, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return page{}, err
	}
	for _, h := range header {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Set(name, value)
	}
	transport := &http.Transport{DisableKeepAlives: true, DisableCompression: true}
	res, err := transport.RoundTrip(req)
	if err != nil {
		return page{}, err
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	return page{Status: res.StatusCode, Header: res.Header, Body: body}, err
}
