package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente"
	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries/sparql/syntax"
	"github.com/ententegraph/entente/queries/sparql/update"
	"github.com/ententegraph/entente/schema"
	"github.com/ententegraph/entente/web"
	"github.com/ententegraph/entente/web/protocol"
)

func newServe(a *app) *cobra.Command {
	var demo bool
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve pages and query endpoints on this machine",
		Long: `Serve a page for each thing, with its facts and their sentences, and the query endpoints: /sparql (SPARQL 1.1 Protocol), /graphs
(Graph Store Protocol), POST /gizmo and /api/v2/query?lang=gizmo.
It listens on loopback only: there are no access tokens yet.`,
		Args: args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return a.serve(c, demo) },
	}
	c.Flags().BoolVar(&demo, "demo", false, "serve the sample articles, from memory, and leave your own graph alone")
	c.Flags().String("address", "", "host:port to listen on (setting server.address)")
	return c
}

func (a *app) serve(c *cobra.Command, demo bool) (err error) {
	s, err := a.settings(c)
	if err != nil {
		return err
	}
	if err := loopbackOnly(s.Server.Address); err != nil {
		return usageError{err}
	}
	log := a.logger(s)
	store, err := a.served(c, s, demo)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	model, err := schema.Default()
	if err != nil {
		return err
	}
	asked := engine(s, model, store.View)
	if asked.Saved, err = savedQueries(s); err != nil {
		return err
	}
	options := web.Options{
		Store: store, Model: model, Engine: asked, SPARQL: sparqlEndpoint(s, store),
		Title: s.UI.Title, Version: buildVersion(), Log: log,
	}
	token := newToken()
	if !demo {
		options.Backup = &web.Backup{Write: store.Backup, Token: token}
	}
	if !s.Store.ReadOnly || demo {
		if options.Loading, err = loadingPages(s, store); err != nil {
			return err
		}
	}
	if options.Handbook, err = entente.Handbook(); err != nil {
		return err
	}
	options.StoreInfo.Where = "in memory, of the sample articles"
	if !demo {
		options.StoreInfo = web.StoreInfo{Where: s.Store.Path, Size: func() (int64, error) { return folderSize(s.Store.Path) }}
	}
	site, err := web.New(options)
	if err != nil {
		return err
	}
	defer site.Close()
	listener, err := (&net.ListenConfig{}).Listen(c.Context(), "tcp", s.Server.Address)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; choose another with --address", s.Server.Address, err)
	}
	if !demo && !s.Store.ReadOnly {
		if err := (serving{listener.Addr().String(), token}).announce(s.Store.Path); err != nil {
			return errors.Join(err, listener.Close())
		}
		defer func() { err = errors.Join(err, os.Remove(servingFile(s.Store.Path))) }()
	}
	fmt.Fprintf(a.stdout, "serving http://%s   (Ctrl-C stops)\n", listener.Addr())
	return serveUntilDone(c.Context(), listener, site, s)
}

// folderSize adds up the files of a folder. One that goes meanwhile does not count.
func folderSize(folder string) (sum int64, err error) {
	err = filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			sum += info.Size()
		}
		return err
	})
	return sum, err
}

// loadingPages sets up what pages load with.
func loadingPages(s *settings, store graph.Store) (*web.Loading, error) {
	im, err := importer(store, s)
	if err != nil {
		return nil, err
	}
	im.By = s.author()
	o, err := (&documentFlags{}).options(s)
	if err != nil {
		return nil, err
	}
	l := &web.Loading{Importer: im, Options: o, MaxUpload: int64(s.Import.MaxUpload)}
	l.Samples, err = sampleFiles()
	return l, err
}

// sparqlEndpoint sets up the SPARQL endpoints within the settings.
func sparqlEndpoint(s *settings, store graph.Store) protocol.Options {
	o := protocol.Options{
		Timeout: s.Query.Timeout, Memory: int64(s.Query.MemoryLimit), MaxBody: int64(s.SPARQL.MaxUpload),
		UnionDefault: s.SPARQL.UnionDefaultGraph, Origins: s.SPARQL.Origins,
	}
	service, load := elsewhere(s)
	o.Service = service
	if s.SPARQL.Update && !s.Store.ReadOnly {
		o.Update = func(ctx context.Context, u *syntax.Update) error {
			_, err := update.Apply(ctx, store, u, update.Options{Memory: int64(s.Query.MemoryLimit), Service: service, Load: load})
			return err
		}
	}
	return o
}

// served opens the store to serve: the user's own, or the samples in memory.
func (a *app) served(c *cobra.Command, s *settings, demo bool) (*pebble.Store, error) {
	if !demo {
		return pebble.Open(s.Store.Path, pebble.Options{ReadOnly: s.Store.ReadOnly})
	}
	store, err := pebble.OpenMemory()
	if err != nil {
		return nil, err
	}
	if err := a.loadSamples(c.Context(), s, store); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// serveUntilDone serves until the context ends, then lets running requests finish.
func serveUntilDone(ctx context.Context, listener net.Listener, handler http.Handler, s *settings) error {
	server := &http.Server{
		Handler:           handler,
		ReadTimeout:       s.Server.ReadTimeout,
		ReadHeaderTimeout: s.Server.ReadTimeout,
		WriteTimeout:      s.Query.Timeout + 30*time.Second,
		BaseContext:       func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()
	select {
	case err := <-stopped:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.Server.ShutdownGrace)
	defer cancel()
	err := server.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	<-stopped
	return err
}

// loopbackOnly refuses addresses that other machines can reach.
func loopbackOnly(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("server.address: %w", err)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("refusing to listen on %s: anybody who reaches it could read and query the graph, and there are no access tokens yet. Use 127.0.0.1", address)
}

func (a *app) logger(s *settings) *slog.Logger {
	var level slog.Level
	// The settings were checked: the level is one that slog knows.
	_ = level.UnmarshalText([]byte(s.Log.Level))
	options := &slog.HandlerOptions{Level: level}
	if s.Log.Format == "text" || s.Log.Format == "auto" && onTerminal(os.Stderr) {
		return slog.New(slog.NewTextHandler(a.stderr, options))
	}
	return slog.New(slog.NewJSONHandler(a.stderr, options))
}
