package remote

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/ententegraph/entente/graph/rdf"
)

// accept lists the formats of RDF that can be read.
func accept() string {
	var media []string
	for _, f := range rdf.Formats() {
		media = append(media, f.Media[0])
	}
	return strings.Join(media, ", ") + ", */*;q=0.1"
}

// Load fetches a document, as LOAD asks (SPARQL 1.1 Update, section 3.1.4). The
// caller closes its body, which fails where it is longer than Options allow.
func (c *Client) Load(ctx context.Context, iri string) (body io.ReadCloser, mediaType string, err error) {
	u, err := url.Parse(iri)
	if err == nil {
		err = c.mayLoad(u)
	}
	if err != nil {
		return nil, "", fmt.Errorf("remote: it is not fetched: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, "", fmt.Errorf("remote: %w", err)
	}
	r.Header.Set("Accept", accept())
	answer, err := c.do(c.loading, r)
	if err != nil {
		return nil, "", fmt.Errorf("remote: fetching it: %w", err)
	}
	return answer.Body, answer.Header.Get("Content-Type"), nil
}
