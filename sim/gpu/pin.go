package gpu

// pin keeps an object alive while an open compute pass names it. The library looks the names up only when the pass
// ends, and aborts the process if one is gone by then.
type pin struct {
	held    int
	waiting []func() // releases to do when nothing holds it any more
}

func (p *pin) hold() { p.held++ }

func (p *pin) drop() {
	if p.held--; p.held == 0 {
		for _, free := range p.waiting {
			free()
		}
		p.waiting = nil
	}
}

// release does it now, or when the last holder drops it.
func (p *pin) release(free func()) {
	if p.held == 0 {
		free()
		return
	}
	p.waiting = append(p.waiting, free)
}
