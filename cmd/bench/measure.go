package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/diplomacy"
	"github.com/ententegraph/entente/queries/sparql"
	"github.com/ententegraph/entente/web/protocol"
)

// A measurement is what a shape of query took, and what it found.
type measurement struct {
	name     string
	vars     []string
	rows     int
	digest   string // of the rows, whatever their order; see digest
	api, web time.Duration
}

// ask measures the shapes through the Go API and over HTTP on loopback.
func ask(ctx context.Context, store graph.Store, shapes []diplomacy.Shape, rounds int) ([]measurement, error) {
	view, err := store.View()
	if err != nil {
		return nil, err
	}
	defer view.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: protocol.New(protocol.Options{Store: store, Timeout: time.Minute, Memory: sparql.DefaultMemory, MaxBody: 1 << 20}).SPARQL()}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	defer func() { server.Close(); <-served }()
	address := "http://" + listener.Addr().String()

	var out []measurement
	for _, shape := range shapes {
		m := measurement{name: shape.Name}
		if m.vars, m.rows, m.digest, err = answer(ctx, view, shape.Text); err != nil {
			return nil, fmt.Errorf("%s: %w", shape.Name, err)
		}
		if m.api, err = median(rounds, func() error { return drain(ctx, view, shape.Text) }); err != nil {
			return nil, fmt.Errorf("%s: %w", shape.Name, err)
		}
		if err := sameRows(ctx, address, shape.Text, m.rows); err != nil {
			return nil, fmt.Errorf("%s over HTTP: %w", shape.Name, err)
		}
		if m.web, err = median(rounds, func() error { return post(ctx, address, shape.Text, io.Discard) }); err != nil {
			return nil, fmt.Errorf("%s over HTTP: %w", shape.Name, err)
		}
		out = append(out, m)
	}
	return out, nil
}

// median is the middle one of the times that a function takes.
func median(rounds int, f func() error) (time.Duration, error) {
	times := make([]time.Duration, rounds)
	for i := range times {
		start := time.Now()
		if err := f(); err != nil {
			return 0, err
		}
		times[i] = time.Since(start)
	}
	slices.Sort(times)
	return times[rounds/2], nil
}

// run prepares and runs a query.
func run(ctx context.Context, d graph.Dataset, text string) (*sparql.Results, error) {
	query, err := sparql.Prepare(text, sparql.Options{})
	if err != nil {
		return nil, err
	}
	return query.Run(ctx, d)
}

// drain asks a query and reads its rows.
func drain(ctx context.Context, d graph.Dataset, text string) error {
	results, err := run(ctx, d, text)
	if err != nil {
		return err
	}
	for _, err := range results.Rows {
		if err != nil {
			return err
		}
	}
	return nil
}

// answer asks a query for its variables, the number of its rows and their digest.
func answer(ctx context.Context, d graph.Dataset, text string) (vars []string, n int, sum string, err error) {
	results, err := run(ctx, d, text)
	if err != nil {
		return nil, 0, "", err
	}
	var rows []string
	for row, err := range results.Rows {
		if err != nil {
			return nil, 0, "", err
		}
		cells := make([]string, len(row))
		for i, t := range row {
			cells[i] = t.String()
		}
		rows = append(rows, strings.Join(cells, "\t"))
	}
	return results.Vars, len(rows), digest(rows), nil
}

// digest is the SHA-256 of the sorted rows: N-Triples terms with tabs between
// them, each row with a line end. The peer's script does the same.
func digest(rows []string) string {
	slices.Sort(rows)
	sum := sha256.New()
	for _, row := range rows {
		fmt.Fprintln(sum, row)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// post asks a query by the SPARQL protocol and copies the answer, in JSON.
func post(ctx context.Context, address, text string, to io.Writer) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(text))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/sparql-query")
	request.Header.Set("Accept", "application/sparql-results+json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		message, _ := io.ReadAll(io.LimitReader(response.Body, 1000))
		return fmt.Errorf("%s: %s", response.Status, message)
	}
	_, err = io.Copy(to, response.Body)
	return err
}

// sameRows fails unless the endpoint gives so many rows.
func sameRows(ctx context.Context, address, text string, want int) error {
	var body strings.Builder
	if err := post(ctx, address, text, &body); err != nil {
		return err
	}
	var answer struct {
		Results struct{ Bindings []json.RawMessage }
	}
	if err := json.Unmarshal([]byte(body.String()), &answer); err != nil {
		return err
	}
	if got := len(answer.Results.Bindings); got != want {
		return fmt.Errorf("%d rows, but %d through the Go API", got, want)
	}
	return nil
}
