package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/schema"
)

// A reviewing is one call of entente review.
type reviewing struct {
	*app
	options importers.ReviewOptions
	list    bool
	reason  string
	choice  int
	always  bool
}

func newReview(a *app) *cobra.Command {
	r := &reviewing{app: a}
	c := &cobra.Command{
		Use:   "review [IMPORT]",
		Short: "Decide what the reading is unsure of: doubtful links, guessed owners of positions, possible duplicates, uncertain facts",
		Long: `Decide what the reading is unsure of. On a terminal the questions are asked one by one; else, or with --list or -o json, they are printed.
What is decided is kept with who decided, when and why (entente log), holds when documents are read again, and can be taken back (entente unmerge).

  entente review i-7f3a                       the questions about one import
  entente review accept r-1a2b3c4d            the first answer is right; --choice 2 for another, --always for the name wherever it stands
  entente review reject r-1a2b3c4d            it is none of these: a thing of its own, two things, or read wrong
  entente review correct r-1a2b3c4d CSTO      it is another thing that the graph has
  entente review correct relation:… from=2016 until=2020-05
accept, reject and correct also take the id of any fact or report, as entente why shows it.`,
		Args: args(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, words []string) error {
			if len(words) > 0 {
				r.options.Import = words[0]
			}
			return r.run(c)
		},
	}
	c.Flags().BoolVar(&r.list, "list", false, "print the questions, on a terminal too")
	c.Flags().StringVar(&r.options.Kind, "kind", "", "only questions of a kind: "+strings.Join(questionKinds, ", "))
	c.Flags().IntVarP(&r.options.Limit, "number", "n", 0, "how many questions; 0 for all")
	byFlag(c)
	for _, sub := range []struct {
		use, short string
		judge      func(*reviewing, context.Context, graph.View, []string) (importers.Judgement, error)
	}{
		{"accept ID", "The first answer to a question is right, or a fact was read right", (*reviewing).accept},
		{"reject ID", "It is none of the answers to a question, or a fact was read wrong", (*reviewing).reject},
		{"correct ID THING|PART=VALUE…", "A question has another answer, or a fact was read wrong in some parts", (*reviewing).correct},
	} {
		least := 1
		if strings.Contains(sub.use, "THING") {
			least = 2
		}
		verb := &cobra.Command{
			Use: sub.use, Short: sub.short, Args: args(cobra.MinimumNArgs(least)),
			RunE: func(c *cobra.Command, words []string) error {
				if err := r.threshold(c); err != nil {
					return err
				}
				return a.judge(c, func(ctx context.Context, view graph.View) (importers.Judgement, error) {
					j, err := sub.judge(r, ctx, view, words)
					j.Reason = r.reason
					return j, err
				})
			},
		}
		verb.Flags().StringVar(&r.reason, "reason", "", "why, for those who ask later")
		verb.Flags().BoolVar(&r.always, "always", false, "read the name so wherever it stands")
		if strings.HasPrefix(sub.use, "accept") {
			verb.Flags().IntVar(&r.choice, "choice", 1, "which answer is right")
		}
		byFlag(verb)
		c.AddCommand(verb)
	}
	return c
}

var questionKinds = []string{importers.AskLink, importers.AskTitle, importers.AskDuplicate, importers.AskFact}

func (r *reviewing) threshold(c *cobra.Command) error {
	s, err := r.settings(c)
	if err == nil {
		r.options.Below = s.Import.ReviewBelow
	}
	return err
}

func (r *reviewing) run(c *cobra.Command) error {
	if r.options.Kind != "" && !slices.Contains(questionKinds, r.options.Kind) {
		return usageError{fmt.Errorf("--kind %s is not known; known: %s", r.options.Kind, strings.Join(questionKinds, ", "))}
	}
	if err := r.threshold(c); err != nil {
		return err
	}
	if in, ok := r.stdin.(io.Writer); !r.list && r.format == "" && ok && onTerminal(in) && onTerminal(r.stdout) {
		return r.changing(c, func(ctx context.Context, im *importers.Importer) error { return r.dialogue(ctx, im) })
	}
	find := func(ctx context.Context, view graph.View, _ *schema.Model) ([]importers.Question, error) {
		questions, err := importers.Review(ctx, view, r.options)
		if questions == nil {
			questions = []importers.Question{}
		}
		return questions, err
	}
	return answer(r.app, c, find, func(questions []importers.Question) {
		for i, q := range questions {
			r.question(q, i+1, len(questions))
		}
	})
}

