package main

import (
	"bytes"
	"net"
	"os"
	"strconv"
	"sync"
	"time"
)

// A leanListener gives connections that cost less than the system's own where
// net/http uses them most: their deadlines cost next to nothing to move, and
// responses go out whole. It has to wrap the system's own listener directly, since
// net.Buffers writes two pieces with one call (writev) only to a *net.TCPConn.
type leanListener struct{ net.Listener }

// Accept implements net.Listener.
func (l leanListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &leanConn{Conn: conn}
	c.read.set, c.write.set = conn.SetReadDeadline, conn.SetWriteDeadline
	return c, nil
}

// A leanConn is a connection with lazy deadlines that writes whole responses.
type leanConn struct {
	net.Conn
	read, write lazyDeadline
	first       *piece // of a response, kept until the next comes
}

// pieceSize is how much net/http gathers of a response before it writes.
const pieceSize = 4 << 10

// A piece is the beginning of a response, with what it takes to write it and
// the next one with one call.
type piece struct {
	bytes [pieceSize]byte
	both  [2][]byte
	left  net.Buffers
}

var pieces = sync.Pool{New: func() any { return new(piece) }}

// Write implements net.Conn. net/http writes the header of a response with as
// much of the body as makes 4 KB, then the rest. Each is a system call, a
// seventh of what a page costs, so the beginning waits for the rest.
func (c *leanConn) Write(p []byte) (int, error) {
	first := c.first
	c.first = nil
	if first == nil && beginsResponse(p) {
		c.first = pieces.Get().(*piece)
		return copy(c.first.bytes[:], p), nil
	}
	if !c.write.begin() {
		return 0, os.ErrDeadlineExceeded
	}
	defer c.write.done()
	if first == nil {
		return c.Conn.Write(p)
	}
	defer pieces.Put(first)
	first.both = [...][]byte{first.bytes[:], p}
	first.left = first.both[:]
	n, err := first.left.WriteTo(c.Conn)
	first.both = [2][]byte{} // or the pool would hold p
	return int(max(0, n-pieceSize)), err
}

var (
	protocol     = []byte("HTTP/1.")
	endOfHeader  = []byte("\r\n\r\n")
	headerLength = []byte("\r\nContent-Length: ")
	endOfLine    = []byte("\r\n")
)

// beginsResponse reports whether p is a full piece with the header of a response
// and some of its body, after which net/http has to write more.
func beginsResponse(p []byte) bool {
	if len(p) != pieceSize || !bytes.HasPrefix(p, protocol) {
		return false
	}
	header, body, whole := bytes.Cut(p, endOfHeader)
	_, length, declared := bytes.Cut(header, headerLength)
	if !whole || !declared {
		return false
	}
	length, _, _ = bytes.Cut(length, endOfLine)
	n, err := strconv.Atoi(string(length))
	return err == nil && len(body) > 0 && n > len(body)
}

// Read implements net.Conn.
func (c *leanConn) Read(p []byte) (int, error) {
	if !c.read.begin() {
		return 0, os.ErrDeadlineExceeded
	}
	defer c.read.done()
	return c.Conn.Read(p)
}

// SetReadDeadline implements net.Conn.
func (c *leanConn) SetReadDeadline(t time.Time) error { return c.read.move(t) }

// SetWriteDeadline implements net.Conn.
func (c *leanConn) SetWriteDeadline(t time.Time) error { return c.write.move(t) }

// SetDeadline implements net.Conn.
func (c *leanConn) SetDeadline(t time.Time) error {
	if err := c.read.move(t); err != nil {
		return err
	}
	return c.write.move(t)
}

// Close implements net.Conn. The beginning of a response whose rest never came
// is lost.
func (c *leanConn) Close() error {
	c.read.end()
	c.write.end()
	return c.Conn.Close()
}
