package web

import (
	"io/fs"
	"net/http"
)

// clientFiles serves the built client. The names of its files hold hashes of
// their contents, so that a browser never has to ask for one twice.
func clientFiles(files fs.FS) http.Handler {
	serve := http.StripPrefix("/ui/", http.FileServerFS(files))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		serve.ServeHTTP(w, r)
	})
}
