package scene

import (
	"fmt"
	"strings"
)

// Reference is the description of every key as Markdown tables: the generated
// part of scenes/README.md.
func Reference() []byte {
	var b strings.Builder
	root.walk(func(g *group) {
		if len(g.keys) == 0 {
			return
		}
		title := "`" + g.header() + "`"
		if g == root {
			title = "Top of the file"
		}
		fmt.Fprintf(&b, "### %s\n\n%s\n\n", title, headings[g.path])
		b.WriteString("| key | type | unit | default | range | what it does |\n|---|---|---|---|---|---|\n")
		for _, k := range g.keys {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", k.Name(), k.Type, k.Unit, k.defaultText(), k.Range(), k.help())
		}
		b.WriteString("\n")
	})
	return []byte(strings.TrimSuffix(b.String(), "\n"))
}

func (k *Key) defaultText() string {
	switch v := k.Default.(type) {
	case nil:
		if k.Required {
			return "**required**"
		}
		return k.Absent
	case string:
		if v == "" {
			return "empty"
		}
		return `"` + v + `"`
	case float64:
		return number(v)
	case Vec3:
		return "`" + vector(v) + "`"
	default:
		return fmt.Sprint(v)
	}
}

// help is the help text with the types that the key is for.
func (k *Key) help() string {
	if len(k.For) == 0 {
		return k.Help
	}
	return "*" + strings.Join(k.For, ", ") + ":* " + k.Help
}
