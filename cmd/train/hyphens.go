package main

import "strings"

// joinHyphens makes one token of the parts of each hyphenated word, as the
// models expect (package perceptron): the token stands where the head of its
// parts stood. Words whose parts have more than one head outside stay split.
func joinHyphens(t tree) tree {
	group := make([]int, len(t)) // first token of the word that each belongs to
	for i := range t {
		group[i] = i
		if i == 0 || !t[i-1].glued {
			continue
		}
		if isHyphen(t[i]) || isHyphen(t[i-1]) && group[i-1] < i-1 {
			group[i] = group[i-1]
		}
	}
	at := make([]int, len(t)) // index of each token in the result
	var out tree
	for i := 0; i < len(t); {
		end := i + 1
		for end < len(t) && group[end] == i {
			end++
		}
		head, heads := 0, 0
		for j := i; j < end; j++ {
			if t[j].Head < i || t[j].Head >= end {
				head = j
				heads++
			}
		}
		if heads != 1 || end == i+1 {
			for ; i < end; i++ {
				at[i] = len(out)
				out = append(out, t[i])
			}
			continue
		}
		w := t[head]
		w.form, w.Lemma, w.entities, w.glued = "", "", "", t[end-1].glued
		for j := i; j < end; j++ {
			at[j] = len(out)
			w.form += t[j].form
			w.Lemma += t[j].Lemma
			w.entities += t[j].entities
		}
		out = append(out, w)
		i = end
	}
	for i := range out {
		if h := out[i].Head; h >= 0 {
			out[i].Head = at[h]
		}
	}
	return out
}

// isHyphen reports whether a token joins the word before it, if it is glued to
// that, to the word after it.
func isHyphen(w treeToken) bool {
	return w.Fine == "HYPH" && w.glued && strings.Trim(w.form, "-–‐‑") == ""
}
