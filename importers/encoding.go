package importers

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// errTooLarge is wrapped by the error of a document over the limit.
var errTooLarge = errors.New("larger than allowed")

func tooLargeError(limit int64) error {
	return fmt.Errorf("%w: a document may have %s (import.max_document)", errTooLarge, sizeText(limit))
}

// sizeText writes a number of bytes in the largest unit that divides it.
func sizeText(n int64) string {
	for _, u := range []struct {
		name string
		size int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}} {
		if n >= u.size && n%u.size == 0 {
			return fmt.Sprintf("%d %s", n/u.size, u.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}

// utf8Mark is the byte order mark of a UTF-8 file.
const utf8Mark = "\xef\xbb\xbf"

// decode gives the file in UTF-8 without a byte order mark. What is named
// counts first, then the mark, then what the file says of itself. A file that
// is one document is read whole, and checked.
func decode(r *bufio.Reader, f Format, how Reading) (io.Reader, error) {
	head, _ := r.Peek(headSize) // a short file is no error
	enc, err := encodingOf(head, f, how.Encoding)
	if err != nil {
		return nil, err
	}
	if enc == nil && bytes.HasPrefix(head, []byte(utf8Mark)) {
		if _, err := r.Discard(len(utf8Mark)); err != nil {
			return nil, err
		}
	}
	if f.Lines {
		if enc != nil {
			return enc.NewDecoder().Reader(r), nil
		}
		return r, nil
	}
	data, err := readAtMost(r, how.MaxDocument)
	if err != nil {
		return nil, err
	}
	if enc != nil {
		if data, err = enc.NewDecoder().Bytes(data); err != nil {
			return nil, fmt.Errorf("encoding: %w", err)
		}
		if before, _, broken := bytes.Cut(data, []byte(string(utf8.RuneError))); broken {
			name, _ := htmlindex.Name(enc)
			return nil, fmt.Errorf("not %s: character %d cannot be read; try another --encoding", cmp.Or(name, "utf-16"), utf8.RuneCount(before)+1)
		}
	}
	if !utf8.Valid(data) {
		return nil, notUTF8(data)
	}
	return bytes.NewReader(data), nil
}

// encodingOf returns nil for UTF-8.
func encodingOf(head []byte, f Format, named string) (encoding.Encoding, error) {
	switch {
	case named != "":
		enc, err := htmlindex.Get(named)
		if err != nil {
			return nil, fmt.Errorf("there is no encoding %q; known are those of web pages, as windows-1251, iso-8859-2, koi8-r, utf-16le", named)
		}
		if name, _ := htmlindex.Name(enc); name == "utf-8" {
			return nil, nil
		}
		return enc, nil
	case bytes.HasPrefix(head, []byte(utf8Mark)):
		return nil, nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), nil
	case f.Charset != nil:
		if name := f.Charset(head); name != "" && !strings.EqualFold(name, "utf-8") {
			return htmlindex.Get(name)
		}
	}
	return nil, nil
}

func readAtMost(r io.Reader, limit int64) ([]byte, error) {
	if limit <= 0 {
		return io.ReadAll(r)
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = tooLargeError(limit)
	}
	return data, err
}

// notUTF8 says where bytes are no UTF-8, and which encoding they look like.
func notUTF8(data []byte) error {
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	guess := "windows-1252"
	if all, err := chardet.NewTextDetector().DetectAll(data); err == nil {
		// The detector's order of equally likely encodings changes from run to
		// run; of these the first by name wins: ISO-8859-1, the most common.
		best := slices.MaxFunc(all, func(a, b chardet.Result) int {
			return cmp.Or(cmp.Compare(a.Confidence, b.Confidence), strings.Compare(b.Charset, a.Charset))
		})
		if enc, err := htmlindex.Get(best.Charset); err == nil {
			if name, err := htmlindex.Name(enc); err == nil && name != "utf-8" {
				guess = name
			}
		}
	}
	return fmt.Errorf("not UTF-8 at byte %d; try --encoding %s", at, guess)
}
