package nlp

import (
	"errors"
	"testing"
)

func TestLanguage(t *testing.T) {
	find := languageFinder().Annotate
	for _, c := range []struct{ text, given, want string }{
		{"Kenya and Uganda signed a treaty in Nairobi on Monday. It is the first of its kind.", "", "en"},
		{"Mexico recalled its envoy to Bolivia.", "", "en"},
		{"", "", ""},
		{"Kenya and Uganda signed a treaty.", "en-GB", "en-GB"},
		{"Wang Yi. Li Qiang. Xi Jinping.", "", ""},
	} {
		d := &Doc{Text: c.text, Language: c.given}
		if err := find(t.Context(), d); err != nil || d.Language != c.want && d.Language != "en" {
			t.Errorf("%q: %v, language %q, want %q", c.text, err, d.Language, c.want)
		}
	}
	for text, want := range map[string]string{
		"Le ministre des Affaires étrangères du Tchad a rencontré son homologue allemand à Berlin pour discuter de la situation dans la région.":  "fr",
		"El presidente de México anunció el viernes que su país rompe relaciones diplomáticas con Ecuador tras el asalto a su embajada en Quito.": "es",
		"Министр иностранных дел Армении подписал в понедельник совместное заявление об установлении дипломатических отношений с Пакистаном.":     "ru",
		"Der Bundeskanzler empfing am Montag den Präsidenten von Kenia in Berlin und sprach mit ihm über die Lage in der Region und den Handel.":  "de",
	} {
		var wrong *LanguageError
		if err := find(t.Context(), &Doc{Text: text}); !errors.As(err, &wrong) || wrong.Language != want {
			t.Errorf("%q: %v, want a text in %s refused", text, err, want)
		}
	}
	if err := find(t.Context(), &Doc{Text: "Hello", Language: "fr"}); err == nil {
		t.Error("a text said to be French is read as English")
	}
}
