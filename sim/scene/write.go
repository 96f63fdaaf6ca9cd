package scene

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// TOML is the scene as a text with every value written out. It loads back to an
// equal scene.
func (s *Scene) TOML() []byte {
	var b strings.Builder
	root.walk(func(g *group) {
		if g.repeated {
			for _, row := range s.rows(g) {
				b.WriteString("\n" + g.header() + "\n")
				writeKeys(&b, g, row)
			}
			return
		}
		if g != root {
			b.WriteString("\n" + g.header() + "\n")
		}
		writeKeys(&b, g, &target{Scene: s})
	})
	return []byte(b.String())
}

// Hash is the same for scenes with the same values, however they were written.
// The name is not part of it.
func (s *Scene) Hash() string {
	sum := sha256.Sum256(s.TOML())
	return hex.EncodeToString(sum[:])
}

func writeKeys(b *strings.Builder, g *group, from *target) {
	for _, k := range g.keys {
		if text := k.text(g, from); text != "" {
			fmt.Fprintf(b, "%s = %s\n", k.Name(), text)
		}
	}
}

// text is what a key of the table g is written as; "" when it is not written.
func (k *Key) text(g *group, from *target) string {
	switch {
	case g.path == "camera" && from.Camera.Auto && k.Name() != "fov":
		return ""
	case g.repeated && !k.appliesTo(from.kind()):
		return ""
	case from.body != nil && (k.Name() == "min" || k.Name() == "max"):
		return "" // a box is always written as position and size
	}
	return k.format(from)
}

// format is the value of the key as TOML; "" when it has none.
func (k *Key) format(from *target) string {
	switch v := k.field(from).(type) {
	case *float64:
		return number(*v)
	case *int:
		return strconv.Itoa(*v)
	case *string:
		return quoteTOML(*v)
	case *bool:
		return strconv.FormatBool(*v)
	case *Vec3:
		return k.formatVector(*v, from)
	case *[3]float64:
		return quoteTOML(formatColor(*v))
	case **[3]float64:
		if *v == nil {
			return ""
		}
		return quoteTOML(formatColor(**v))
	case *[]string:
		list := make([]string, len(*v))
		for i, s := range *v {
			list[i] = quoteTOML(s)
		}
		return "[" + strings.Join(list, ", ") + "]"
	}
	return ""
}

// quoteTOML is a basic string. Only what TOML wants escaped is.
func quoteTOML(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
