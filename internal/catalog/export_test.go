package catalog

// Contrast lets tests judge the colours of the style sheet.
func Contrast(a, b string) (float64, bool) { return contrast(a, b) }
