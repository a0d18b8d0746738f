package measure

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
)

// maxBody is the longest answer of a server, in bytes.
const maxBody = 1 << 20

// A connection asks a server one thing after the other. It speaks as little
// HTTP/1.1 as our servers need: the client of net/http would take more of the
// processor than the server that is measured.
type connection struct {
	conn net.Conn
	r    *bufio.Reader
	body []byte
}

// dial connects to a port of this machine. Reads and writes fail when the time
// of ctx is over; when it ends earlier, the server is killed and they fail too.
func dial(ctx context.Context, port int) (*connection, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, err
	}
	if at, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(at); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	return &connection{conn: conn, r: bufio.NewReader(conn)}, nil
}

// request returns a GET request as it is sent.
func request(path string) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
}

// exchange sends a request and returns the body of the answer, which is valid
// until the next exchange.
func (c *connection) exchange(request []byte) ([]byte, error) {
	if _, err := c.conn.Write(request); err != nil {
		return nil, err
	}
	status, err := c.r.ReadSlice('\n')
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the server closed a connection instead of answering")
	}
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200")) {
		return nil, fmt.Errorf("the server answers %q, not HTTP/1.1 200", strings.TrimSpace(string(status)))
	}
	length, err := c.header()
	if err != nil {
		return nil, err
	}
	if cap(c.body) < length {
		c.body = make([]byte, length)
	}
	c.body = c.body[:length]
	_, err = io.ReadFull(c.r, c.body)
	return c.body, err
}

// header reads the header of an answer and returns the length of its body.
func (c *connection) header() (length int, err error) {
	length = -1
	for {
		line, err := c.r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		if bytes.EqualFold(name, []byte("Content-Length")) {
			length, err = strconv.Atoi(string(bytes.TrimSpace(value)))
			if err != nil || length < 0 {
				return 0, fmt.Errorf("the server sends Content-Length %q", value)
			}
		}
		if bytes.EqualFold(name, []byte("Connection")) && bytes.EqualFold(bytes.TrimSpace(value), []byte("close")) {
			return 0, errors.New("the server closes a connection after one answer")
		}
	}
	if length < 0 || length > maxBody {
		return 0, errors.New("the server sends no Content-Length, or more than 1 MB")
	}
	return length, nil
}

// ping sends the line ping and returns the line that answers it.
func (c *connection) ping() (string, error) {
	if _, err := io.WriteString(c.conn, "ping\n"); err != nil {
		return "", err
	}
	line, err := c.r.ReadString('\n')
	return strings.TrimSuffix(line, "\n"), err
}

// get connects, asks once and returns the body.
func get(ctx context.Context, port int, path string) (string, error) {
	c, err := dial(ctx, port)
	if err != nil {
		return "", err
	}
	body, err := c.exchange(request(path))
	return string(body), errors.Join(err, c.conn.Close())
}
