package validation

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// near fails unless got is want within the tolerance; a NaN is near nothing.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %g, want %g within %g", what, got, want, tolerance)
	}
}

func TestCurve(t *testing.T) {
	c := curve{[]float64{0, 1, 3}, []float64{0, 2, 4}}
	near(t, "between points", c.at(0.5), 1, 1e-15)
	near(t, "at a point", c.at(1), 2, 1e-15)
	near(t, "the last point", c.at(3), 4, 1e-15)
	near(t, "where it reaches 3", c.reaches(3), 2, 1e-15)
	if !math.IsNaN(c.at(-0.1)) || !math.IsNaN(c.at(3.1)) || !math.IsNaN(c.reaches(4.1)) || !math.IsNaN(curve{}.at(0)) {
		t.Error("a curve must be nothing where it is not")
	}
	bumpy := curve{[]float64{0, 1, 2, 3}, []float64{0, 2, 1, 3}}
	near(t, "the first time a bumpy curve reaches 1.5", bumpy.reaches(1.5), 0.75, 1e-15)
	near(t, "a scaled and moved curve", c.scaled(2, 10).moved(1).at(2), 10, 1e-15)
}

// A curve that is late only because its clock is, agrees once it is pinned; one that is slow, high or short does not.
func TestPinAndRMS(t *testing.T) {
	law := func(t float64) float64 { return 1 + t*t/2 }
	var measured, late, slow, short curve
	for k := 0; k <= 400; k++ {
		x := float64(k) / 100
		if k%40 == 0 {
			measured.add(x, law(x))
		}
		late.add(x+0.2, law(x))
		slow.add(x, 1+0.9*(law(x)-1))
		if k < 300 {
			short.add(x, law(x))
		}
	}
	counted := measured.within(func(_, z float64) bool { return z > 1.2 })
	if len(counted.x) != 9 {
		t.Fatalf("%d points count", len(counted.x))
	}
	// The measured points are straight between: their 1.44 is a little early, by less than (0.4)^2/8/0.9.
	shift := pin(late, measured, 1.44)
	near(t, "the shift", shift, -0.2, 0.03)
	if off := relativeRMS(late.moved(-0.2), counted.within(func(x, _ float64) bool { return x <= 4 })); !(off < 1e-4) {
		t.Errorf("a curve that is only late is off by %g", off)
	}
	if off := relativeRMS(slow, counted); !(off > 0.05 && off < 0.1) {
		t.Errorf("a front that runs a tenth too slow is off by %g", off)
	}
	if off := relativeRMS(short, counted); !math.IsNaN(off) {
		t.Errorf("a curve that ends early agrees within %g; it should agree with nothing", off)
	}
	if off := differenceRMS(measured.scaled(1, 1).moved(0), counted); off != 0 {
		t.Errorf("a curve is off from itself by %g", off)
	}
	if !math.IsNaN(relativeRMS(measured, curve{})) {
		t.Error("nothing to compare with must not count as agreement")
	}
}

func TestDecayRate(t *testing.T) {
	var c curve
	noise := rand.New(rand.NewPCG(1, 2))
	for k := range 100 {
		x := float64(k) / 50
		c.add(x, 3*math.Exp(-0.79*x)*(1+0.01*(noise.Float64()-0.5)))
	}
	// Noise of 0.3 % rms over 2 s moves the slope by about 0.003/sqrt(100)/0.58 = 0.0005.
	near(t, "the rate", decayRate(c), -0.79, 0.002)
	if c.y[50] = -1; !math.IsNaN(decayRate(c)) {
		t.Error("an energy below zero has no decay rate")
	}
}

