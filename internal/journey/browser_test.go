package journey

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long one test may keep its tab.
const patience = 5 * time.Minute

// A view is how a reader looks at the site.
type view struct {
	width  int64
	dark   bool
	script bool
}

// String names the view in the names of tests.
func (v view) String() string {
	theme, script := "light", "no-script"
	if v.dark {
		theme = "dark"
	}
	if v.script {
		script = "script"
	}
	return fmt.Sprintf("%d-%s-%s", v.width, theme, script)
}

// chrome is the one browser of a test run, started by the first test that
// needs it and ended by TestMain.
var chrome struct {
	once sync.Once
	ctx  context.Context
	stop func()
	err  error
}

// TestMain ends the browser when all tests are done.
func TestMain(m *testing.M) {
	code := m.Run()
	if chrome.stop != nil {
		chrome.stop()
	}
	os.Exit(code)
}

// browser returns the context of the running browser. It skips the test where
// there is none, and fails it where one is required.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := findBrowser()
	if path == "" {
		if os.Getenv("TIEBREAK_BROWSER") == "required" {
			t.Fatal("no Chromium or Chrome found: run make need, or name one in TIEBREAK_CHROMIUM")
		}
		t.Skip("no Chromium or Chrome found")
	}
	chrome.once.Do(func() { startBrowser(path) })
	if chrome.err != nil {
		t.Fatalf("start %s: %v", path, chrome.err)
	}
	return chrome.ctx
}

func findBrowser() string {
	if path := os.Getenv("TIEBREAK_CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func startBrowser(path string) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.Flag("no-sandbox", true),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true),
	)
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	chrome.ctx = ctx
	chrome.stop = func() { stop(); stopAllocator() }
	chrome.err = chromedp.Do(ctx)
}

// A tab is one reader: a fresh browser profile with one page open. What the
// page should not do is collected, and fails the test at its end.
type tab struct {
	t      *testing.T
	ctx    context.Context
	view   view
	origin string

	mu         sync.Mutex
	complaints []string
	expected   string // address of a page that is expected to answer 4xx
	blocked    string // end of the addresses that the test keeps from loading
	forgiven   bool   // the test reads the complaints itself
}

// newTab opens a tab on the site at origin.
func newTab(t *testing.T, origin string, v view) *tab {
	t.Helper()
	b := &tab{t: t, view: v, origin: origin}
	ctx, cancel := chromedp.NewContext(browser(t), chromedp.WithNewBrowserContext())
	ctx, cancelTime := context.WithTimeout(ctx, patience)
	b.ctx = ctx
	t.Cleanup(func() { cancelTime(); cancel() })
	t.Cleanup(b.finish)
	if err := chromedp.Listen(ctx, b.watch); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	theme := "light"
	if v.dark {
		theme = "dark"
	}
	b.do("set up the view",
		chromedp.EmulateViewport(v.width, 800),
		call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: theme},
			{Name: "prefers-reduced-motion", Value: "reduce"},
		}}),
		call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !v.script}),
		call(audits.Enable, cdp.Empty{}),
	)
	return b
}

// call makes a step of a protocol command whose answer does not matter.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, command, params)
		return err
	})
}

// watch runs for every event of the tab, in order, and must be quick.
func (b *tab) watch(event any) {
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		b.complain("console.%s was called", e.Type)
	case *runtime.EventExceptionThrown:
		b.complain("exception: %s", e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		b.logEntry(e.Entry)
	case *audits.EventIssueAdded:
		if e.Issue.Code == audits.InspectorIssueCodeContentSecurityPolicyIssue {
			b.complain("the content policy was violated")
		}
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, b.origin+"/") {
			b.complain("request to %.80s", e.Request.URL)
		}
	case *network.EventResponseReceivedExtraInfo:
		for name := range e.Headers {
			if strings.EqualFold(name, "Set-Cookie") {
				b.complain("a cookie was set")
			}
		}
	}
}

// logEntry keeps what the browser says of its own accord, except that a page
// which was expected to be an error was one, and that a file was kept from
// loading.
func (b *tab) logEntry(e *log.Entry) {
	b.mu.Lock()
	expected := e.Source == log.EntrySourceNetwork &&
		(b.expected != "" && e.URL == b.expected || b.blocked != "" && strings.HasSuffix(e.URL, b.blocked))
	b.mu.Unlock()
	if !expected {
		b.complain("browser log: %s %s", e.Text, e.URL)
	}
}

func (b *tab) complain(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = append(b.complaints, fmt.Sprintf(format, args...))
}

// quiet returns what the pages opened so far should not have done.
func (b *tab) quiet() []string {
	if jar, err := chromedp.Run(b.ctx, cookies); err == nil && len(jar) > 0 {
		b.complain("%d cookies are kept", len(jar))
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.complaints...)
}

func cookies(ctx context.Context, target *chromedp.Target) ([]*network.Cookie, error) {
	r, err := cdp.Call(ctx, target, network.GetCookies, network.GetCookiesParams{})
	if err != nil {
		return nil, err
	}
	return r.Cookies, nil
}

func (b *tab) finish() {
	if b.forgiven {
		return
	}
	for _, c := range b.quiet() {
		b.t.Error(c)
	}
}

