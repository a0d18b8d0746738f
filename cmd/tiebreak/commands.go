package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"time"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
)

type checkCommand struct {
	Dir   string `arg:"" optional:"" help:"Content folder."`
	Today string `placeholder:"DATE" help:"Also warn of facts that were to be reviewed before this day, such as 2027-01-31."`
}

// Run prints every problem of the content as path:line: what is wrong, and
// fails if there is one. A warning is no failure.
func (c *checkCommand) Run(p program) error {
	today := compare.Date(c.Today)
	if c.Today != "" && !today.Valid() {
		return fmt.Errorf("check: %q is not a day, write it like 2027-01-31", c.Today)
	}
	files, err := contentFiles(c.Dir)
	if err != nil {
		return err
	}
	if problems := catalog.Check(files); len(problems) > 0 {
		return errors.Join(c.print(p, "", problems), fmt.Errorf("check: %s", count(len(problems), "problem")))
	}
	if c.Today == "" {
		return nil
	}
	checked, err := catalog.Load(files)
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	return c.print(p, "warning: ", checked.Stale(today))
}

// print names files as the caller can open them: with the folder before them.
func (c *checkCommand) print(p program, label string, problems catalog.Problems) error {
	for _, problem := range problems {
		problem.Path = path.Join(cmp.Or(filepath.ToSlash(c.Dir), "content"), problem.Path)
		problem.Msg = label + problem.Msg
		if _, err := fmt.Fprintln(p.stdout, problem); err != nil {
			return fmt.Errorf("check: print: %w", err)
		}
	}
	return nil
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

type editionCommands struct {
	Diff    diffCommand    `cmd:"" help:"Say who decides otherwise by a newer edition, and why."`
	Release releaseCommand `cmd:"" help:"Lock an edition, so that its results never change."`
}

type releaseCommand struct {
	contentFlag
	Comparison string `arg:"" help:"Comparison, such as nodejs-vs-python."`
	Number     int    `arg:"" help:"Number of the edition."`
}

// Run writes the lock file of the comparison. The built-in content cannot be
// written, so a folder must be named.
func (c *releaseCommand) Run(p program) error {
	if c.Content == "" {
		return errors.New("edition release: name the folder to write to with --content DIR")
	}
	files, err := c.files()
	if err != nil {
		return err
	}
	today := compare.Date(p.now().UTC().Format(time.DateOnly))
	lock, err := catalog.Release(files, c.Comparison, c.Number, today)
	if errors.Is(err, compare.ErrNotFound) {
		err = coded{err, exitUsage}
	}
	if err != nil {
		return fmt.Errorf("edition release: %w", err)
	}
	file := filepath.Join(c.Content, filepath.FromSlash(c.Comparison), "editions", "lock.yaml")
	if err := replaceFile(file, lock); err != nil {
		return fmt.Errorf("edition release: %w", err)
	}
	fmt.Fprintf(p.stdout, "Edition %d of %s is released. Commit %s.\n", c.Number, c.Comparison, file)
	return nil
}

// replaceFile leaves either the old file or the whole new one.
func replaceFile(name string, data []byte) error {
	fresh := name + ".new"
	err := os.WriteFile(fresh, data, 0o644)
	if err == nil {
		err = os.Rename(fresh, name)
	}
	if err != nil {
		// Half a file is worth nothing; whether it can be removed changes nothing.
		_ = os.Remove(fresh)
	}
	return err
}

type healthcheckCommand struct {
	addrFlag
}

// healthTimeout is short: a server that takes longer is not well.
const healthTimeout = 3 * time.Second

// Run fails if the server at the address is not well.
func (c *healthcheckCommand) Run(ctx context.Context, p program) error {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	address, err := net.ResolveTCPAddr("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("healthcheck: %w", err)
	}
	url := localURL(c.Addr, address) + "/healthz"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("healthcheck: %w", err)
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("healthcheck: %w", err)
	}
	if err := response.Body.Close(); err != nil {
		return fmt.Errorf("healthcheck: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("healthcheck: %s answers %s", url, response.Status)
	}
	fmt.Fprintln(p.stdout, "ok")
	return nil
}

type versionCommand struct{}

// Run prints the version, commit and Go version the program was built with.
func (versionCommand) Run(p program) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("version: built without build information")
	}
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	commit := "unknown commit"
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			commit = setting.Value
		}
	}
	if _, err := fmt.Fprintf(p.stdout, "tiebreak %s, %s, %s\n", version, commit, info.GoVersion); err != nil {
		return fmt.Errorf("version: print: %w", err)
	}
	return nil
}
