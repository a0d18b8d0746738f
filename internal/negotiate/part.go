package negotiate

import (
	"slices"
	"strconv"
	"strings"
)

// Part returns which bytes of a body of the given size the lines of a Range
// header ask for (RFC 9110, section 14): those from one index up to another. It
// is not ok for anything but one part that is not empty, and where the lines of
// If-Range name another tag: then the client gets the whole body, as the RFC
// allows in every case. http.ServeContent would answer some of these with an
// error that is no page, and reads several parts in a goroutine that may outlive
// the answer.
func Part(ranges, ifRange []string, tag string, size int) (from, to int, ok bool) {
	if len(ranges) != 1 || len(ifRange) > 0 && !slices.Equal(ifRange, []string{tag}) {
		return 0, 0, false
	}
	spec, inBytes := strings.CutPrefix(ranges[0], "bytes=")
	first, last, dash := strings.Cut(spec, "-")
	from, hasFirst := digits(first)
	to, hasLast := digits(last)
	switch {
	case !inBytes || !dash:
		return 0, 0, false
	case first == "" && hasLast: // so many at the end
		from, to = max(0, size-to), size
	case hasFirst && last == "":
		to = size
	case hasFirst && hasLast:
		to = min(to, size-1) + 1
	default:
		return 0, 0, false
	}
	return from, to, from < to
}

func digits(text string) (n int, ok bool) {
	parsed, err := strconv.ParseUint(text, 10, 31)
	return int(parsed), err == nil
}
