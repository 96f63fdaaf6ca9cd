package validation

import (
	"fmt"
	"slices"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// Case is one comparison with something known.
type Case struct {
	Name     string    // also of its scene, validation/NAME
	Title    string    // a line for a list
	About    string    // what is compared, how, and why the scene leaves a default where it does
	Length   float64   // [m]; the resolution of a variant is particles along it
	Variants []Variant // the default solver first, coarse before fine
	Known    []Known   // targets that are missed, with the reason found

	// velocity is the initial one at a place, where the scene cannot say it; nil otherwise.
	velocity func(x [3]float64) [3]float64
	// measure runs the case and compares.
	measure func(e *experiment) error
}

// Variant is one run of a case.
type Variant struct {
	Solver  string
	Across  int
	Quick   bool    // part of the small set
	Seconds float64 // simulated [s]; 0: as long as the scene says
}

// Known is a figure that misses its target for a reason that was found.
type Known struct {
	Solver, Figure string // "" for all solvers
	Reason         string
}

// Cases are all there are, in the order of the documentation.
func Cases() []*Case {
	return []*Case{
		stillColumn(), damBreak1(), damBreak2(), damBreak3D(), standingWave1(), poiseuille(), poiseuilleImplicit(), couette(), film(), cavity(), taylorGreen100(),
		ellipticalDrop(), capillaryDrop(), capillaryDrop3D(), laplace(), freeFall(), momentum(),
	}
}

// Find is the case of this name, nil if there is none.
func Find(name string) *Case {
	all := Cases()
	if i := slices.IndexFunc(all, func(c *Case) bool { return c.Name == name }); i >= 0 {
		return all[i]
	}
	return nil
}

// Select is the small set, or everything but the runs of it that a longer one stands for.
func (c *Case) Select(quick bool) []Variant {
	var chosen []Variant
	for _, v := range c.Variants {
		longer := func(o Variant) bool {
			return o.Solver == v.Solver && o.Across == v.Across && !o.Quick && (o.Seconds == 0 || o.Seconds > v.Seconds)
		}
		if quick && v.Quick || !quick && !(v.Quick && slices.ContainsFunc(c.Variants, longer)) {
			chosen = append(chosen, v)
		}
	}
	return chosen
}

// Scene is the case's scene as a variant needs it, with these assignments on top.
func (c *Case) Scene(v Variant, set ...string) (*scene.Scene, error) {
	name := "validation/" + c.Name
	text, err := scenes.Text(name)
	if err != nil {
		return nil, err
	}
	sc, err := scene.Parse(name, text)
	if err != nil {
		return nil, err
	}
	if sc, err = sc.Set("solver.type="+v.Solver, fmt.Sprintf("fluid.spacing=%.9g", c.Length/float64(v.Across))); err != nil {
		return nil, err
	}
	return sc.Set(set...)
}

// reason is why a figure is known to be short.
func (c *Case) reason(solver, figure string) string {
	for _, k := range c.Known {
		if (k.Solver == "" || k.Solver == solver) && k.Figure == figure {
			return k.Reason
		}
	}
	return ""
}

// two are a coarse and a fine run of every solver named, the coarse ones being part of the quick set.
func two(coarse, fine int, solvers ...string) []Variant {
	var all []Variant
	for _, s := range solvers {
		all = append(all, Variant{Solver: s, Across: coarse, Quick: true}, Variant{Solver: s, Across: fine})
	}
	return all
}
