package nlp

import "testing"

func TestFindDateline(t *testing.T) {
	for _, c := range []struct{ text, span, place, region, date, agency string }{
		{"LIMA, May 3 (Desk) — The envoys met.", "LIMA, May 3 (Desk) —", "LIMA", "", "May 3", "Desk"},
		{"OSLO: The envoys met.", "OSLO:", "OSLO", "", "", ""},
		{"SUVA — The envoys met.", "SUVA —", "SUVA", "", "", ""},
		{"Port Vila — The envoys met.", "Port Vila —", "Port Vila", "", "", ""},
		{"Two sides agree at last\nNAIROBI, Kenya (Wire) -- The envoys met.", "NAIROBI, Kenya (Wire) --", "NAIROBI", "Kenya", "", "Wire"},
		{"A headline\n\nBy Ann Lee\n\nTUNIS, 12 June 2024 – The envoys met.", "TUNIS, 12 June 2024 –", "TUNIS", "", "12 June 2024", ""},
		{"Geneva, 5 June 2024 – The envoys met.", "Geneva, 5 June 2024 –", "Geneva", "", "5 June 2024", ""},
		{"GENEVA (5 June 2024) — The envoys met.", "GENEVA (5 June 2024) —", "GENEVA", "", "5 June 2024", ""},
		{"New Delhi, 14 Aug (Agency): The envoys met.", "New Delhi, 14 Aug (Agency):", "New Delhi", "", "14 Aug", "Agency"},
		{"Rome (Wire) - The envoys met.", "Rome (Wire) -", "Rome", "", "", "Wire"},
		{"RIO DE JANEIRO — The envoys met.", "RIO DE JANEIRO —", "RIO DE JANEIRO", "", "", ""},
		{"Dar es Salaam, April 2, 2023 — The envoys met.", "Dar es Salaam, April 2, 2023 —", "Dar es Salaam", "", "April 2, 2023", ""},
		{"SÃO TOMÉ — The envoys met.", "SÃO TOMÉ —", "SÃO TOMÉ", "", "", ""},
		{"PARIS/BERLIN, Monday — The envoys met.", "PARIS/BERLIN, Monday —", "PARIS/BERLIN", "", "Monday", ""},

		{text: "Live: the council votes."},
		{text: "LIVE: the council votes."},
		{text: "Readout: the call of the two ministers"},
		{text: "The two states — old rivals — met."},
		{text: "They met in Oslo - a city of peace."},
		{text: "Question: will they meet?"},
		{text: "Minister: we shall leave"},
		{text: "Peace at last? Ministers — and crowds — hope."},
		{text: "BREAKING — the council votes."},
		{text: "OSLO —"},
		{text: "No mark here at all."},
		{text: ""},
		{text: "One\ntwo\nthree\nfour\nOSLO — The envoys met."},
	} {
		d, ok := FindDateline(c.text)
		if ok != (c.span != "") {
			t.Errorf("%q: found %v", c.text, ok)
			continue
		}
		if !ok {
			continue
		}
		cut := func(s Span) string { return c.text[s.Start:s.End] }
		if cut(d.Span) != c.span || cut(d.Place) != c.place || cut(d.Region) != c.region || cut(d.DateSpan) != c.date || cut(d.Agency) != c.agency {
			t.Errorf("%q: got span %q, place %q, region %q, date %q, agency %q", c.text, cut(d.Span), cut(d.Place), cut(d.Region), cut(d.DateSpan), cut(d.Agency))
		}
	}
}

func FuzzFindDateline(f *testing.F) {
	f.Add("QUITO, April 6 (Staff) — Ministers met.")
	f.Add("(, ) — x\n:\n--\n(5 May)– y")
	f.Fuzz(func(t *testing.T, text string) {
		d, ok := FindDateline(text)
		if !ok {
			return
		}
		for _, s := range []Span{d.Place, d.Region, d.DateSpan, d.Agency} {
			if s != (Span{}) && !d.Span.Contains(s) || s.End < s.Start || d.Span.End > len(text) {
				t.Fatalf("%q: %+v", text, d)
			}
		}
	})
}
