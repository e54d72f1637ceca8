package remote

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/results"
	"github.com/ententegraph/entente/queries/sparql/algebra"
)

// Service asks an endpoint for the solutions of a pattern (SPARQL 1.1 Federated
// Query, section 4), by POST of a form as the SPARQL 1.1 Protocol has it
// (section 2.1.2). Blank nodes of the answer are like no others.
func (c *Client) Service(ctx context.Context, op algebra.Service, endpoint graph.Term) ([]map[string]graph.Term, error) {
	u, err := url.Parse(endpoint.Value)
	if err == nil {
		err = c.mayAsk(u)
	}
	if err != nil {
		return nil, fmt.Errorf("remote: <%s> is not asked: %w", endpoint.Value, err)
	}
	inner, cancel, half := halfOfTime(ctx)
	defer cancel()
	solutions, err := c.ask(inner, u, "SELECT * "+op.Text, algebra.InScope(op.Input))
	if err != nil && ctx.Err() == nil && errors.Is(inner.Err(), context.DeadlineExceeded) {
		return nil, fmt.Errorf("remote: <%s> did not answer within %s, half of the time that was left", endpoint.Value, half.Round(time.Millisecond))
	}
	if err != nil {
		return nil, fmt.Errorf("remote: asking <%s>: %w", endpoint.Value, err)
	}
	return solutions, nil
}

func (c *Client) ask(ctx context.Context, u *url.URL, query string, wanted algebra.VarSet) ([]map[string]graph.Term, error) {
	form := url.Values{"query": {query}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", results.JSON.MediaType()+", "+results.XML.MediaType()+";q=0.9")
	answer, err := c.do(c.asking, r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	format, ok := results.ByMediaType(answer.Header.Get("Content-Type"))
	if !ok || format != results.JSON && format != results.XML {
		return nil, fmt.Errorf("it answers in %q, which is neither SPARQL's JSON nor its XML", answer.Header.Get("Content-Type"))
	}
	read, err := results.Read(answer.Body, format)
	if err != nil {
		return nil, err
	}
	if read.IsBoolean {
		return nil, errors.New("it answers with a truth value, not with solutions")
	}
	var out []map[string]graph.Term
	foreign := "r" + strings.ToLower(rand.Text()) + "-"
	for row, err := range read.Rows {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		mu := map[string]graph.Term{}
		for i, t := range row {
			if v := read.Vars[i]; !t.IsZero() && wanted.Has(v) {
				mu[v] = own(t, foreign)
			}
		}
		out = append(out, mu)
	}
	return out, nil
}

// own begins the labels of blank nodes with what nothing else begins with.
func own(t graph.Term, foreign string) graph.Term {
	if t.Kind == graph.KindBlank {
		return graph.Blank(foreign + t.Value)
	}
	if s, p, o, ok := t.Triple(); ok {
		return graph.TripleTerm(own(s, foreign), p, own(o, foreign))
	}
	return t
}