// question prints a question with its answers.
func (r *reviewing) question(q importers.Question, n, of int) {
	fmt.Fprintf(r.stdout, "%d/%d  %s  %s  %s\n", n, of, q.ID, q.Kind, q.Ask)
	if q.Source != "" {
		fmt.Fprintf(r.stdout, "   %s, confidence %.2f\n", q.Source, q.Confidence)
	}
	if q.Sentence != "" {
		marked := strings.Join(strings.Fields(q.Sentence), " ")
		if q.Text != "" {
			marked = strings.Replace(marked, q.Text, "▸"+q.Text+"◂", 1)
		}
		for _, line := range wrapText(marked, textColumns-3) {
			fmt.Fprintf(r.stdout, "   %s\n", line)
		}
	}
	if q.Note != "" {
		fmt.Fprintf(r.stdout, "   (%s)\n", q.Note)
	}
	for i, choice := range q.Choices {
		score := ""
		if choice.Score > 0 {
			score = fmt.Sprintf("%.2f", choice.Score)
		}
		fmt.Fprintf(r.stdout, "   [%d] %-44s %s\n", i+1, choice.Label, score)
		for _, why := range choice.Reasons {
			sign := "+"
			if !why.For {
				sign = "-"
			}
			fmt.Fprintf(r.stdout, "       %s %s\n", sign, why.Text)
		}
	}
	fmt.Fprintln(r.stdout)
}

// asked finds a question by its id; nil where the id is of something else.
func (r *reviewing) asked(ctx context.Context, view graph.View, id string) (*importers.Question, error) {
	if !strings.HasPrefix(id, "r-") {
		return nil, nil
	}
	questions, err := importers.Review(ctx, view, importers.ReviewOptions{Below: r.options.Below})
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(questions, func(q importers.Question) bool { return q.ID == id })
	if i < 0 {
		return nil, usageError{fmt.Errorf("no question has the id %s; entente review --list prints those that are open", id)}
	}
	return &questions[i], nil
}

func (r *reviewing) accept(ctx context.Context, view graph.View, words []string) (importers.Judgement, error) {
	q, err := r.asked(ctx, view, words[0])
	if err != nil || q == nil {
		return importers.Judgement{Verdict: importers.Accept, Subject: schema.Expand(words[0])}, err
	}
	if r.choice < 1 || r.choice > len(q.Choices) {
		return importers.Judgement{}, usageError{fmt.Errorf("%s has the answers 1 to %d, and no %d", q.ID, len(q.Choices), r.choice)}
	}
	return r.wherever(q, q.Choices[r.choice-1].Judgement)
}

func (r *reviewing) reject(ctx context.Context, view graph.View, words []string) (importers.Judgement, error) {
	q, err := r.asked(ctx, view, words[0])
	if err != nil || q == nil {
		return importers.Judgement{Verdict: importers.Reject, Subject: schema.Expand(words[0])}, err
	}
	return q.Choices[len(q.Choices)-1].Judgement, nil
}

func (r *reviewing) correct(ctx context.Context, view graph.View, words []string) (importers.Judgement, error) {
	q, err := r.asked(ctx, view, words[0])
	if err != nil {
		return importers.Judgement{}, err
	}
	if q != nil && q.Kind == importers.AskLink {
		t, err := r.thing(ctx, view, strings.Join(words[1:], " "))
		if err != nil {
			return importers.Judgement{}, err
		}
		j := q.Choices[0].Judgement
		j.Object = t.IRI
		return r.wherever(q, j)
	}
	j := importers.Judgement{Verdict: importers.Correct, Subject: schema.Expand(words[0]), Set: map[string]string{}}
	if q != nil {
		if q.Place == "" {
			return j, usageError{fmt.Errorf("%s asks whether two things are one: accept or reject it", q.ID)}
		}
		j.Subject = q.Place
	}
	for _, w := range words[1:] {
		part, value, ok := strings.Cut(w, "=")
		if !ok {
			return j, usageError{fmt.Errorf("%q says nothing that can be corrected; write it as from=2016", w)}
		}
		j.Set[part] = value
	}
	return j, nil
}

// wherever makes of a link in one document the reading of its name in all, where that is asked for.
func (r *reviewing) wherever(q *importers.Question, j importers.Judgement) (importers.Judgement, error) {
	if !r.always {
		return j, nil
	}
	if j.Verdict != importers.Link || j.Object == "" {
		return j, usageError{fmt.Errorf("--always is for what a name means; %s asks something else", q.ID)}
	}
	return importers.Judgement{Verdict: importers.ReadAs, Text: q.Text, Object: j.Object}, nil
}
