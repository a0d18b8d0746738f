package catalog

import (
	"math"
	"regexp"
	"strconv"
)

// The colours of the page in the light and in the dark theme. The colours of
// the options are checked against them.
const (
	LightPage = "#fbfaf7"
	DarkPage  = "#16181b"
)

// minContrast is what WCAG 2.2 asks of text (success criterion 1.4.3).
const minContrast = 4.5

var colourForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// contrast returns the WCAG contrast ratio of two colours written #rrggbb.
func contrast(a, b string) (ratio float64, ok bool) {
	if !colourForm.MatchString(a) || !colourForm.MatchString(b) {
		return 0, false
	}
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05), true
}

// luminance returns the relative luminance that WCAG defines.
func luminance(colour string) float64 {
	weights := [3]float64{0.2126, 0.7152, 0.0722}
	sum := 0.0
	for i, weight := range weights {
		n, _ := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8) // the form is checked
		v := float64(n) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}
