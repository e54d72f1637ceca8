package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
)

const reviewHelp = `   1, 2 …   this answer          n   none of these: a thing of its own, two things, or read wrong
   a 1      always read it so     = THING   it is another thing that the graph has (always: a = THING)
   s        skip                  u   undo the last decision      q   stop
`

// dialogue asks the questions one by one and judges by the answers.
func (r *reviewing) dialogue(ctx context.Context, im *importers.Importer) error {
	answers := bufio.NewScanner(r.stdin)
	skipped := map[string]bool{}
	var last string // the latest judgement of this session
	decided := 0
	for ctx.Err() == nil {
		var q *importers.Question
		left := 0
		err := viewing(im, func(view graph.View) error {
			o := r.options
			o.Limit = 0
			questions, err := importers.Review(ctx, view, o)
			for i := range questions {
				if skipped[questions[i].ID] {
					continue
				}
				if left++; q == nil {
					q = &questions[i]
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		if q == nil || r.options.Limit > 0 && decided+len(skipped) >= r.options.Limit {
			fmt.Fprintf(r.stdout, "done: %d decided, %d skipped\n", decided, len(skipped))
			return nil
		}
		r.question(*q, 1, left)
		for {
			fmt.Fprint(r.stdout, "> ")
			if !answers.Scan() {
				fmt.Fprintln(r.stdout)
				return answers.Err()
			}
			word := strings.TrimSpace(answers.Text())
			if word == "q" {
				return nil
			}
			if word == "s" {
				skipped[q.ID] = true
				break
			}
			if word == "u" && last != "" {
				j, err := im.Unjudge(ctx, last, im.By)
				if err != nil {
					return err
				}
				last, decided = "", decided-1
				fmt.Fprintf(r.stdout, "undid  %s  %s\n\n", j.ID, j)
				break
			}
			j, err := r.answered(ctx, im, q, word)
			if err == nil && j.Verdict == "" {
				fmt.Fprint(r.stdout, reviewHelp)
				continue
			}
			if err == nil {
				j.Author = im.By
				j, err = im.Judge(ctx, j)
			}
			var usage usageError
			var refused *importers.InvalidError
			switch {
			case errors.As(err, &usage), errors.As(err, &refused), errors.Is(err, importers.ErrUnknown):
				fmt.Fprintf(r.stdout, "   %v\n", err)
				continue
			case err != nil:
				return err
			}
			last = j.ID
			decided++
			fmt.Fprintf(r.stdout, "%s  %s\n\n", j.ID, j)
			break
		}
	}
	return ctx.Err()
}

// answered understands an answer; the judgement is zero where it is none.
func (r *reviewing) answered(ctx context.Context, im *importers.Importer, q *importers.Question, word string) (importers.Judgement, error) {
	var always bool
	if rest, ok := strings.CutPrefix(word, "a "); ok {
		always, word = true, strings.TrimSpace(rest)
	}
	one := reviewing{app: r.app, options: r.options, always: always}
	if name, ok := strings.CutPrefix(word, "="); ok {
		var j importers.Judgement
		err := viewing(im, func(view graph.View) (err error) {
			j, err = one.correct(ctx, view, []string{q.ID, strings.TrimSpace(name)})
			return err
		})
		return j, err
	}
	if word == "n" {
		return q.Choices[len(q.Choices)-1].Judgement, nil
	}
	n, err := strconv.Atoi(word)
	if err != nil || n < 1 || n > len(q.Choices) {
		return importers.Judgement{}, nil
	}
	return one.wherever(q, q.Choices[n-1].Judgement)
}
