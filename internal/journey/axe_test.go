package journey

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// axeVersion is the version of axe-core in testdata/axe.min.js.gz. How that
// came here, and under which licence, is in testdata/README.md.
const axeVersion = "4.14.1"

// TestAccessible has axe-core judge every page, with all details open, on a
// phone and on a wide screen, light and dark. No finding is excused.
func TestAccessible(t *testing.T) {
	s := start(t)
	axe := unpackAxe(t)
	for _, v := range []view{
		{width: 360, script: true},
		{width: 360, dark: true, script: true},
		{width: 1280, script: true},
		{width: 1280, dark: true, script: true},
	} {
		t.Run(v.String(), func(t *testing.T) {
			b := newTab(t, s.origin, v)
			b.bypassPolicy()
			for _, p := range s.stops() {
				b.open(p.path, p.status)
				b.accessible(axe, p.path)
			}
			b.refuse(s)
			b.accessible(axe, "the form with errors")
		})
	}
}

// TestAxeCanFail shows axe a page with mistakes of several kinds.
func TestAxeCanFail(t *testing.T) {
	bad := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><title></title><h1>Bad</h1><h3>worse</h3><img src="/x.png"><input>
			<p style="color:#bbb;background:#fff">pale</p><details><summary>More</summary><a href="/y"></a></details>`)
	}))
	t.Cleanup(bad.Close)
	b := newTab(t, bad.URL, view{width: 360, script: true})
	b.do("open", chromedp.Navigate(bad.URL+"/"))
	b.forgive()
	got := b.audit(unpackAxe(t))
	for _, rule := range []string{
		"color-contrast", "document-title", "heading-order", "html-has-lang", "image-alt", "label", "landmark-one-main", "link-name",
	} {
		if !slices.ContainsFunc(got, func(f finding) bool { return f.Rule == rule && len(f.Where) > 0 }) {
			t.Errorf("axe does not find %s in %v", rule, got)
		}
	}
}

func unpackAxe(t *testing.T) string {
	t.Helper()
	packed, err := os.ReadFile("testdata/axe.min.js.gz")
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	source, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if want := "/*! axe v" + axeVersion + "\n"; !strings.HasPrefix(string(source), want) {
		t.Fatalf("axe.min.js.gz does not start with %q", want)
	}
	return string(source)
}

// A finding is one rule that a page breaks, and the elements that break it.
type finding struct {
	Rule  string   `json:"rule"`
	Help  string   `json:"help"`
	Where []string `json:"where"`
}

// bypassPolicy lets axe load what the page's own policy forbids the page.
func (b *tab) bypassPolicy() {
	b.t.Helper()
	b.do("bypass the policy", call(page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}))
}

// accessible reports what axe finds on the page the tab is at.
func (b *tab) accessible(axe, what string) {
	b.t.Helper()
	for _, f := range b.audit(axe) {
		b.t.Errorf("%s: %s (%s) at\n\t%s", what, f.Rule, f.Help, strings.Join(f.Where, "\n\t"))
	}
}

// audit runs axe on the page the tab is at, after opening all that is folded
// and laying out all that is far away: axe cannot judge what is not drawn.
func (b *tab) audit(axe string) []finding {
	b.t.Helper()
	eval[bool](b, `document.querySelectorAll("details").forEach(d => { d.open = true; }), true`)
	eval[bool](b, `{
		const all = new CSSStyleSheet();
		all.replaceSync("* { content-visibility: visible !important; }");
		document.adoptedStyleSheets = [all];
		true
	}`)
	eval[bool](b, axe+`;true`)
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]finding](runAxe, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("run axe: %v", err)
	}
	return found
}

const runAxe = `axe.run(document, {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	resultTypes: ["violations"],
}).then(r => r.violations.map(v => ({
	rule: v.id,
	help: v.help,
	where: v.nodes.slice(0, 8).map(n => n.target.join(" ") + ": " + n.failureSummary.replace(/\s+/g, " ")),
})))`
