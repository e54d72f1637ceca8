package protocol

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// accepted is one range of an Accept header.
type accepted struct {
	kind, subkind string // "*" for any
	q             float64
}

// negotiate gives the offer that the Accept header likes best (RFC 9110,
// section 12.5.1): by its q-value, the first of several. It reports false where none is acceptable.
func negotiate(r *http.Request, offers []string) (string, bool) {
	header := strings.Join(r.Header.Values("Accept"), ",")
	if strings.TrimSpace(header) == "" {
		return offers[0], true
	}
	ranges := acceptedRanges(header)
	best, bestQ := "", 0.0
	for _, offer := range offers {
		if q := quality(ranges, offer); q > bestQ {
			best, bestQ = offer, q
		}
	}
	return best, bestQ > 0
}

func acceptedRanges(header string) []accepted {
	var out []accepted
	for part := range strings.SplitSeq(header, ",") {
		media, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue // one that nobody understands asks for nothing
		}
		kind, subkind, ok := strings.Cut(media, "/")
		if !ok {
			continue
		}
		a := accepted{kind, subkind, 1}
		if text, ok := params["q"]; ok {
			if a.q, err = strconv.ParseFloat(text, 64); err != nil {
				continue
			}
		}
		out = append(out, a)
	}
	return out
}

// quality gives the q-value of the most specific range that an offer is in.
func quality(ranges []accepted, offer string) float64 {
	kind, subkind, _ := strings.Cut(offer, "/")
	q, specific := 0.0, -1
	for _, a := range ranges {
		s := -1
		switch {
		case a.kind == kind && a.subkind == subkind:
			s = 2
		case a.kind == kind && a.subkind == "*":
			s = 1
		case a.kind == "*" && a.subkind == "*":
			s = 0
		}
		if s > specific {
			q, specific = a.q, s
		}
	}
	return q
}
