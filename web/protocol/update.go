package protocol

import (
	"context"
	"net/http"
	"time"

	"github.com/ententegraph/entente/queries/sparql/syntax"
)

// refuseWriting is the answer where nothing may be written.
func refuseWriting() error {
	return refuse(http.StatusForbidden, "read-only", "this server takes no updates; start it with sparql.update: true")
}

func (h *Handler) update(w http.ResponseWriter, r *http.Request, req *request) {
	start := time.Now()
	if err := h.apply(r, req); err != nil {
		p := problemOf(err, 0, time.Since(start))
		if p.Status == http.StatusInternalServerError {
			p.Title = "update failed"
			h.Log.Error("update failed", "error", err)
		}
		p.write(w)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (h *Handler) apply(r *http.Request, req *request) error {
	if h.Update == nil {
		return refuseWriting()
	}
	timeout, err := h.timeout(req.params)
	if err != nil {
		return err
	}
	u, err := syntax.ParseUpdate(req.text, syntax.Options{Base: address(r), Prefixes: h.Prefixes})
	if err != nil {
		return err
	}
	if err := using(u, req.params["using-graph-uri"], req.params["using-named-graph-uri"]); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), timeout)
	defer cancel()
	return h.Update(ctx, u)
}

// using makes the graphs that the parameters name the dataset of all operations (section 2.2.3 of the protocol).
func using(u *syntax.Update, defaults, named []string) error {
	if len(defaults)+len(named) == 0 {
		return nil
	}
	var clauses []syntax.DatasetClause
	for _, iri := range defaults {
		clauses = append(clauses, syntax.DatasetClause{IRI: iri})
	}
	for _, iri := range named {
		clauses = append(clauses, syntax.DatasetClause{IRI: iri, Named: true})
	}
	for i, o := range u.Operations {
		m, ok := o.(syntax.Modify)
		if !ok {
			continue
		}
		if m.With != "" || len(m.Using) > 0 {
			return refuse(http.StatusBadRequest, "two datasets", "using-graph-uri and using-named-graph-uri cannot stand beside WITH or USING")
		}
		m.Using = clauses
		u.Operations[i] = m
	}
	return nil
}
