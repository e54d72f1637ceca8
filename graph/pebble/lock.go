package pebble

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
)

// A LockedError says which process has the store open. It wraps [graph.ErrLocked].
type LockedError struct {
	Path string
	PID  int // of the process that has it open, or 0 when unknown
}

func (e *LockedError) Error() string {
	switch e.PID {
	case 0:
		return graph.ErrLocked.Error()
	case os.Getpid():
		return "graph is open already in this process"
	}
	return fmt.Sprintf("%v (pid %d)", graph.ErrLocked, e.PID)
}

func (e *LockedError) Unwrap() error { return graph.ErrLocked }

// pidFile stands beside Pebble's lock and holds the pid of its owner. It is
// for messages only: the lock, which ends with its process, decides.
const pidFile = "holder.pid"

type folderLock struct {
	lock   *pebble.Lock
	folder vfs.FS
	pid    string // path of the pid file
}

func lockFolder(path string, folder vfs.FS) (*folderLock, error) {
	pid := folder.PathJoin(path, pidFile)
	lock, err := pebble.LockDirectory(path, folder)
	var notOpened *fs.PathError // the lock's file, not the lock, is the trouble
	if errors.As(err, &notOpened) {
		return nil, err
	}
	if err != nil {
		return nil, &LockedError{Path: path, PID: readPID(pid, folder)}
	}
	l := &folderLock{lock: lock, folder: folder, pid: pid}
	if err := l.writePID(); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return l, nil
}

func (l *folderLock) writePID() error {
	f, err := l.folder.Create(l.pid, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, os.Getpid())
	return errors.Join(err, f.Close())
}

func (l *folderLock) release() error {
	err := l.folder.Remove(l.pid)
	return errors.Join(err, l.lock.Close())
}

// readPID returns the pid in the file, or 0.
func readPID(name string, folder vfs.FS) int {
	f, err := folder.Open(name)
	if err != nil {
		return 0
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 20))
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0
	}
	return pid
}
