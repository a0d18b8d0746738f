package main

import (
	"sync"
	"time"
)

// A lazyDeadline is noted and not set. Its timer is moved only to come sooner:
// when it comes it looks at the note, and waits on if that is later by then. So
// a connection in use moves its timer once in the shortest of its limits, and
// still is cut at the time noted. net/http sets four deadlines for every request
// and takes nearly all of them back, and each time the runtime would move a
// timer: that was a fifteenth of what a page cost.
//
// The connection itself has a deadline only to interrupt a call that is under
// way. One that begins later is told by begin.
type lazyDeadline struct {
	set func(time.Time) error // the connection's own

	mu     sync.Mutex
	noted  time.Time // zero for none
	passed bool      // the time noted has come
	calls  int       // under way
	timer  *time.Timer
	comes  time.Time // when the timer does, zero for never
	isSet  bool      // the connection has a deadline, and it has passed
	closed bool
}

// begin notes a call, unless the deadline has passed. Calls that began end with
// done.
func (d *lazyDeadline) begin() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.passed {
		return false
	}
	d.calls++
	return true
}

// done notes that a call is over.
func (d *lazyDeadline) done() {
	d.mu.Lock()
	d.calls--
	d.mu.Unlock()
}

// move notes the deadline.
func (d *lazyDeadline) move(t time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.noted, d.passed = t, false
	if !t.IsZero() && time.Until(t) <= 0 {
		return d.pass()
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

// pass notes that the deadline has passed, and wakes whoever reads or writes.
// The lock must be held.
func (d *lazyDeadline) pass() error {
	d.passed = true
	if d.calls == 0 {
		return nil
	}
	d.isSet = true
	return d.set(d.noted)
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
		_ = d.pass() // fails only if the connection is closed
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
