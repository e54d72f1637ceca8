package web

import (
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"time"
)

// guard wraps every request: a panic costs that request only, other sites may
// not make a browser write here, and pages load nothing from elsewhere.
func (s *server) guard(next http.Handler) http.Handler {
	protected := s.protection.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		out := &statusWriter{ResponseWriter: w}
		defer func() {
			if err := recover(); err != nil {
				if err == http.ErrAbortHandler {
					panic(err)
				}
				s.Log.Error("panic", "path", r.URL.Path, "error", err, "stack", string(debug.Stack()))
				if out.status == 0 {
					problem(out, http.StatusInternalServerError, "internal error", "the server has a bug here; its log says more")
				}
			}
			s.slow.note(r, start)
			s.Log.Info("request", "method", r.Method, "path", r.URL.Path, "status", out.status, "took", time.Since(start))
		}()
		h := out.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		if !loopbackHost(r.Host) {
			// A page elsewhere may point a name of its own at this machine; without
			// access tokens the name is all that tells its requests apart.
			problem(out, http.StatusMisdirectedRequest, "unknown host",
				fmt.Sprintf("this server answers to localhost and loopback addresses only, not to %q", r.Host))
			return
		}
		protected.ServeHTTP(out, r)
	})
}

// loopbackHost reports whether a Host header names this machine only.
func loopbackHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	if name == "localhost" {
		return true
	}
	ip := net.ParseIP(trimBrackets(name))
	return ip != nil && ip.IsLoopback()
}

func trimBrackets(name string) string {
	if len(name) > 1 && name[0] == '[' && name[len(name)-1] == ']' {
		return name[1 : len(name)-1]
	}
	return name
}

// statusWriter remembers the status that was sent.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the writer below.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
