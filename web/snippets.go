package web

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// A snippet asks the same query from elsewhere.
type snippet struct{ Name, Text string }

// snippets writes how a query is asked by curl, Go and Python.
func snippets(site, language, text string) []snippet {
	path, media := "/sparql", "application/sparql-query"
	if language == "gizmo" {
		path, media = "/gizmo", "text/plain"
	}
	url := site + path
	return []snippet{
		{"curl", fmt.Sprintf("curl -H 'Content-Type: %s' -H 'Accept: application/json' --data-binary %s %s", media, shellQuoted(text), url)},
		{"Go", fmt.Sprintf(`query := %s
response, err := http.Post(%q, %q, strings.NewReader(query))
if err != nil {
	return err
}
defer response.Body.Close()
_, err = io.Copy(os.Stdout, response.Body)
return err`, goQuoted(text), url, media)},
		{"Python", fmt.Sprintf(`import json, urllib.request

query = %s
request = urllib.request.Request(%s, query.encode(), {"Content-Type": %s, "Accept": "application/json"})
with urllib.request.urlopen(request) as response:
    print(json.load(response))`, pythonQuoted(text), pythonQuoted(url), pythonQuoted(media))},
	}
}

// shellQuoted writes a text as one word of a POSIX shell.
func shellQuoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

func goQuoted(text string) string {
	if strings.ContainsAny(text, "`\r") {
		return strconv.Quote(text)
	}
	return "`" + text + "`"
}

// pythonQuoted writes a text as a string of Python, which reads those of JSON.
func pythonQuoted(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	// Strings are always written.
	_ = enc.Encode(text)
	return strings.TrimSpace(b.String())
}
