package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
)

// serving is what a server writes beside the store that it has open, so that
// other commands of the same user reach the store through it.
type serving struct {
	Address string `json:"address"` // host:port
	Token   string `json:"token"`   // what requests for the store as a whole must bear
}

func servingFile(store string) string { return filepath.Join(store, "serving.json") }

// announce writes the file, which only its owner may read.
func (s serving) announce(store string) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	name := servingFile(store)
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) { // of a server that was killed
		return err
	}
	return os.WriteFile(name, text, 0o600)
}

// newToken returns a token that nobody can guess.
func newToken() string { return rand.Text() }

// servingAt returns what the server that has a store open wrote.
func servingAt(store string) (s serving, err error) {
	text, err := os.ReadFile(servingFile(store))
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(text, &s)
}

// backup writes the backup that the server makes of its store.
func (s serving) backup(ctx context.Context, w io.Writer) (err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+s.Address+"/backup", nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+s.Token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("asking the server: %w", err)
	}
	defer func() { err = errors.Join(err, answer.Body.Close()) }()
	if answer.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(answer.Body, 1000))
		return fmt.Errorf("the server at %s refuses: %s: %s", s.Address, answer.Status, text)
	}
	if _, err := io.Copy(w, answer.Body); err != nil {
		return fmt.Errorf("the server at %s stopped before the end: %w", s.Address, err)
	}
	return nil
}
