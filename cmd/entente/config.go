package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
	"gopkg.in/yaml.v3"

	"github.com/ententegraph/entente"
	"github.com/ententegraph/entente/nearest"
)

// config holds every setting; the zero value is of no use, see loadConfig.
type config struct {
	Store struct {
		Path     string `mapstructure:"path"`
		ReadOnly bool   `mapstructure:"read_only"`
	} `mapstructure:"store"`
	Server struct {
		Address       string        `mapstructure:"address"`
		ReadTimeout   time.Duration `mapstructure:"read_timeout"`
		ShutdownGrace time.Duration `mapstructure:"shutdown_grace"`
	} `mapstructure:"server"`
	Query struct {
		Timeout     time.Duration `mapstructure:"timeout"`
		MaxRows     int           `mapstructure:"max_rows"`
		MemoryLimit byteSize      `mapstructure:"memory_limit"`
		Saved       string        `mapstructure:"saved"`
	} `mapstructure:"query"`
	SPARQL struct {
		Update            bool     `mapstructure:"update"`
		UnionDefaultGraph bool     `mapstructure:"union_default_graph"`
		MaxUpload         byteSize `mapstructure:"max_upload"`
		Service           []string `mapstructure:"service"`
		Load              []string `mapstructure:"load"`
		Origins           []string `mapstructure:"origins"`
	} `mapstructure:"sparql"`
	Import struct {
		Jobs        int      `mapstructure:"jobs"`
		MaxDocument byteSize `mapstructure:"max_document"`
		MaxUpload   byteSize `mapstructure:"max_upload"`
		ReviewBelow float64  `mapstructure:"review_below"`
		BulkMemory  byteSize `mapstructure:"bulk_memory"`
	} `mapstructure:"import"`
	Review struct {
		Author string `mapstructure:"author"`
	} `mapstructure:"review"`
	UI struct {
		Title string `mapstructure:"title"`
	} `mapstructure:"ui"`
	Log struct {
		Level  string `mapstructure:"level"`
		Format string `mapstructure:"format"`
	} `mapstructure:"log"`
}

// validOrigin reports whether a text is scheme://host as browsers send it.
func validOrigin(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.Path == "" && u.RawQuery == ""
}

func validEndpoint(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// byteSize is a number of bytes, written as 256MiB, 10MB or plain digits.
type byteSize int64

const envPrefix = "ENTENTE"

// settingFlags maps the command line's flags to the settings that they override.
var settingFlags = map[string]string{
	"store": "store.path", "read-only": "store.read_only", "address": "server.address",
	"by": "review.author", "timeout": "query.timeout", "limit": "query.max_rows", "jobs": "import.jobs",
}

// settings is a loaded configuration with where each value came from.
type settings struct {
	config
	file string // the file read, or ""
	keys []string
	v    *viper.Viper
	from map[string]string
}

// loadConfig reads the defaults, then the file (the given one, or ./entente.yaml
// where there is one), the environment and the flags, each over the one before.
// All problems are reported at once.
func loadConfig(file string, flags *pflag.FlagSet) (*settings, error) {
	v := viper.New()
	v.SetConfigType("yaml")
	if err := v.ReadConfig(strings.NewReader(entente.DefaultConfig())); err != nil {
		return nil, fmt.Errorf("config.yaml: %w", err)
	}
	keys := v.AllKeys()
	slices.Sort(keys)
	for _, k := range keys {
		v.SetDefault(k, v.Get(k))
	}
	s := &settings{v: v, keys: keys, from: map[string]string{}}
	if err := s.readFile(file); err != nil {
		return nil, err
	}
	v.SetEnvPrefix(envPrefix)
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	v.AutomaticEnv()
	for _, k := range keys {
		if name := envName(k); os.Getenv(name) != "" {
			s.from[k] = name
		}
	}
	if flags != nil {
		for name, key := range settingFlags {
			if f := flags.Lookup(name); f != nil && f.Changed {
				v.Set(key, f.Value.String())
				s.from[key] = "--" + name
			}
		}
	}
	if err := v.UnmarshalExact(&s.config, decodeHook()); err != nil {
		return nil, usageError{s.decodeProblem(err)}
	}
	if err := s.validate(); err != nil {
		return nil, usageError{err}
	}
	return s, nil
}

// decodeHook reads what settings are written as: durations, sizes, and lists with commas, as the environment has them.
func decodeHook() viper.DecoderConfigOption {
	return viper.DecodeHook(mapstructure.ComposeDecodeHookFunc(
		mapstructure.StringToTimeDurationHookFunc(), mapstructure.StringToSliceHookFunc(","), stringToByteSize))
}

func envName(key string) string {
	return envPrefix + "_" + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

func (s *settings) readFile(file string) error {
	required := file != ""
	if !required {
		file = "entente.yaml"
	}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) && !required {
		return nil
	}
	if err != nil {
		return usageError{fmt.Errorf("configuration: %w", err)}
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return usageError{fmt.Errorf("%s: %w", file, err)}
	}
	given := map[string]int{}
	if len(root.Content) > 0 {
		settingsIn(root.Content[0], "", given)
	}
	var problems []error
	for _, k := range sortedByLine(given) {
		if slices.Contains(s.keys, k) {
			s.from[k] = fmt.Sprintf("%s:%d", file, given[k])
			continue
		}
		hint := "; entente config show lists them all"
		if near, ok := nearest.Name(k, s.keys); ok {
			hint = "; did you mean " + near + "?"
		}
		problems = append(problems, fmt.Errorf("%s:%d: %s is not a setting%s", file, given[k], k, hint))
	}
	if len(problems) > 0 {
		return usageError{errors.Join(problems...)}
	}
	s.file = file
	return s.v.MergeConfig(strings.NewReader(string(text)))
}

// settingsIn collects the dotted keys of all leaves below n, with their lines.
func settingsIn(n *yaml.Node, path string, out map[string]int) {
	if n.Kind != yaml.MappingNode {
		if path != "" {
			out[path] = n.Line
		}
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := strings.ToLower(n.Content[i].Value)
		if path != "" {
			key = path + "." + key
		}
		settingsIn(n.Content[i+1], key, out)
	}
}

func sortedByLine(lines map[string]int) []string {
	keys := make([]string, 0, len(lines))
	for k := range lines {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return lines[a] - lines[b] })
	return keys
}

