package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			format, err := a.output("text", "json")
			if err != nil {
				return err
			}
			v := buildVersion()
			if format == "json" {
				return a.printJSON(v)
			}
			_, err = fmt.Fprintf(a.stdout, "entente %s (%s, %s)\n", v.Version, v.Revision, v.Go)
			return err
		},
	}
}

// programVersion is what the Go tool wrote into the binary.
type programVersion struct {
	Version  string `json:"version"`
	Revision string `json:"revision"`
	Go       string `json:"go"`
}

func buildVersion() programVersion {
	v := programVersion{Version: "(devel)", Revision: "unknown revision", Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v.Revision = s.Value
		}
	}
	return v
}
