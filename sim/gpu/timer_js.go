package gpu

// Timer is always nil here: the browser's binding has no query sets.
type Timer struct{}

// NewTimer gives nil without an error: nothing is measured.
func (d *Device) NewTimer(int) (*Timer, error) { return nil, d.check() }

// Timestamp does nothing.
func (e *Encoder) Timestamp(*Timer, int) {}

// ResolveTimer does nothing.
func (e *Encoder) ResolveTimer(*Timer) {}

// Collect gives nil.
func (t *Timer) Collect() []float64 { return nil }

// CollectAll has nothing to give.
func (t *Timer) CollectAll(func(ms []float64)) {}

// WaitAll has nothing to wait for.
func (t *Timer) WaitAll(func(ms []float64)) {}

// Release does nothing.
func (t *Timer) Release() {}
