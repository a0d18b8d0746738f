package templates

// found returns how many places are shown, and whether there are more.
func (d SearchData) found() (n int, more bool) {
	for _, g := range d.Groups {
		n += len(g.Hits)
		more = more || g.More
	}
	return n, more
}

// said is what the page says a search came to.
func (d SearchData) said() string {
	n, more := d.found()
	switch {
	case n == 0:
		return "Nothing on this site has these words. Try fewer or other ones, or look around:"
	case d.Loose:
		return "No place has all these words. " + noun(n, "This one has some of them.", "These have some of them.")
	case more:
		return "More than " + count(n, "place", "places") + "; the best of each kind are shown."
	}
	return count(n, "place", "places") + "."
}

// size is how many places of the kind there are.
func (g SearchGroup) size() string {
	if g.More {
		return px(len(g.Hits)) + " and more"
	}
	return px(len(g.Hits))
}
