// Package fonts holds the typefaces of the panel; ../LICENSES.md says where they
// come from. It must not know who draws with them.
package fonts

import _ "embed"

var (
	// Regular is for text: Roboto, whose digits are all of one width.
	//go:embed Roboto-Regular.ttf
	Regular []byte
	// Medium is for headings.
	//go:embed Roboto-Medium.ttf
	Medium []byte
)
