package solver

// Live tells whether a key of the scene format may change while the fluid moves, most of the time: Change has the last
// word. An interface that offers the key says so beforehand.
func Live(key string) bool { return live[key] || Shown(key) }