// decodeProblem says for each value of a wrong type which setting it was and where it was given.
func (s *settings) decodeProblem(err error) error {
	var problems []error
	for _, k := range s.keys {
		var probe config
		v := viper.New()
		v.Set(k, s.v.Get(k))
		if e := v.Unmarshal(&probe, decodeHook()); e != nil {
			problems = append(problems, fmt.Errorf("%s: %s: %q is not %s", s.origin(k), k, fmt.Sprint(s.v.Get(k)), wanted(k)))
		}
	}
	if len(problems) == 0 {
		return err
	}
	return errors.Join(problems...)
}

// wanted names in words the type of a setting.
func wanted(key string) string {
	t := reflect.TypeOf(config{})
	for part := range strings.SplitSeq(key, ".") {
		for i := range t.NumField() {
			if f := t.Field(i); f.Tag.Get("mapstructure") == part {
				t = f.Type
				break
			}
		}
	}
	switch {
	case t == reflect.TypeFor[time.Duration]():
		return "a duration, such as 30s or 2m"
	case t == reflect.TypeFor[byteSize]():
		return "a size, such as 256MiB"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Int:
		return "a whole number"
	case t.Kind() == reflect.Float64:
		return "a number"
	case t.Kind() == reflect.Slice:
		return "a list"
	}
	return "a text"
}

// origin says where a setting's value comes from.
func (s *settings) origin(key string) string {
	if from, ok := s.from[key]; ok {
		return from
	}
	return "default"
}

func (s *settings) validate() error {
	var problems []error
	check := func(ok bool, key, format string, args ...any) {
		if !ok {
			problems = append(problems, fmt.Errorf("%s: %s: %s", s.origin(key), key, fmt.Sprintf(format, args...)))
		}
	}
	check(s.Store.Path != "", "store.path", "a folder is needed")
	check(s.Server.ReadTimeout > 0, "server.read_timeout", "must be more than 0")
	check(s.Server.ShutdownGrace >= 0, "server.shutdown_grace", "must not be negative")
	_, _, err := net.SplitHostPort(s.Server.Address)
	check(err == nil, "server.address", "%q is not host:port", s.Server.Address)
	check(s.Query.Timeout > 0, "query.timeout", "must be more than 0")
	check(s.Query.MaxRows >= 0, "query.max_rows", "must be 0 (no limit) or more")
	check(s.Query.MemoryLimit >= 1<<20, "query.memory_limit", "must be at least 1MiB")
	check(s.SPARQL.MaxUpload > 0, "sparql.max_upload", "must be more than 0")
	for _, origin := range s.SPARQL.Origins {
		check(origin == "*" || validOrigin(origin), "sparql.origins", "%q is no origin, such as https://example.org", origin)
	}
	for _, endpoint := range s.SPARQL.Service {
		check(validEndpoint(endpoint), "sparql.service", "%q is no address, such as https://example.org/sparql", endpoint)
	}
	check(s.Import.Jobs >= 0, "import.jobs", "must be 0 (number of cores) or more")
	check(s.Import.MaxDocument > 0, "import.max_document", "must be more than 0")
	check(s.Import.BulkMemory >= 16<<20, "import.bulk_memory", "must be at least 16MiB")
	check(s.Import.MaxUpload > 0, "import.max_upload", "must be more than 0")
	check(s.Import.ReviewBelow >= 0 && s.Import.ReviewBelow <= 1, "import.review_below", "must lie between 0 and 1")
	check(slices.Contains([]string{"debug", "info", "warn", "error"}, s.Log.Level), "log.level",
		"%q is none of debug, info, warn, error", s.Log.Level)
	check(slices.Contains([]string{"auto", "text", "json"}, s.Log.Format), "log.format",
		"%q is none of auto, text, json", s.Log.Format)
	return errors.Join(problems...)
}

var byteUnits = []struct {
	suffix string
	bytes  int64
}{
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TiB", 1 << 40},
	{"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}, {"B", 1},
}

func parseByteSize(text string) (byteSize, error) {
	number, unit := strings.TrimSpace(text), int64(1)
	for _, u := range byteUnits {
		if cut, ok := strings.CutSuffix(number, u.suffix); ok {
			number, unit = strings.TrimSpace(cut), u.bytes
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 0 || n > (1<<62)/unit {
		return 0, fmt.Errorf("%q is not a size such as 256MiB", text)
	}
	return byteSize(n * unit), nil
}

func stringToByteSize(from, to reflect.Type, data any) (any, error) {
	if from.Kind() != reflect.String || to != reflect.TypeFor[byteSize]() {
		return data, nil
	}
	return parseByteSize(data.(string))
}
