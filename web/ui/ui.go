// Package ui holds the client of the pages as it was built: scripts and styles
// under dist, which stay out of the repository. Without them the folder is
// empty, and pages are whole all the same.
//
//	client, err := ui.Embedded()
//	for _, file := range client.Scripts("graph") { … }
package ui

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// manifestFile is where the build writes which files an entry needs.
const manifestFile = "manifest.json"

// A Client is the built client; the zero Client is one that was not built.
type Client struct {
	files   fs.FS
	entries map[string]chunk // by source, as src/graph.ts
}

// chunk is an entry of the build's manifest.
type chunk struct {
	File    string   `json:"file"`
	CSS     []string `json:"css"`
	Imports []string `json:"imports"` // keys of other chunks
}

// Embedded returns the client that was built before the program was.
func Embedded() (*Client, error) {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, fmt.Errorf("ui: %w", err)
	}
	return Read(files)
}

// Read reads a folder that the build has written.
func Read(files fs.FS) (*Client, error) {
	text, err := fs.ReadFile(files, manifestFile)
	if errors.Is(err, fs.ErrNotExist) {
		return &Client{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("ui: %w", err)
	}
	c := &Client{files: files}
	if err := json.Unmarshal(text, &c.entries); err != nil {
		return nil, fmt.Errorf("ui: %s: %w", manifestFile, err)
	}
	return c, nil
}

// Files is what the client consists of; nil where it was not built.
func (c *Client) Files() fs.FS { return c.files }

// Scripts lists the script of a page, as "graph"; none where it was not built.
func (c *Client) Scripts(page string) []string {
	if entry, ok := c.entries[source(page)]; ok {
		return []string{entry.File}
	}
	return nil
}

// Styles lists the style sheets of a page's script and of all that it imports.
func (c *Client) Styles(page string) []string {
	var out []string
	c.walk(source(page), map[string]bool{}, func(entry chunk) { out = append(out, entry.CSS...) })
	return out
}

// Loads lists every file that a page loads at once.
func (c *Client) Loads(page string) []string {
	var out []string
	c.walk(source(page), map[string]bool{}, func(entry chunk) { out = append(append(out, entry.File), entry.CSS...) })
	return out
}

func source(page string) string { return "src/" + page + ".ts" }

func (c *Client) walk(key string, seen map[string]bool, visit func(chunk)) {
	entry, ok := c.entries[key]
	if !ok || seen[key] {
		return
	}
	seen[key] = true
	visit(entry)
	for _, imported := range entry.Imports {
		c.walk(imported, seen, visit)
	}
}
