package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"text/tabwriter"
	"time"

	"github.com/ententegraph/entente/graph/graphtest/diplomacy"
)

// A peerQuery is what the peer's script reads of a query.
type peerQuery struct {
	Text string   `json:"text"`
	Vars []string `json:"vars"`
}

// A peerReport is what the peer's script writes.
type peerReport struct {
	Version string      `json:"version"`
	Load    float64     `json:"load"` // seconds
	Shapes  []peerShape `json:"shapes"`
}

type peerShape struct {
	Median float64 `json:"median"` // milliseconds
	Rows   int     `json:"rows"`
	Digest string  `json:"digest"`
}

// askPeer has Oxigraph load the file and answer the queries.
func askPeer(ctx context.Context, folder, file string, shapes []diplomacy.Shape, own []measurement, rounds int) (*peerReport, error) {
	queries := make([]peerQuery, len(shapes))
	for i, shape := range shapes {
		queries[i] = peerQuery{Text: shape.Text, Vars: own[i].vars}
	}
	input, err := json.Marshal(queries)
	if err != nil {
		return nil, err
	}
	var out, problems bytes.Buffer
	cmd := exec.CommandContext(ctx, "node", "ask.js", file, fmt.Sprint(rounds))
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = folder, bytes.NewReader(input), &out, &problems
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("asking Oxigraph in %s (installed there by npm ci?): %w\n%s", folder, err, problems.Bytes())
	}
	var report peerReport
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		return nil, fmt.Errorf("reading the report of Oxigraph: %w", err)
	}
	if len(report.Shapes) != len(shapes) {
		return nil, fmt.Errorf("reading the report of Oxigraph: %d shapes of %d", len(report.Shapes), len(shapes))
	}
	return &report, nil
}

// table writes the measurements as a Markdown table, and fails where the peer
// answers otherwise than we do.
func table(w io.Writer, own []measurement, peer *peerReport) error {
	out := tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.Debug)
	line := func(format string, args ...any) { fmt.Fprintf(out, "| "+format+"\t\n", args...) }
	if peer == nil {
		line("shape\t rows\t Go API, ms\t HTTP, ms")
		line("---\t ---:\t ---:\t ---:")
	} else {
		line("shape\t rows\t Go API, ms\t HTTP, ms\t Oxigraph, ms\t ratio\t rows the same")
		line("---\t ---:\t ---:\t ---:\t ---:\t ---:\t ---")
	}
	faster, differing := 0, 0
	for i, m := range own {
		start := fmt.Sprintf("%s\t %d\t %.3f\t %.3f", m.name, m.rows, milliseconds(m.api), milliseconds(m.web))
		if peer == nil {
			line("%s", start)
			continue
		}
		theirs := peer.Shapes[i]
		same := "yes"
		if theirs.Digest != m.digest {
			same = fmt.Sprintf("NO: Oxigraph has %d", theirs.Rows)
			differing++
		}
		ratio := theirs.Median / milliseconds(m.api)
		if ratio > 1 {
			faster++
		}
		line("%s\t %.3f\t %.1f\t %s", start, theirs.Median, ratio, same)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if peer == nil {
		return nil
	}
	fmt.Fprintf(w, "\nOxigraph %s (npm, in memory) loaded the file in %.1f s. Its time by ours is the ratio: entente is faster on %d of %d shapes.\n",
		peer.Version, peer.Load, faster, len(own))
	if differing > 0 {
		return fmt.Errorf("%d shapes have other answers than Oxigraph gives", differing)
	}
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
