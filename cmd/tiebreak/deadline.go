package main

import (
	"net"
	"sync"
	"time"
)

// A lazyListener gives connections whose deadlines cost next to nothing to
// move. net/http sets four for every request and takes nearly all of them back,
// and each time the runtime moves a timer: that was a fifteenth of what a page
// cost.
type lazyListener struct{ net.Listener }

// Accept implements net.Listener.
func (l lazyListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &lazyConn{Conn: conn}
	c.read.set, c.write.set = conn.SetReadDeadline, conn.SetWriteDeadline
	return c, nil
}

// A lazyConn is a connection whose deadlines are lazy.
type lazyConn struct {
	net.Conn
	read, write lazyDeadline
}

// SetReadDeadline implements net.Conn.
func (c *lazyConn) SetReadDeadline(t time.Time) error { return c.read.move(t) }

// SetWriteDeadline implements net.Conn.
func (c *lazyConn) SetWriteDeadline(t time.Time) error { return c.write.move(t) }

// SetDeadline implements net.Conn.
func (c *lazyConn) SetDeadline(t time.Time) error {
	if err := c.read.move(t); err != nil {
		return err
	}
	return c.write.move(t)
}

// Close implements net.Conn.
func (c *lazyConn) Close() error {
	c.read.end()
	c.write.end()
	return c.Conn.Close()
}

// A lazyDeadline is noted and not set. Its timer is moved only to come sooner:
// when it comes it looks at the note, and waits on if that is later by then. So
// a connection in use moves its timer once in the shortest of its limits, and
// still is cut at the time noted.
type lazyDeadline struct {
	set func(time.Time) error // the connection's own

	mu     sync.Mutex
	noted  time.Time // zero for none
	timer  *time.Timer
	comes  time.Time // when the timer does, zero for never
	isSet  bool      // the connection has a deadline, and it has passed
	closed bool
}

// move notes the deadline. One that has passed is set at once, which wakes
// whoever reads or writes.
func (d *lazyDeadline) move(t time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.noted = t
	if !t.IsZero() && time.Until(t) <= 0 {
		d.isSet = true
		return d.set(t)
	}
	if d.isSet {
		d.isSet = false
		if err := d.set(time.Time{}); err != nil {
			return err
		}
	}
	if !t.IsZero() && (d.comes.IsZero() || t.Before(d.comes)) {
		d.wait(t)
	}
	return nil
}

// wait has the timer come at t. The lock must be held.
func (d *lazyDeadline) wait(t time.Time) {
	if d.closed {
		return
	}
	d.comes = t
	if d.timer == nil {
		d.timer = time.AfterFunc(time.Until(t), d.come)
		return
	}
	d.timer.Reset(time.Until(t))
}

// come runs when the timer does. Should it have been moved meanwhile, it comes
// once more than needed, which changes nothing.
func (d *lazyDeadline) come() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.comes = time.Time{}
	switch {
	case d.noted.IsZero() || d.closed:
	case time.Until(d.noted) > 0:
		d.wait(d.noted)
	default:
		d.isSet = true
		_ = d.set(d.noted) // fails only if the connection is closed
	}
}

// end stops the timer for good.
func (d *lazyDeadline) end() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	if d.timer != nil {
		d.timer.Stop()
	}
}
