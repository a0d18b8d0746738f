package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/alecthomas/kong"

	"tiebreak/content"
)

// commands is the whole command line. A flag's twin is the environment
// variable that sets it where the flag is not given.
type commands struct {
	Help helpFlag `short:"h" help:"Show this help."`

	Serve       serveCommand       `cmd:"" help:"Serve the site."`
	Check       checkCommand       `cmd:"" help:"Check a content folder; the built-in one if none is named."`
	Score       scoreCommand       `cmd:"" help:"Print the decision that answers come to."`
	Edition     editionCommands    `cmd:"" help:"Work on editions."`
	Measure     measureCommand     `cmd:"" help:"Run the measurements of a comparison and write their results."`
	Healthcheck healthcheckCommand `cmd:"" help:"Ask a running server whether it is well."`
	Version     versionCommand     `cmd:"" help:"Say what was built."`
}

// addrFlag is shared by the server and by the command that asks it for its health.
type addrFlag struct {
	Addr string `twin:"TIEBREAK_ADDR" default:"localhost:8080" placeholder:"HOST:PORT" help:"Address to listen on."`
}

// contentFlag chooses another content folder than the one built in.
type contentFlag struct {
	Content string `twin:"TIEBREAK_CONTENT" placeholder:"DIR" help:"Folder to use instead of the built-in content."`
}

// files returns the chosen content.
func (f contentFlag) files() (fs.FS, error) { return contentFiles(f.Content) }

func contentFiles(dir string) (fs.FS, error) {
	if dir == "" {
		return content.Files, nil
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("content folder: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("content folder: %s is a file", dir)
	}
	return regularFiles{os.DirFS(dir)}, nil
}

// regularFiles is a folder in which nothing but files and folders can be opened:
// to open a pipe may take for ever.
type regularFiles struct{ fs.FS }

// Open implements fs.FS.
func (f regularFiles) Open(name string) (fs.File, error) {
	info, err := fs.Stat(f.FS, name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("is not a regular file")}
	}
	return f.FS.Open(name)
}

// errHelp ends a run whose help was asked for and printed.
var errHelp = errors.New("help was asked for")

type helpFlag bool

// BeforeReset prints the help before kong asks for anything else.
func (helpFlag) BeforeReset(ctx *kong.Context) error {
	if err := ctx.PrintUsage(false); err != nil {
		return err
	}
	return errHelp
}

// parse reads the command line. Kong's own env tag reads the process's
// environment; ours goes through getenv, so that tests need not change it.
func parse(args []string, getenv func(string) string, stdout, stderr io.Writer) (*kong.Context, error) {
	parser, err := kong.New(&commands{},
		kong.Name("tiebreak"),
		kong.Description("Sourced comparisons of technologies, with a questionnaire and results to share."),
		kong.NoDefaultHelp(),
		kong.Vars{"local_base": localBase},
		kong.Writers(stdout, stderr),
		kong.ValueFormatter(helpWithTwin),
		kong.Resolvers(kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
			if value := getenv(flag.Tag.Get("twin")); value != "" {
				return value, nil
			}
			return nil, nil
		})),
	)
	if err != nil {
		return nil, err
	}
	return parser.Parse(args)
}

func helpWithTwin(value *kong.Value) string {
	if twin := value.Tag.Get("twin"); twin != "" {
		return value.Help + " Also $" + twin + "."
	}
	return value.Help
}
