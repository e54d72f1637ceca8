//go:build unix

package pebble

import (
	"fmt"
	"os"
	"syscall"
)

// mapFile maps a file of the operating system into memory, to be read only.
func mapFile(name string) (data []byte, free func() error, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if info.Size() == 0 || int64(int(info.Size())) != info.Size() {
		return nil, nil, fmt.Errorf("%s: a file of %d bytes cannot be mapped", name, info.Size())
	}
	data, err = syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: mapping: %w", name, err)
	}
	return data, func() error { return syscall.Munmap(data) }, nil
}
