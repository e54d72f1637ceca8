package web

import (
	"context"
	"crypto/subtle"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Backup lets who holds a token copy the whole store while it is served.
type Backup struct {
	Write func(context.Context, io.Writer) error
	Token string // what the request must bear; not empty
}

// handler answers POST with the archive. One that fails on the way is cut off,
// so that the client sees that it is not whole.
func (b Backup) handler(s *server) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok || subtle.ConstantTimeCompare([]byte(token), []byte(b.Token)) != 1 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			problem(w, http.StatusUnauthorized, "no access", "a backup needs the token that the server wrote beside its store; use: entente backup FILE")
			return
		}
		if err := http.NewResponseController(w).SetWriteDeadline(time.Time{}); err != nil { // it takes as long as it takes
			s.fail(w, fmt.Errorf("web: backup: %w", err))
			return
		}
		w.Header().Set("Content-Type", "application/zstd")
		if err := b.Write(r.Context(), w); err != nil {
			s.Log.Error("backup", "error", err)
			panic(http.ErrAbortHandler)
		}
		s.backedUp.Store(time.Now().Unix())
	}
}
