package pebble

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/klauspost/compress/zstd"
)

// ErrArchive is wrapped by the error of restoring a file that is no whole, sound backup.
var ErrArchive = errors.New("the backup is damaged, or is none")

// contents is the last file of an archive, named contentsName: what stands before it.
type contents struct {
	Format int            `json:"format"` // of the archive: 1
	Files  []archivedFile `json:"files"`
}

type archivedFile struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

const (
	contentsName   = "contents.json"
	contentsFormat = 1
)

// Backup writes all that the store holds now as a tar archive packed with
// zstd, for [Restore]. Changes wait for a moment at its start, and readers never.
func (s *Store) Backup(ctx context.Context, w io.Writer) (err error) {
	fail := func(err error) error { return fmt.Errorf("pebble: backing up %s: %w", s.path, err) }
	copied := s.folder.fs.PathJoin(s.path, "backup")
	s.backingUp.Lock()
	defer s.backingUp.Unlock()
	if err := s.folder.fs.RemoveAll(copied); err != nil { // of a process that was killed
		return fail(err)
	}
	if err := s.Checkpoint(copied); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.folder.fs.RemoveAll(copied)) }()
	if err := pack(ctx, w, copied, s.folder.fs); err != nil {
		return fail(err)
	}
	return nil
}

func pack(ctx context.Context, w io.Writer, from string, files vfs.FS) error {
	packed, err := zstd.NewWriter(w)
	if err != nil {
		return err
	}
	out := tar.NewWriter(packed)
	list := contents{Format: contentsFormat}
	for _, folder := range []string{"", "columns"} {
		names, err := files.List(files.PathJoin(from, folder))
		if err != nil {
			return err
		}
		slices.Sort(names)
		for _, name := range names {
			f, err := packFile(ctx, out, path.Join(folder, name), files.PathJoin(from, folder, name), files)
			if err != nil {
				return err
			}
			if f != nil {
				list.Files = append(list.Files, *f)
			}
		}
	}
	text, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		return err
	}
	err = out.WriteHeader(&tar.Header{Name: contentsName, Mode: 0o644, Size: int64(len(text))})
	if err == nil {
		_, err = out.Write(text)
	}
	return errors.Join(err, out.Close(), packed.Close())
}

// packFile writes one file, and returns nil for a folder.
func packFile(ctx context.Context, out *tar.Writer, name, at string, files vfs.FS) (_ *archivedFile, err error) {
	info, err := files.Stat(at)
	if err != nil || info.IsDir() {
		return nil, err
	}
	in, err := files.Open(at)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if err := out.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: info.Size()}); err != nil {
		return nil, err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(out, sum), heeding{ctx, in}); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &archivedFile{name, info.Size(), hex.EncodeToString(sum.Sum(nil))}, nil
}

// heeding is a reader that fails once the context is done.
type heeding struct {
	ctx context.Context
	io.Reader
}

func (h heeding) Read(b []byte) (int, error) {
	if err := h.ctx.Err(); err != nil {
		return 0, err
	}
	return h.Reader.Read(b)
}