func TestFitOscillation(t *testing.T) {
	make := func(period, decay, noise float64, seed uint64) curve {
		var c curve
		random := rand.New(rand.NewPCG(seed, 1))
		for k := range 200 {
			x := 5 * float64(k) / 200
			c.add(x, 0.3+2*math.Exp(-decay*x)*math.Cos(2*math.Pi*x/period-0.7)+noise*random.NormFloat64())
		}
		return c
	}
	for _, c := range []struct{ period, decay, noise, tolerance float64 }{
		{1.18, 0, 0, 1e-6}, {1.18, 0.3, 0, 1e-6}, {1.0, 0.1, 0, 1e-6}, {1.5, 0.5, 0, 1e-6}, {1.25, -0.1, 0, 1e-6},
		{1.18, 0.2, 0.1, 0.004}, // noise of 5 % of the amplitude
	} {
		for seed := range uint64(5) {
			fit, err := fitOscillation(make(c.period, c.decay, c.noise, seed), 1.2)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "the period over the true one", fit.period/c.period, 1, c.tolerance)
			near(t, "the decay", fit.decay, c.decay, 10*c.tolerance+1e-5)
			near(t, "the phase", fit.phase, 0.7, 20*c.tolerance+1e-5)
			near(t, "what is left", fit.residual, c.noise/2, c.noise/5+1e-5)
		}
	}
	if _, err := fitOscillation(make(1.18, 0, 0, 0), 4); err == nil {
		t.Error("less than one and a half periods were taken")
	}
	noisy := make(1.18, 30, 1, 3) // gone at once: noise only
	if fit, err := fitOscillation(noisy, 1.2); err == nil && fit.residual < 0.3 {
		t.Errorf("noise was taken for an oscillation of period %g with %g left", fit.period, fit.residual)
	}
}

// The series is the one that the reference file was made from.
func TestPoiseuilleReference(t *testing.T) {
	ref := loadTable("poiseuille_couette_startup_morris1997")
	for k, text := range ref.columns["t_s"] {
		time := math.Inf(1)
		if text != "inf" {
			time = ref.numbers("t_s", func(row int) bool { return row == k })[0]
		}
		at := func(column string) float64 { return ref.numbers(column, func(row int) bool { return row == k })[0] }
		near(t, "u", poiseuilleStartUp(at("y_m"), time, channelWidth, channelNu, channelForce), at("u_poiseuille"), 1e-12)
		near(t, "u", couetteStartUp(at("y_m"), time, channelWidth, channelNu, channelLid), at("u_couette"), 1e-12)
	}
}

// The initial fields have no divergence and lie along the walls; the vortices lose energy as the reference says.
func TestInitialFields(t *testing.T) {
	const h = 1e-5
	for _, x := range [][2]float64{{0.1, 0.2}, {0.37, 0.41}, {0.9, 0.05}} {
		divergence := func(f func(x, y float64) (float64, float64)) float64 {
			u1, _ := f(x[0]+h, x[1])
			u0, _ := f(x[0]-h, x[1])
			_, v1 := f(x[0], x[1]+h)
			_, v0 := f(x[0], x[1]-h)
			return (u1 - u0 + v1 - v0) / (2 * h)
		}
		near(t, "the divergence of the vortices", divergence(taylorGreen), 0, 1e-8)
		near(t, "the divergence of the wave", divergence(func(x, y float64) (float64, float64) { return standingWave(x, y, 1, 0.5, 1) }), 0, 1e-8)
	}
	u, _ := standingWave(0, 0.3, 1, 0.5, 1)
	right, _ := standingWave(1, 0.3, 1, 0.5, 1)
	_, floor := standingWave(0.4, 0, 1, 0.5, 1)
	near(t, "the wave through the left wall", u, 0, 1e-15)
	near(t, "the wave through the right wall", right, 0, 1e-15)
	near(t, "the wave through the floor", floor, 0, 1e-15)
	_, up := standingWave(0, 0.5, 1, 0.5, 1)
	near(t, "the surface at the left", up, 1, 1e-15)

	ref := loadTable("taylor_green_decay")
	energy := ref.curve("t", "Ek_over_Ek0", ref.having("Re", "100"))
	near(t, "the rate of the reference", decayRate(energy), -16*math.Pi*math.Pi/100, 1e-6)
}

// The ellipse's semi-axes solve the equations that the file states: dA/dt = A^2 (a^4-1)/(a^4+1), da/dt = -A a.
func TestEllipseReference(t *testing.T) {
	ref := loadTable("elliptical_drop_monaghan1994")
	times, axis := ref.numbers("t_s", nil), ref.numbers("a_m", nil)
	a, strain := 1.0, 100.0
	const dt = 1e-7
	next := 1
	for k := 1; next < len(times); k++ {
		middleA, middle := a-dt/2*strain*a, strain+dt/2*strain*strain*(a*a*a*a-1)/(a*a*a*a+1)
		a -= dt * middle * middleA
		strain += dt * middle * middle * (math.Pow(middleA, 4) - 1) / (math.Pow(middleA, 4) + 1)
		if math.Abs(float64(k)*dt-times[next]) < dt/2 {
			near(t, "the semi-axis", a, axis[next], 1e-6)
			next++
		}
	}
}

