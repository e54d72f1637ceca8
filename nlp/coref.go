package nlp

func (l *linker) resolve() {}
