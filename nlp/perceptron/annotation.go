package perceptron

// An Annotation is what the models say of one token, or a treebank does.
type Annotation struct {
	Tag      string // UPOS
	Fine     string // tag of the Penn Treebank, which tells verb forms and proper names apart
	Features string // morphological features as in CoNLL-U, "" for none
	Lemma    string
	Head     int    // index of the head in the sentence, -1 for the root
	Relation string // Universal Dependencies relation to the head, with subtype
}

// A Sentence is the forms of a sentence and their annotations from a treebank.
type Sentence struct {
	Forms []string
	Words []Annotation
}