// Theory and reference files agree on the periods.
func TestPeriodReferences(t *testing.T) {
	const sigma, rho = 0.0728, 998.2
	r3 := dropRadius * dropRadius * dropRadius
	near(t, "the drop's period in 2-D", dropPeriod("T2D_s"), 2*math.Pi/math.Sqrt(6*sigma/(rho*r3)), 1e-7)
	near(t, "the drop's period in 3-D", dropPeriod("T3D_s"), 2*math.Pi/math.Sqrt(8*sigma/(rho*r3)), 1e-7)
	ref := loadTable("linear_sloshing_frequencies")
	k := math.Pi / tankLength
	want := 2 * math.Pi / math.Sqrt(9.81*k*math.Tanh(k*tankDepth))
	near(t, "the tank's period", ref.numbers("T_s", func(row int) bool {
		return ref.columns["case"][row] == "unit_tank" && ref.columns["mode"][row] == "1"
	})[0], want, 1e-6)
}

func TestReferencesSayWhereTheyAreFrom(t *testing.T) {
	entries, err := data.ReadDir("data")
	if err != nil || len(entries) < 10 {
		t.Fatalf("%d references, %v", len(entries), err)
	}
	for _, entry := range entries {
		if ref := loadTable(strings.TrimSuffix(entry.Name(), ".csv")); ref.rows < 5 || len(ref.Source) < 20 {
			t.Errorf("%s: %d rows from %q", entry.Name(), ref.rows, ref.Source)
		}
	}
	for _, text := range []string{"a,b\n1,2\n", "# somebody\na,b\n1\n", "# somebody\n"} {
		if _, err := parseTable([]byte(text)); err == nil {
			t.Errorf("%q was taken for a reference", text)
		}
	}
}

func TestFigure(t *testing.T) {
	for _, c := range []struct {
		value, target float64
		pass          bool
	}{{1, 2, true}, {2, 2, true}, {2.1, 2, false}, {-2.1, 2, false}, {math.NaN(), 2, false}, {math.Inf(1), 2, false}} {
		if got := (Figure{Value: c.value, Target: c.target}).Pass(); got != c.pass {
			t.Errorf("%g against %g passes: %v", c.value, c.target, got)
		}
	}
	if text, err := (Figure{Name: "front", Value: math.NaN(), Target: 5, Unit: "%"}).MarshalJSON(); err != nil ||
		string(text) != `{"name":"front","value":null,"target":5,"unit":"%","pass":false}` {
		t.Errorf("%s, %v", text, err)
	}
	passed := Result{Figures: []Figure{{Value: 1, Target: 2}}}
	stopped := passed
	stopped.Failure = "a particle is nowhere"
	if !passed.Pass() || stopped.Pass() || (&Result{}).Pass() {
		t.Error("a run passes when it ended well, has figures and all of them pass")
	}
}

// The two experiments on n^2 = 2 differ by more than the target: no computed front can agree with both.
func TestExperimentsDiffer(t *testing.T) {
	first := loadTable("martin_moyce_1952_front_n2_2").curve("T", "Z", nil)
	ref := loadTable("koshizuka_oka_1996_front")
	second := ref.curve("T", "Z", ref.having("series", "exp"))
	counted := second.within(func(_, z float64) bool { return z > 1.2 })
	near(t, "their difference", relativeRMS(first.moved(pin(first, second, 1.44)), counted), 0.0923, 0.0005)
}

// Lines fitted to a straight flow are that flow, wherever its samples lie.
func TestLineFits(t *testing.T) {
	fits := newLineFits([]float64{0.2, 0.5})
	for _, x := range []float64{0.12, 0.19, 0.27, 0.41, 0.44, 0.58} {
		fits.add(x, 3-2*x, 0.15)
	}
	got := fits.curve()
	near(t, "the line at 0.2", got.y[0], 2.6, 1e-12)
	near(t, "the line at 0.5", got.y[1], 2, 1e-12)
}
