// Package remote asks other SPARQL endpoints and fetches documents, for SERVICE
// and LOAD: of the endpoints and hosts that are allowed, and of no others.
//
//	client := remote.New(remote.Options{Endpoints: []string{"https://example.org/sparql"}, Hosts: []string{"example.org"}})
//	sparql.Options{Service: client.Service}
//	update.Options{Load: client.Load}
package remote

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// ErrRefused is wrapped by the error of an address that is not allowed.
var ErrRefused = errors.New("it is not among those that are allowed")

// DefaultMaxBody bounds, in bytes, an answer where Options say nothing.
const DefaultMaxBody = 64 << 20

// mostRedirects bounds how often an answer may lead elsewhere.
const mostRedirects = 5

// Options say what may be reached.
type Options struct {
	Endpoints []string // that SERVICE may ask, as https://example.org/sparql
	// Hosts that LOAD may fetch from: "example.org" at the usual port of http or
	// https, "example.org:8080" at that port.
	Hosts   []string
	MaxBody int64 // bytes of an answer, unpacked; 0 for DefaultMaxBody
}

// A Client reaches what Options allow. It is safe for concurrent use.
type Client struct {
	endpoints []string // normal
	hosts     []string // in small letters
	maxBody   int64

	asking, loading *http.Client
}

// New returns a client.
func New(o Options) *Client {
	c := &Client{maxBody: cmp.Or(o.MaxBody, DefaultMaxBody)}
	for _, e := range o.Endpoints {
		if u, err := url.Parse(e); err == nil {
			c.endpoints = append(c.endpoints, normal(u))
		}
	}
	for _, h := range o.Hosts {
		c.hosts = append(c.hosts, strings.ToLower(h))
	}
	c.asking, c.loading = following(c.mayAsk), following(c.mayLoad)
	return c
}

// following returns an HTTP client that follows redirects to where it may go.
func following(may func(*url.URL) error) *http.Client {
	return &http.Client{CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > mostRedirects {
			return fmt.Errorf("more than %d redirects", mostRedirects)
		}
		if err := may(r.URL); err != nil {
			return fmt.Errorf("redirected to %s: %w", r.URL.Redacted(), err)
		}
		return nil
	}}
}

// normal writes addresses that mean the same in the same way.
func normal(u *url.URL) string {
	n := *u
	n.Scheme, n.Host, n.Fragment, n.RawFragment = strings.ToLower(u.Scheme), host(u), "", ""
	if n.Path == "" {
		n.Path = "/"
	}
	return n.String()
}

// host gives the host of an address in small letters, with its port unless that is the usual one.
func host(u *url.URL) string {
	name, port := strings.ToLower(u.Hostname()), u.Port()
	if port == "" || port == map[string]string{"http": "80", "https": "443"}[strings.ToLower(u.Scheme)] {
		if strings.Contains(name, ":") {
			return "[" + name + "]"
		}
		return name
	}
	return net.JoinHostPort(name, port)
}

func overHTTP(u *url.URL) error {
	if s := strings.ToLower(u.Scheme); s != "http" && s != "https" || u.Host == "" {
		return errors.New("only addresses of http and https can be reached")
	}
	return nil
}

func (c *Client) mayAsk(u *url.URL) error {
	if err := overHTTP(u); err != nil {
		return err
	}
	if !slices.Contains(c.endpoints, normal(u)) {
		return ErrRefused
	}
	return nil
}

func (c *Client) mayLoad(u *url.URL) error {
	if err := overHTTP(u); err != nil {
		return err
	}
	if !slices.Contains(c.hosts, host(u)) {
		return fmt.Errorf("host %s: %w", host(u), ErrRefused)
	}
	return nil
}

// do sends a request, and gives an answer of success with a body that is bounded.
func (c *Client) do(client *http.Client, r *http.Request) (*http.Response, error) {
	r.Header.Set("User-Agent", "entente")
	answer, err := client.Do(r)
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err // the caller names the address
		}
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		defer answer.Body.Close()
		said, _ := io.ReadAll(io.LimitReader(answer.Body, 200)) // as far as it can be read: it only explains the status
		return nil, fmt.Errorf("it answers %s: %q", answer.Status, said)
	}
	answer.Body = &bounded{ReadCloser: answer.Body, limit: c.maxBody, left: c.maxBody}
	return answer, nil
}

// bounded is a body that fails where it is too large.
type bounded struct {
	io.ReadCloser
	limit, left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	if int64(n) > b.left {
		n, err = int(b.left), fmt.Errorf("remote: the answer has more than %d bytes", b.limit)
	}
	b.left -= int64(n)
	return n, err
}

// halfOfTime gives a request half of the time that is left, so that something
// can still be done when it is not answered, as SILENT asks.
func halfOfTime(ctx context.Context) (context.Context, context.CancelFunc, time.Duration) {
	deadline, ok := ctx.Deadline()
	if !ok {
		ctx, cancel := context.WithCancel(ctx)
		return ctx, cancel, 0
	}
	half := time.Until(deadline) / 2
	ctx, cancel := context.WithTimeout(ctx, half)
	return ctx, cancel, half
}
