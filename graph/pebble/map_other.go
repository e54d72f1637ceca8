//go:build !unix

package pebble

import "os"

// mapFile reads a file of the operating system into memory.
func mapFile(name string) (data []byte, free func() error, err error) {
	data, err = os.ReadFile(name)
	return data, func() error { return nil }, err
}
