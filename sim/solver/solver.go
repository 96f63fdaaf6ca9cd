package solver

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
)

// fractions of a second in which time is counted on the device.
const fractions = 1 << 32

// unlimited is a step number no run reaches.
const unlimited = math.MaxUint32

// Options are choices that do not change the physics.
type Options struct {
	Timestamps bool // measure every pass; costs a pass boundary between kernels
	Hands      bool // Touch, Look and Add may be used
	Room       int  // particles that may be added
	SplitLists bool // spread neighbour lists over several buffers even where one would do, as large runs must
}

// Solver owns one run on the device. Use it from the goroutine that opened the device.
type Solver struct {
	device   *gpu.Device
	scene    *scene.Scene // as it is now, see Change
	deepest  float64      // speed of sound for a fall through the whole domain [m/s], 0 before gravity has been changed
	surfaced bool         // hands have made room in a domain that was full
	params   layout.SimParams
	origin   [3]float64
	plan     Plan
	memory   uint64
	count    int               // particles at the start
	room     int               // particles that the buffers can hold
	split    bool              // the neighbour lists are spread over several buffers
	marked   bool              // what density's walk has found is marked for force
	moving   bool              // obstacles can move
	bodies   []layout.Obstacle // in the newest report, where they can
	start    state
	buffers  map[string]*gpu.Buffer
	kernels  map[string]*gpu.Kernel
	step     []bound
	report   []bound
	curl     []bound
	input    []bound
	hands    hands

	readback *gpu.Readback
	timer    *timer
	stats    Stats
}

// state is what a reset restores.
type state struct{ position, velocity [][4]float32 }

// New prepares a run: everything that can go wrong before the first step goes wrong here.
func New(d *gpu.Device, sc *scene.Scene, set *seed.Set, o Options) (*Solver, error) {
	n := uint64(len(set.Position))
	if err := CheckCapacity(d, sc, n, sc.Fluid.Spacing); err != nil {
		return nil, err
	}
	// Room is a wish: the scene's own particles come first.
	room := int(min(n+uint64(max(o.Room, 0)), max(n, Capacity(sc, d.Limits()))))
	s := &Solver{
		device: d, scene: sc, origin: set.Origin, count: int(n), room: room, start: startState(set),
		params:  derive(sc, set.Origin, n, maxCells(d)),
		buffers: map[string]*gpu.Buffer{}, kernels: map[string]*gpu.Kernel{},
	}
	s.split = listsOf(sc) && (o.SplitLists || splits(uint64(room), d.Limits()))
	s.marked = marks(sc.Solver.Type, &s.params, uint64(room), d.Limits())
	s.hands.on = o.Hands
	cannot := canMove(sc, d.Limits(), s.split)
	if sc.Moves() && cannot != nil {
		return nil, cannot
	}
	s.moving = sc.Moves() || o.Hands && s.params.ObstacleCount > 0 && cannot == nil
	s.plan = s.planLike(sc, &s.params)
	if err := s.allocate(sc); err != nil {
		s.Release()
		return nil, err
	}
	if err := s.prepare(o); err != nil {
		s.Release()
		return nil, err
	}
	err := firstError(
		d.Write(s.buffers["params"], 0, gpu.BytesOf(&s.params)),
		s.Reset(),
	)
	if err != nil {
		s.Release()
		return nil, err
	}
	s.describe(sc)
	return s, nil
}

// maxCells keeps the cell arrays within one binding.
func maxCells(d *gpu.Device) uint64 {
	return min(d.Limits().MaxBinding, d.Limits().MaxBuffer)/4 - 2
}

func startState(set *seed.Set) state {
	st := state{make([][4]float32, len(set.Position)), make([][4]float32, len(set.Position))}
	for i, x := range set.Position {
		v := set.Velocity[i]
		st.position[i] = [4]float32{x[0], x[1], x[2], float32(i)}
		st.velocity[i] = [4]float32{v[0], v[1], v[2], 0}
	}
	return st
}

func (s *Solver) allocate(sc *scene.Scene) error {
	list := account(sc.Solver.Type, &s.params, uint64(s.room), s.variant())
	if s.hands.on {
		list = append(list, handBuffers(s.room-s.count)...)
	}
	if s.moving {
		list = append(list, movingBuffers(uint64(s.room), uint64(s.params.ObstacleCount))...)
	}
	s.memory = total(list)
	for _, b := range list {
		buffer, err := s.device.NewBuffer("sim/"+b.Name, b.Bytes, b.usage)
		if err != nil {
			return fmt.Errorf("%w: %w", s.tooLarge(sc), err)
		}
		s.buffers[b.Name] = buffer
	}
	var err error
	s.readback, err = s.device.NewReadback("sim/report", s.reportBytes(), 4)
	return err
}

// tooLarge says what would fit after a buffer could not be made: an estimate, since no device tells how much memory is left.
func (s *Solver) tooLarge(sc *scene.Scene) error {
	return capacityError(s.device, sc, uint64(s.count), uint64(s.count)/2, sc.Fluid.Spacing, fmt.Sprintf("the run needs %d MiB", s.memory>>20))
}

func (s *Solver) write(buffer string, data []byte) error {
	if len(data) == 0 {
		return nil
	}
	return s.device.Write(s.buffers[buffer], 0, data)
}