// do runs steps and ends the test where one fails.
func (b *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

// open goes to a path of the site and checks the status of the answer.
func (b *tab) open(path string, status int) {
	b.t.Helper()
	b.expect(path, status)
	b.load("open "+path, status, chromedp.Navigate(b.origin+path))
}

// expect allows the next page to be an error. The path is where it will be.
func (b *tab) expect(path string, status int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.expected = ""
	if status >= 400 {
		b.expected = b.origin + path
	}
}

// load runs a step that leads to another page, waits until that is there, and
// checks the status of the answer and what every page must keep.
func (b *tab) load(what string, status int, step chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	response, err := chromedp.RunResponse(b.ctx, step)
	if err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
	if response != nil && response.Status != int64(status) {
		b.t.Fatalf("%s: status %d, want %d", what, response.Status, status)
	}
	b.fits(what)
	b.still(what)
}

// still checks that nothing on the page moved after it was first painted.
// Without scripts nothing can tell.
func (b *tab) still(what string) {
	b.t.Helper()
	if !b.view.script {
		return
	}
	moved, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](shifts, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: look for layout shifts: %v", what, err)
	}
	for _, m := range moved {
		b.t.Errorf("%s: the layout shifted by %s", what, m)
	}
}

// shifts are the layout shifts since the page was opened: how bad each was,
// and what moved from where to where.
const shifts = `new Promise(done => {
	const found = [];
	new PerformanceObserver(list => found.push(...list.getEntries())).observe({type: "layout-shift", buffered: true});
	const name = n => n ? n.nodeName.toLowerCase() + (n.id ? "#" + n.id : "") + (n.getAttribute?.("class") ? "." + n.getAttribute("class") : "") : "something gone";
	const box = r => "(" + [r.x, r.y, r.width, r.height].join(" ") + ")";
	const say = s => name(s.node) + " " + box(s.previousRect) + " to " + box(s.currentRect);
	requestAnimationFrame(() => setTimeout(() => done(
		found.filter(e => !e.hadRecentInput).map(e => e.value.toFixed(4) + ": " + e.sources.map(say).join(", ")))));
})`

// fits checks that the page does not scroll sideways.
func (b *tab) fits(what string) {
	b.t.Helper()
	if wide := eval[int](b, `document.scrollingElement.scrollWidth - innerWidth`); wide > 0 {
		b.t.Errorf("%s: the page is %d px wider than the window, because of %s", what, wide, eval[string](b, widest))
	}
}

// widest names the elements that stick out of the window and are not inside
// one that scrolls by itself.
const widest = `[...document.querySelectorAll("body *")].filter(e => {
	if (e.getBoundingClientRect().right <= innerWidth + 0.5) return false;
	for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
		if (getComputedStyle(p).overflowX !== "visible") return false;
	return true;
}).slice(0, 5).map(e => e.tagName.toLowerCase() + (e.id && "#" + e.id) + (e.getAttribute("class") ? "." + e.getAttribute("class") : "")).join(", ")`

// follow clicks what the selector finds and waits for the next page.
func (b *tab) follow(selector string) {
	b.t.Helper()
	b.submit(selector, 200)
}

// submit clicks what the selector finds and expects the next page to have the
// given status. An error is expected at the address the tab is at.
func (b *tab) submit(selector string, status int) {
	b.t.Helper()
	b.expect(b.path(), status)
	b.load("click "+selector, status, chromedp.Click(chromedp.CSS(selector)))
}

// click clicks what the selector finds and stays on the page.
func (b *tab) click(selector string) {
	b.t.Helper()
	b.do("click "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// press sends keys to whatever has the focus.
func (b *tab) press(keys string) {
	b.t.Helper()
	b.do(fmt.Sprintf("press %q", keys), chromedp.KeyEvent(keys))
}

// text returns the text of the first element that the selector finds, as seen.
func (b *tab) text(selector string) string {
	b.t.Helper()
	return eval[string](b, fmt.Sprintf(`(document.querySelector(%q)?.innerText ?? "").replace(/\s+/g, " ").trim()`, selector))
}

// count returns how many elements the selector finds.
func (b *tab) count(selector string) int {
	b.t.Helper()
	return eval[int](b, fmt.Sprintf(`document.querySelectorAll(%q).length`, selector))
}

// seen returns how many of the elements that the selector finds are on the page
// to be seen.
func (b *tab) seen(selector string) int {
	b.t.Helper()
	return eval[int](b, fmt.Sprintf(`[...document.querySelectorAll(%q)].filter(e => e.checkVisibility({visibilityProperty: true})).length`, selector))
}

// path returns the path and query the tab is at.
func (b *tab) path() string {
	b.t.Helper()
	u, err := url.Parse(eval[string](b, `location.href`))
	if err != nil {
		b.t.Fatal(err)
	}
	return u.RequestURI()
}

// eval runs an expression in the page, which works without scripts too: the
// debugger is not the page.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("evaluate %s: %v", expression, err)
	}
	return value
}

// forgive lets the test end well whatever was collected.
func (b *tab) forgive() { b.forgiven = true }

// back goes to the page before and waits until it is there. That page may come
// out of the browser's memory, which is no load that could be waited for.
func (b *tab) back(path string) {
	b.t.Helper()
	eval[bool](b, `history.back(), true`)
	for range 100 {
		at, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.readyState === "complete" ? location.pathname : ""`))
		if err == nil && at == path {
			return
		}
		b.do("wait", chromedp.Sleep(50*time.Millisecond))
	}
	b.t.Fatalf("going back does not lead to %s", path)
}
