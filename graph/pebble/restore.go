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
	"io/fs"
	"path"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/klauspost/compress/zstd"

	"github.com/ententegraph/entente/graph"
)

// Folders beside a store while it is replaced by a backup.
const (
	restoring = ".restoring" // what was unpacked, until it is checked
	replaced  = ".replaced"  // what was there before, until the other is in its place
)

// Restore makes a store in the folder to from a backup. It unpacks the whole of
// it in a folder beside that first, and proves it sound as [Store.Verify] does, so that after a failure
// everything is as it was; after a crash, [Open] makes it so. A store that is there already is replaced where
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
	if err := putBack(to, files); err != nil {
		return err
	}
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
		defer func() { err = errors.Join(err, lock.lock.Close()) }() // its folder is gone by then, and with it the rest
	}
	fresh, old := to+restoring, to+replaced
	if err := errors.Join(files.RemoveAll(fresh), files.MkdirAll(files.PathJoin(fresh, "columns"), 0o755)); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, files.RemoveAll(fresh)) }()
	if err := unpack(ctx, r, fresh, files); err != nil {
		return err
	}
	if err := sound(ctx, fresh, files); err != nil {
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

// sound returns an error unless the store in a folder is whole.
func sound(ctx context.Context, at string, files vfs.FS) error {
	s, err := open(at, Options{FS: files})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrArchive, err)
	}
	var first error
	err = s.Verify(ctx, func(problem string) {
		if first == nil {
			first = fmt.Errorf("%w: the store was damaged already when it was written: %s", ErrArchive, problem)
		}
	})
	return errors.Join(err, first, s.Close())
}

// putBack undoes a restore that ended between taking the old store away and
// putting the new one in its place.
func putBack(path string, files vfs.FS) error {
	old := path + replaced
	if _, err := files.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if exists, err := storeIn(old, files); err != nil || !exists {
		return err
	}
	lock, err := lockFolder(old, files)
	if err != nil {
		return err // the restore still runs
	}
	return errors.Join(lock.release(), files.Rename(old, path), folder{files.PathDir(path), files}.sync())
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
