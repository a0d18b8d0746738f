package templates

import "tiebreak/internal/compare"

// A waypoint is a page of a comparison on the way through it.
type waypoint struct{ path, name string }

// way returns the pages of a comparison in the order to read them: the same as
// in the navigation.
func way(c *compare.Comparison) []waypoint {
	stops := []waypoint{{ArticlePath(c), "the article"}, {TablePath(c), "the table"}}
	if len(c.Claims) > 0 {
		stops = append(stops, waypoint{ClaimsPath(c), "claims checked"})
	}
	if len(c.Measurements) > 0 {
		stops = append(stops, waypoint{MeasurementsPath(c), "what we measured"})
	}
	return append(stops, waypoint{QuestionsPath(c), "the questions"}, waypoint{SourcesPath(c), "facts and sources"})
}

// neighbours returns the pages before and after this one, the zero value where
// there is none. Nothing stands beside the button that ends the questions.
func (h Head) neighbours() (before, next waypoint) {
	if h.Comparison == nil {
		return before, next
	}
	stops := way(h.Comparison)
	for i, stop := range stops {
		if stop.path != h.Here {
			continue
		}
		if i > 0 {
			before = stops[i-1]
		}
		if i+1 < len(stops) && stop.path != QuestionsPath(h.Comparison) {
			next = stops[i+1]
		}
	}
	return before, next
}