// Reset puts the run back to its beginning, of the scene as it is now, and evaluates density and forces there, so that the
// first picture already has them.
func (s *Solver) Reset() error {
	if s.deepest > 0 || s.surfaced {
		s.deepest, s.surfaced = 0, false
		s.params = s.derived(s.taken(s.scene, 0))
		if err := s.writeParams(s.params); err != nil {
			return err
		}
	}
	control := layout.Control{Live: uint32(s.count), Born: uint32(s.count), Prime: 1, StepLimit: unlimited}
	tally := freshTally()
	if err := firstError(
		s.write("position", gpu.Bytes(s.start.position)),
		s.write("velocity", gpu.Bytes(s.start.velocity)),
		s.write("obstacles", gpu.Bytes(solids(s.scene, s.origin))),
		s.writeMotions(),
		s.write("control", gpu.BytesOf(&control)),
		s.write("tally", gpu.BytesOf(&tally)),
	); err != nil {
		return err
	}
	s.stats = Stats{}
	if err := s.letGo(); err != nil {
		return err
	}
	_, err := s.submit(1)
	return err
}

func (s *Solver) writeMotions() error {
	if !s.moving {
		return nil
	}
	return s.write("motions", gpu.Bytes(motions(s.scene, s.origin)))
}

// SetGoal makes sub-steps do nothing once simulated time has reached t [s] or stepLimit steps are done.
func (s *Solver) SetGoal(t float64, stepLimit uint64) error {
	goal := [2]uint32{unlimited, unlimited}
	// Rounded up: a run that has reached the goal on the device has reached t.
	if ticks := math.Ceil(max(t, 0) * fractions); ticks < unlimited*fractions {
		goal = [2]uint32{uint32(uint64(ticks) / fractions), uint32(uint64(ticks) % fractions)}
	}
	limit := uint32(min(stepLimit, unlimited))
	return firstError(
		s.device.Write(s.buffers["control"], controlStepLimit, gpu.BytesOf(&limit)),
		s.device.Write(s.buffers["control"], controlGoal, gpu.BytesOf(&goal)),
	)
}

// byte offsets inside layout.Control; a test compares them.
const (
	controlStepLimit = 20
	controlGoal      = 32
)

// Poll returns the newest statistics that have come back. It never waits.
func (s *Solver) Poll() Stats {
	if report, ok := s.readback.Collect(); ok {
		s.stats = s.decode(report)
	}
	return s.stats
}

// settle waits for the reports still in flight, which belong to earlier submits: those of Encode may be ahead of stats.
func (s *Solver) settle() error {
	report, err := s.readback.Wait()
	if report != nil {
		s.stats = s.decode(report)
	}
	return err
}

// submit encodes, submits and waits for the statistics.
func (s *Solver) submit(steps int) (Stats, error) {
	if err := s.settle(); err != nil {
		return s.stats, err
	}
	e, err := s.device.NewEncoder("sim")
	if err != nil {
		return s.stats, err
	}
	s.Encode(e, steps)
	if err := e.Submit(); err != nil {
		return s.stats, err
	}
	report, err := s.readback.Wait()
	if err != nil {
		return s.stats, err
	}
	if report == nil {
		return s.stats, errors.New("the device did not return the statistics of the last steps")
	}
	s.stats = s.decode(report)
	return s.stats, nil
}

// longest is how long one submit of a blocking run should take at most, so that Ctrl-C and progress stay prompt
// and no driver's watchdog wakes.
const longest = 150 * time.Millisecond

// AdvanceTo runs until simulated time is at least t [s], exactly as far whatever the cuts in between. It returns the
// fault as the error if the run stops itself.
func (s *Solver) AdvanceTo(t float64) (Stats, error) { return s.Advance(t, unlimited) }

// Run makes exactly this many steps.
func (s *Solver) Run(steps int) (Stats, error) {
	if err := s.settle(); err != nil {
		return s.stats, err
	}
	end := s.stats.Step + uint64(max(steps, 0))
	if err := s.SetGoal(unlimited, end); err != nil {
		return s.stats, err
	}
	return s.drive(func() int { return int(end - min(s.stats.Step, end)) })
}

// drive submits until wanted returns 0.
func (s *Solver) drive(wanted func() int) (Stats, error) {
	batch := 8
	for {
		n := wanted()
		if s.stats.Fault != nil {
			return s.stats, s.stats.Fault
		}
		if n == 0 {
			return s.stats, nil
		}
		n = min(n, batch)
		began := time.Now()
		if _, err := s.submit(n); err != nil {
			return s.stats, err
		}
		// Only the length of a submit follows the clock, never what it computes.
		if took := time.Since(began); took > longest {
			batch = max(batch/2, 1)
		} else if took < longest/3 {
			batch = min(batch*2, 256)
		}
	}
}

// Plan returns the passes in order.
func (s *Solver) Plan() Plan { return s.plan }

// BytesPerParticle is the device memory of the run divided by its particles.
func (s *Solver) BytesPerParticle() float64 { return float64(s.memory) / float64(max(s.count, 1)) }

// Memory is the device memory of the run [bytes].
func (s *Solver) Memory() uint64 { return s.memory }

// Passes returns the mean GPU time of each pass of a sub-step since the last call, nil without timestamps.
func (s *Solver) Passes() []PassTime { return s.timer.collect() }

// Recent gives the same of the sub-steps that have come back since the last call, without waiting.
func (s *Solver) Recent() []PassTime { return s.timer.means() }

// Timing lets the time of passes be taken, or not, where it can be: taking it costs a little.
func (s *Solver) Timing(on bool) {
	if s.timer != nil {
		s.timer.off = !on
	}
}

// Release frees everything on the device.
func (s *Solver) Release() {
	s.timer.release()
	if s.readback != nil {
		s.readback.Release()
	}
	releaseAll(s.step)
	releaseAll(s.report)
	releaseAll(s.curl)
	releaseAll(s.input)
	for _, k := range s.kernels {
		k.Release()
	}
	for _, b := range s.buffers {
		b.Release()
	}
	s.step, s.report, s.input, s.readback, s.timer = nil, nil, nil, nil, nil
	s.kernels, s.buffers = nil, nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
