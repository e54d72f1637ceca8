package importers

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"

	"github.com/ententegraph/entente/graph"
)

// A Source is a file, or what stands for one, with the documents in it.
type Source struct {
	Name string // for people: the path as given, a URL, "-"
	// Key tells the file from all others across loads: an absolute path or a
	// URL; "" where only the content does.
	Key    string
	Format string // name of the format; "" to find it by the name, then by the first bytes
	Open   func() (io.ReadCloser, error)
}

// Bytes makes a source of a text at hand. Its key is its content.
func Bytes(name string, data []byte) Source {
	return Source{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
}

// Reading says how to read files.
type Reading struct {
	Encoding    string                   // name of a character encoding, as browsers know it; "" for UTF-8, or UTF-16 with a byte order mark
	MaxDocument int64                    // bytes that one document may have; 0 is no limit
	SkipBad     func(*graph.SyntaxError) // told of each line of a quad file that is wrong, where reading shall go on after it
}

// A FileError says which file could not be read, and why.
type FileError struct {
	Name string
	Err  error
}

func (e *FileError) Error() string { return e.Name + ": " + e.Err.Error() }
func (e *FileError) Unwrap() error { return e.Err }

// errPassedOver is the reason of files in folders whose format is not known.
var errPassedOver = errors.New("no format reads files of this kind")

// Files yields the sources that the arguments name: files, folders (all files
// below, by path, without hidden ones), "-" for stdin. A file that is not there
// is an error of type *FileError, and does not end the sequence.
func Files(ctx context.Context, args []string, stdin io.Reader) iter.Seq2[Source, error] {
	return func(yield func(Source, error) bool) {
		for _, arg := range args {
			if arg == "-" {
				if !yield(Source{Name: "-", Open: func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }}, nil) {
					return
				}
				continue
			}
			info, err := os.Stat(arg)
			switch {
			case err != nil:
				if !yield(Source{Name: arg}, &FileError{arg, reason(err)}) {
					return
				}
			case info.IsDir():
				if !walk(ctx, arg, yield) {
					return
				}
			default:
				if !yield(fileSource(arg)) {
					return
				}
			}
		}
	}
}

// walk yields the files below a folder, and false when the reader has enough.
func walk(ctx context.Context, folder string, yield func(Source, error) bool) bool {
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if e := ctx.Err(); e != nil {
			return e
		}
		hidden := strings.HasPrefix(d.Name(), ".") && path != folder
		var more bool
		switch {
		case err != nil:
			more = yield(Source{Name: path}, &FileError{path, reason(err)})
			if more && d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.IsDir() || hidden || !d.Type().IsRegular() && d.Type()&fs.ModeSymlink == 0:
			return nil
		default:
			if _, ok := formatOf(path); !ok {
				more = yield(Source{Name: path}, &FileError{path, errPassedOver})
			} else {
				more = yield(fileSource(path))
			}
		}
		if !more {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		return yield(Source{Name: folder}, &FileError{folder, err})
	}
	return true
}

func fileSource(path string) (Source, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return Source{Name: path}, &FileError{path, err}
	}
	return Source{
		Name: path,
		Key:  filepath.ToSlash(abs),
		Open: func() (io.ReadCloser, error) { return os.Open(path) },
	}, nil
}

// Documents yields the documents of the source. Errors are of type *FileError;
// each stands for one document, or for the file, that cannot be read.
func (s Source) Documents(ctx context.Context, how Reading) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		f, err := s.open(how)
		if err == nil && f.Read == nil {
			f.Close()
			err = fmt.Errorf("%s files hold quads, no documents; load them", f.Format.Name)
		}
		if err != nil {
			yield(Document{}, &FileError{s.Name, err})
			return
		}
		defer f.Close()
		f.documents(ctx, yield)
	}
}

// An opened source is ready to be read in its format.
type opened struct {
	Format
	Input
	io.Closer
	size int64         // of the file in bytes; 0 where that is not known
	read *atomic.Int64 // bytes of it that were read
}

// documents yields the documents, errors as *FileError.
func (f opened) documents(ctx context.Context, yield func(Document, error) bool) {
	for d, err := range f.Read(ctx, f.Input) {
		if err != nil {
			err = &FileError{f.Input.Name, err}
		}
		if !yield(d, err) {
			return
		}
	}
}

const headSize = 4096 // bytes that formats are told from each other by

// open finds the format and prepares the input.
func (s Source) open(how Reading) (f opened, err error) {
	file, err := s.Open()
	if err != nil {
		return opened{}, reason(err)
	}
	defer func() {
		if err != nil {
			file.Close()
		}
	}()
	counted := &counter{from: file}
	raw, err := unpacked(bufio.NewReaderSize(counted, headSize))
	if err != nil {
		return opened{}, err
	}
	head, err := raw.Peek(headSize)
	if err != nil && err != io.EOF {
		return opened{}, reason(err)
	}
	format, err := s.format(head)
	if err != nil {
		return opened{}, err
	}
	r, err := decode(raw, format, how)
	if err != nil {
		return opened{}, err
	}
	return opened{format, Input{Name: s.Name, Key: s.Key, Reader: r, Max: how.MaxDocument, SkipBad: how.SkipBad}, file, sizeOf(file), &counted.read}, nil
}

// sizeOf gives the size of a regular file, and 0 for others.
func sizeOf(r io.Reader) int64 {
	if file, ok := r.(fs.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			return info.Size()
		}
	}
	return 0
}

// A counter counts the bytes that are read through it.
type counter struct {
	from io.Reader
	read atomic.Int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.from.Read(b)
	c.read.Add(int64(n))
	return n, err
}

// largestWindow is what a file packed with zstd may ask to be remembered while it is unpacked, in bytes.
const largestWindow = 128 << 20

// unpacked reads a file that is packed with gzip or zstd, known by its first
// bytes (RFC 1952, section 2.3.1; RFC 8878, section 3.1.1), and others as they are.
func unpacked(raw *bufio.Reader) (*bufio.Reader, error) {
	magic, _ := raw.Peek(4) // shorter files are not packed
	switch {
	case bytes.HasPrefix(magic, []byte("\x1f\x8b")):
		r, err := gzip.NewReader(raw)
		if err != nil {
			return nil, fmt.Errorf("gzip: %w", err)
		}
		return bufio.NewReaderSize(r, headSize), nil
	case string(magic) == "\x28\xb5\x2f\xfd":
		// Without goroutines of its own it has nothing to close.
		r, err := zstd.NewReader(raw, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(largestWindow))
		if err != nil {
			return nil, fmt.Errorf("zstd: %w", err)
		}
		return bufio.NewReaderSize(r, headSize), nil
	}
	return raw, nil
}

// reason leaves the path out of an error of the file system, which our own messages begin with.
func reason(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}

func (s Source) format(head []byte) (Format, error) {
	if s.Format != "" {
		if f, ok := FormatNamed(s.Format); ok {
			return f, nil
		}
		return Format{}, fmt.Errorf("there is no format %q; known: %s", s.Format, formatNames())
	}
	if f, ok := formatOf(s.Name); ok {
		return f, nil
	}
	if f, ok := sniff(head); ok {
		return f, nil
	}
	return Format{}, fmt.Errorf("no format reads this file; known formats: %s", formatNames())
}

func formatNames() string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}
