package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strings"
)

//go:embed peer/package.json peer/package-lock.json peer/server.mjs peer/result.eta
var peerFiles embed.FS

// A peer is the same result page on Node.js, installed.
type peer struct{ node, server string }

// installPeer puts the peer and the packages of its lock file below the user's
// cache, where the next run finds them.
func installPeer(ctx context.Context) (peer, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return peer{}, err
	}
	names, err := peerFiles.ReadDir("peer")
	if err != nil {
		return peer{}, err
	}
	lock, err := peerFiles.ReadFile("peer/package-lock.json")
	if err != nil {
		return peer{}, err
	}
	sum := sha256.Sum256(lock)
	dir := filepath.Join(cache, "tiebreak-bench", hex.EncodeToString(sum[:6]))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return peer{}, err
	}
	for _, f := range names {
		text, err := peerFiles.ReadFile(path.Join("peer", f.Name()))
		if err != nil {
			return peer{}, err
		}
		if err := os.WriteFile(filepath.Join(dir, f.Name()), text, 0o600); err != nil {
			return peer{}, err
		}
	}
	if err := installPackages(ctx, dir); err != nil {
		return peer{}, err
	}
	return peer{node: newestNode(dir), server: filepath.Join(dir, "server.mjs")}, nil
}

// installPackages runs npm, unless it has finished here before.
func installPackages(ctx context.Context, dir string) error {
	done := filepath.Join(dir, "installed")
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	cmd := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci: %w: %s", err, out)
	}
	return os.WriteFile(done, nil, 0o600)
}

// newestNode returns the Node.js among the packages, or the machine's own
// where there is none for its processor.
func newestNode(dir string) string {
	arch := map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	own := filepath.Join(dir, "node_modules", "node-"+runtime.GOOS+"-"+arch, "bin", "node")
	if exec.Command(own, "--version").Run() == nil {
		return own
	}
	return "node"
}

// peerData is what server.mjs reads.
type peerData struct {
	Path    string                     `json:"path"` // of result pages, up to the code
	Headers map[string]string          `json:"headers"`
	Top     string                     `json:"top"` // the page before its main part
	Bottom  string                     `json:"bottom"`
	Results map[string]json.RawMessage `json:"results"` // by code
}

// newPeerData asks the site for the results at the paths, and takes the frame
// of the page and its headers from the first.
func newPeerData(ctx context.Context, site *server, paths []string) (peerData, error) {
	first, err := get(ctx, site.url+paths[0], noCodings)
	if err != nil {
		return peerData{}, err
	}
	top, bottom, err := frame(first.Body)
	if err != nil {
		return peerData{}, err
	}
	d := peerData{
		Path: path.Dir(paths[0]) + "/", Headers: ownHeaders(first.Header),
		Top: top, Bottom: bottom, Results: map[string]json.RawMessage{},
	}
	for _, p := range paths {
		result, err := get(ctx, site.url+p+".json", noCodings)
		if err != nil {
			return peerData{}, err
		}
		if result.Status != http.StatusOK {
			return peerData{}, fmt.Errorf("%s.json: status %d", p, result.Status)
		}
		d.Results[path.Base(p)] = result.Body
	}
	return d, nil
}

// frame returns what stands before and after the main part of a page.
func frame(body []byte) (top, bottom string, err error) {
	before, rest, opened := bytes.Cut(body, []byte("<main "))
	_, after, closed := bytes.Cut(rest, []byte("</main>"))
	if !opened || !closed {
		return "", "", errors.New("the page of a result has no main part")
	}
	return string(before), string(after), nil
}

// ownHeaders are the headers that do not follow from the body.
func ownHeaders(h http.Header) map[string]string {
	out := map[string]string{}
	for key := range h {
		switch key {
		case "Content-Length", "Content-Type", "Date", "Etag", "Vary":
		default:
			out[strings.ToLower(key)] = h.Get(key)
		}
	}
	return out
}
