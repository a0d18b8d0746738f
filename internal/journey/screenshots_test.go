package journey

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestScreenshots writes a picture of every page, whole, at three widths and
// in both themes. It runs only where it is told where to write.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("TIEBREAK_SCREENSHOTS")
	if dir == "" {
		t.Skip("TIEBREAK_SCREENSHOTS names no folder")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s := start(t)
	for _, width := range []int64{360, 768, 1280} {
		for _, dark := range []bool{false, true} {
			v := view{width: width, dark: dark, script: true}
			b := newTab(t, s.origin, v)
			for _, p := range s.stops() {
				b.open(p.path, p.status)
				theme := "light"
				if dark {
					theme = "dark"
				}
				name := filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", p.name, width, theme))
				if err := os.WriteFile(name, b.picture(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// picture returns the whole page as PNG, no longer than a browser can draw.
func (b *tab) picture() []byte {
	b.t.Helper()
	const longest = 16000
	height := min(eval[float64](b, `document.documentElement.scrollHeight`), longest)
	shot, err := chromedp.Run(b.ctx, func(ctx context.Context, target *chromedp.Target) ([]byte, error) {
		beyond := true
		r, err := cdp.Call(ctx, target, page.CaptureScreenshot, page.CaptureScreenshotParams{
			CaptureBeyondViewport: &beyond,
			Clip:                  &page.Viewport{Width: float64(b.view.width), Height: height, Scale: 1},
		})
		return r.Data, err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return shot
}
