package pebble

import (
	"archive/tar"
	"bufio"
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

	"github.com/ententegraph/entente/graph"
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

// Restore makes a store in the folder to from a backup. It unpacks and checks
// the whole of it in a folder beside that first, so that after a failure
// everything is as it was. A store that is there already is replaced where
// replace is set and nobody has it open, and is an error otherwise.
func Restore(ctx context.Context, r io.Reader, to string, replace bool, files vfs.FS) error {
	if files == nil {
		files = vfs.Default
	}
	if err := restore(ctx, r, to, replace, files); err != nil {
		return fmt.Errorf("pebble: restoring to %s: %w", to, err)
	}
	return nil
}

func restore(ctx context.Context, r io.Reader, to string, replace bool, files vfs.FS) (err error) {
	_, err = files.Stat(to)
	present := err == nil
	if present && !replace {
		return graph.ErrStoreExists
	}
	if present {
		lock, err := lockFolder(to, files)
		if err != nil {
			return err
		}
		defer func() { lock.lock.Close() }() // its folder is gone by then, and with it the rest
	}
	fresh, old := to+".restoring", to+".replaced"
	if err := errors.Join(files.RemoveAll(fresh), files.MkdirAll(files.PathJoin(fresh, "columns"), 0o755)); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, files.RemoveAll(fresh)) }()
	if err := unpack(ctx, r, fresh, files); err != nil {
		return err
	}
	s, err := open(fresh, Options{FS: files})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrArchive, err)
	}
	if err := s.Close(); err != nil {
		return err
	}
	if present {
		if err := errors.Join(files.RemoveAll(old), files.Rename(to, old)); err != nil {
			return err
		}
	}
	if err := files.Rename(fresh, to); err != nil {
		if present {
			err = errors.Join(err, files.Rename(old, to))
		}
		return err
	}
	return errors.Join(folder{files.PathDir(to), files}.sync(), files.RemoveAll(old))
}

// unpack writes the files of an archive to a folder and checks them against its contents.
func unpack(ctx context.Context, r io.Reader, to string, files vfs.FS) error {
	packed, err := zstd.NewReader(heeding{ctx, r})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrArchive, err)
	}
	defer packed.Close()
	in := tar.NewReader(packed)
	var found []archivedFile
	for {
		head, err := in.Next()
		if err == io.EOF {
			return fmt.Errorf("%w: it ends before the list of its files", ErrArchive)
		}
		if err != nil {
			return archiveError(ctx, err)
		}
		if head.Name == contentsName {
			break
		}
		if base := path.Base(head.Name); head.Typeflag != tar.TypeReg || head.Name != base && head.Name != "columns/"+base {
			return fmt.Errorf("%w: it holds %q, which is no file of a store", ErrArchive, head.Name)
		}
		f, err := unpackFile(in, head, files.PathJoin(to, head.Name), files)
		if err != nil {
			return archiveError(ctx, fmt.Errorf("%s: %w", head.Name, err))
		}
		found = append(found, f)
	}
	var list contents
	if err := json.NewDecoder(in).Decode(&list); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrArchive, contentsName, err)
	}
	// What stands behind the list is read too: the checksum of the packing is there.
	if _, err := io.Copy(io.Discard, packed); err != nil {
		return archiveError(ctx, err)
	}
	if list.Format != contentsFormat {
		return fmt.Errorf("%w: it has format %d, and this program reads format %d", ErrArchive, list.Format, contentsFormat)
	}
	for i := range max(len(list.Files), len(found)) {
		switch {
		case i >= len(found):
			return fmt.Errorf("%w: %s is missing", ErrArchive, list.Files[i].Name)
		case i >= len(list.Files) || found[i].Name != list.Files[i].Name:
			return fmt.Errorf("%w: %s is not where the list has it", ErrArchive, found[i].Name)
		case found[i] != list.Files[i]:
			return fmt.Errorf("%w: the checksum of %s is wrong", ErrArchive, found[i].Name)
		}
	}
	return errors.Join(folder{files.PathJoin(to, "columns"), files}.sync(), folder{to, files}.sync())
}

func archiveError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", ErrArchive, err)
}

func unpackFile(in io.Reader, head *tar.Header, to string, files vfs.FS) (_ archivedFile, err error) {
	f, err := files.Create(to, vfs.WriteCategoryUnspecified)
	if err != nil {
		return archivedFile{}, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum := sha256.New()
	out := bufio.NewWriterSize(f, 1<<18)
	if _, err := io.Copy(io.MultiWriter(out, sum), in); err != nil {
		return archivedFile{}, err
	}
	if err := errors.Join(out.Flush(), f.Sync()); err != nil {
		return archivedFile{}, err
	}
	return archivedFile{head.Name, head.Size, hex.EncodeToString(sum.Sum(nil))}, nil
}
