package articles

import "math/rand/v2"

// A culture is how names sound: given names, and the beginnings and endings
// that family names are put together from.
type culture struct {
	given          []string
	begins, middle []string
	ends           []string
}

func (c culture) family(r *rand.Rand) string {
	name := c.begins[r.IntN(len(c.begins))]
	if len(c.middle) > 0 {
		name += c.middle[r.IntN(len(c.middle))]
	}
	return name + c.ends[r.IntN(len(c.ends))]
}

var cultures = []culture{
	{
		given:  []string{"Anna", "Peter", "Karl", "Martin", "Ingrid", "Erik", "Thomas", "Helena", "Robert", "Laura"},
		begins: []string{"Berg", "Lind", "Hol", "Stein", "Wald", "Nor", "Brand", "Feld", "Sand", "Ek"},
		middle: []string{"er", "en", "a", "in"},
		ends:   []string{"mann", "strom", "sen", "gren", "feldt", "berg", "quist", "hoff"},
	},
	{
		given:  []string{"Ivan", "Sergei", "Olga", "Dmitri", "Natalia", "Viktor", "Andrei", "Elena", "Boris", "Marina"},
		begins: []string{"Bor", "Vol", "Kar", "Mal", "Zor", "Gor", "Pet", "Lad", "Ver", "Tar"},
		middle: []string{"a", "o", "e", "u"},
		ends:   []string{"shenko", "lev", "chuk", "nov", "din", "sky", "vich", "rin"},
	},
	{
		given:  []string{"Ahmed", "Omar", "Fatima", "Hassan", "Khalid", "Yusuf", "Layla", "Ibrahim", "Samir", "Amina"},
		begins: []string{"Haz", "Mans", "Zah", "Rash", "Tam", "Nas", "Qas", "Far", "Sal", "Bad"},
		middle: []string{"ou", "ee", "a", "i"},
		ends:   []string{"ri", "dini", "wan", "bi", "mi", "khan", "ni", "tar"},
	},
	{
		given:  []string{"Carlos", "María", "José", "Lucía", "Diego", "Ana", "Pablo", "Elena", "Jorge", "Camila"},
		begins: []string{"Mont", "Val", "Ser", "Cast", "Alb", "Rom", "Men", "Sal", "Torr", "Bel"},
		middle: []string{"a", "e", "i", "o"},
		ends:   []string{"rrez", "lles", "mar", "dor", "ndez", "vera", "rano", "gui"},
	},
	{
		given:  []string{"Kwame", "Ama", "Kofi", "Amadou", "Aminata", "Samuel", "Grace", "Moses", "Esther", "Ousmane"},
		begins: []string{"Ad", "Ok", "Mens", "Tou", "Dia", "Nk", "Bo", "Os", "Kam", "Mu"},
		middle: []string{"a", "o", "e", "u"},
		ends:   []string{"mba", "koro", "tse", "ndi", "wusu", "ye", "bele", "gwe"},
	},
	{
		given:  []string{"Hiroshi", "Min", "Wei", "Anh", "Arun", "Priya", "Rajesh", "Siti", "Budi", "Malee"},
		begins: []string{"Tak", "Sur", "Wij", "Nak", "Son", "Har", "Pra", "Rat", "Kum", "San"},
		middle: []string{"a", "e", "i", "o"},
		ends:   []string{"mura", "nathan", "shima", "wati", "kosol", "sena", "moto", "yan"},
	},
}
