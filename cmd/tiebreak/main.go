// Command tiebreak serves and checks sourced comparisons of technologies.
//
//	tiebreak serve                       serve the site
//	tiebreak check [DIR]                 check a content folder
//	tiebreak score SLUG Q=CHOICE...      print the decision that answers come to
//	tiebreak edition diff SLUG OLD NEW   say who decides otherwise by a newer edition
//	tiebreak edition release SLUG N      lock an edition, so that its results never change
//	tiebreak measure SLUG [ID...]        run measurements and write their results
//	tiebreak healthcheck                 ask a running server whether it is well
//	tiebreak version                     say what was built
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
)

func main() {
	err := run(context.Background(), os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "tiebreak:", err)
	}
	os.Exit(exitCode(err))
}

// program is what commands may use of the world around them.
type program struct {
	stdout io.Writer
	stderr io.Writer
	now    func() time.Time
}

// untilTold returns a context that ends when the process is told to stop, for
// commands that have something to finish then. A second signal ends the process
// at once, as the first does while any other command runs.
func untilTold(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// run runs one command until it is done or the context ends.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	command, err := parse(args, getenv, stdout, stderr)
	if errors.Is(err, errHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	command.BindTo(ctx, (*context.Context)(nil))
	return command.Run(program{stdout: stdout, stderr: stderr, now: time.Now})
}

// The exit codes. Each command's help says what they mean there.
const (
	exitFailed    = 1
	exitUsage     = 2
	exitUndecided = 3
)

// coded is an error with the exit code it ends the program with.
type coded struct {
	error
	code int
}

func (c coded) Unwrap() error { return c.error }

// exitCode is 0 without an error, the error's own code if it has one, 2 for a
// command line that cannot be understood, and 1 for a command that failed.
func exitCode(err error) int {
	var own coded
	var usage *kong.ParseError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &own):
		return own.code
	case errors.As(err, &usage):
		return exitUsage
	}
	return exitFailed
}
