package surface

import (
	"strings"

	"github.com/go-gl/glfw/v3.3/glfw"
)

var namedKeys = map[glfw.Key]Key{
	glfw.KeySpace: KeySpace, glfw.KeyEscape: KeyEscape, glfw.KeyEnter: KeyEnter, glfw.KeyKPEnter: KeyEnter,
	glfw.KeyTab: KeyTab, glfw.KeyBackspace: KeyBackspace, glfw.KeyInsert: KeyInsert, glfw.KeyDelete: KeyDelete,
	glfw.KeyLeft: KeyLeft, glfw.KeyRight: KeyRight, glfw.KeyUp: KeyUp, glfw.KeyDown: KeyDown,
	glfw.KeyPageUp: KeyPageUp, glfw.KeyPageDown: KeyPageDown, glfw.KeyHome: KeyHome, glfw.KeyEnd: KeyEnd,
	glfw.KeyF1: KeyF1, glfw.KeyF2: KeyF2, glfw.KeyF3: KeyF3, glfw.KeyF4: KeyF4, glfw.KeyF5: KeyF5, glfw.KeyF6: KeyF6,
	glfw.KeyF7: KeyF7, glfw.KeyF8: KeyF8, glfw.KeyF9: KeyF9, glfw.KeyF10: KeyF10, glfw.KeyF11: KeyF11, glfw.KeyF12: KeyF12,
}

// plainKeys is the US layout, for keys whose character the system does not tell.
var plainKeys = map[glfw.Key]Key{
	glfw.KeyPeriod: ".", glfw.KeyComma: ",", glfw.KeyMinus: "-", glfw.KeyEqual: "=", glfw.KeySlash: "/",
	glfw.KeySemicolon: ";", glfw.KeyApostrophe: "'", glfw.KeyLeftBracket: "[", glfw.KeyRightBracket: "]",
	glfw.KeyBackslash: "\\", glfw.KeyGraveAccent: "`",
	glfw.KeyKPAdd: "+", glfw.KeyKPSubtract: "-", glfw.KeyKPDecimal: ".", glfw.KeyKPMultiply: "*", glfw.KeyKPDivide: "/",
}

// keyOf names a key; empty for those that have no name here, as the modifiers.
func keyOf(key glfw.Key, scancode int) Key {
	if named, ok := namedKeys[key]; ok {
		return named
	}
	if key >= glfw.KeyLeftShift && key <= glfw.KeyMenu {
		return ""
	}
	if typed := keyName(key, scancode); typed != "" {
		return Key(strings.ToLower(typed))
	}
	switch {
	case key >= glfw.KeyA && key <= glfw.KeyZ:
		return Key(rune('a' + key - glfw.KeyA))
	case key >= glfw.Key0 && key <= glfw.Key9:
		return Key(rune('0' + key - glfw.Key0))
	case key >= glfw.KeyKP0 && key <= glfw.KeyKP9:
		return Key(rune('0' + key - glfw.KeyKP0))
	}
	return plainKeys[key]
}

// keyName asks the system, which may not like the question.
func keyName(key glfw.Key, scancode int) (name string) {
	defer func() { _ = recover() }()
	return glfw.GetKeyName(key, scancode)
}

func modifiersOf(m glfw.ModifierKey) Modifiers {
	return Modifiers{m&glfw.ModShift != 0, m&glfw.ModControl != 0, m&glfw.ModAlt != 0, m&glfw.ModSuper != 0}
}
