package report

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// CardPNG returns the card of the result as a picture for those who cannot show
// SVG, which is most of those who preview links. It takes some milliseconds.
func (r *Report) CardPNG() ([]byte, error) {
	c, err := r.card()
	if err != nil {
		return nil, err
	}
	p := newPainter()
	for _, s := range c.shapes {
		p.shape(s)
	}
	for _, t := range c.texts {
		if err := p.text(t); err != nil {
			return nil, err
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, p.reduced()); err != nil {
		return nil, fmt.Errorf("encode the card: %w", err)
	}
	return buf.Bytes(), nil
}

// A painter paints onto paper.
type painter struct {
	picture *image.RGBA
	inks    []color.RGBA // colours used, in the order of their first use
	pen     vector.Rasterizer
}

func newPainter() *painter {
	p := &painter{picture: image.NewRGBA(image.Rect(0, 0, cardWidth, cardHeight))}
	draw.Draw(p.picture, p.picture.Bounds(), image.NewUniform(p.ink(paper)), image.Point{}, draw.Src)
	return p
}

// ink reads a colour and takes note of it.
func (p *painter) ink(hex string) color.RGBA {
	n, _ := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 24) // checked when content is loaded
	c := color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}
	for _, known := range p.inks {
		if known == c {
			return c
		}
	}
	p.inks = append(p.inks, c)
	return c
}

func (p *painter) shape(s shape) {
	box := s.bounds().Intersect(p.picture.Bounds())
	if box.Empty() {
		return
	}
	at := func(q point) (x, y float32) {
		return float32(q.x)/100 - float32(box.Min.X), float32(q.y)/100 - float32(box.Min.Y)
	}
	p.pen.Reset(box.Dx(), box.Dy())
	for _, step := range s.path {
		x, y := at(step.points[len(step.points)-1])
		switch {
		case step.move:
			p.pen.MoveTo(x, y)
		case len(step.points) == 3:
			bx, by := at(step.points[0])
			cx, cy := at(step.points[1])
			p.pen.CubeTo(bx, by, cx, cy, x, y)
		default:
			p.pen.LineTo(x, y)
		}
	}
	p.pen.ClosePath()
	p.pen.Draw(p.picture, box, image.NewUniform(p.ink(s.fill)), image.Point{})
}

// bounds returns whole pixels that hold the shape: a curve lies between its points.
func (s shape) bounds() image.Rectangle {
	var box image.Rectangle
	for _, step := range s.path {
		for _, q := range step.points {
			pixel := image.Rect(q.x/100-1, q.y/100-1, q.x/100+2, q.y/100+2)
			box = box.Union(pixel)
		}
	}
	return box
}

func (p *painter) text(t text) error {
	f, err := face(t.bold, t.size)
	if err != nil {
		return err
	}
	d := font.Drawer{Dst: p.picture, Src: image.NewUniform(p.ink(t.colour)), Face: f}
	x := fixed.I(t.at.x) / 100
	switch width := d.MeasureString(t.words); t.align {
	case middle:
		x -= width / 2
	case right:
		x -= width
	}
	d.Dot = fixed.Point26_6{X: x, Y: fixed.I(t.at.y) / 100}
	d.DrawString(t.words)
	return f.Close()
}

// face returns the Go font in a size. A face is for one painter at a time.
func face(bold bool, size int) (font.Face, error) {
	source := goregular.TTF
	if bold {
		source = gobold.TTF
	}
	parsed, err := opentype.Parse(source)
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	return opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
}

// wrap breaks a text into one line of the given width in pixels, set in bold, or
// else into two as even as they can be.
func wrap(words string, size, width int) ([]string, error) {
	f, err := face(true, size)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if font.MeasureString(f, words) <= fixed.I(width) {
		return []string{words}, nil
	}
	list := strings.Fields(words)
	best, widest := []string{words}, fixed.Int26_6(math.MaxInt32)
	for i := 1; i < len(list); i++ {
		lines := []string{strings.Join(list[:i], " "), strings.Join(list[i:], " ")}
		if n := max(font.MeasureString(f, lines[0]), font.MeasureString(f, lines[1])); n < widest {
			best, widest = lines, n
		}
	}
	return best, nil
}

// reduced returns the picture with a palette: every colour used in steps towards
// paper, which is all that the edges of shapes and letters need. It is a quarter
// of the bytes to compress.
func (p *painter) reduced() *image.Paletted {
	const steps = 32
	ground := p.inks[0]
	palette := color.Palette{ground}
	for _, c := range p.inks[1:min(len(p.inks), 8)] {
		for i := 1; i <= steps; i++ {
			palette = append(palette, color.RGBA{
				blend(ground.R, c.R, i, steps), blend(ground.G, c.G, i, steps), blend(ground.B, c.B, i, steps), 0xff,
			})
		}
	}
	out := image.NewPaletted(p.picture.Bounds(), palette)
	known := map[[3]byte]uint8{{ground.R, ground.G, ground.B}: 0}
	last, index := [3]byte{ground.R, ground.G, ground.B}, uint8(0)
	for i := range out.Pix {
		c := [3]byte(p.picture.Pix[4*i:])
		if c != last {
			n, ok := known[c]
			if !ok {
				n = uint8(palette.Index(color.RGBA{c[0], c[1], c[2], 0xff}))
				known[c] = n
			}
			last, index = c, n
		}
		out.Pix[i] = index
	}
	return out
}

// blend mixes part of n of b into a.
func blend(a, b uint8, part, n int) uint8 {
	return uint8((int(a)*(n-part) + int(b)*part + n/2) / n)
}
