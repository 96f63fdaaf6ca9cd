package solver

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
)

// Hand is what the user's hand does to the fluid in a ball around it. Its edge is smooth.
type Hand struct {
	Centre   [3]float64 `json:"centre"`           // world coordinates [m]
	Radius   float64    `json:"radius"`           // [m]; 0: it does not touch the fluid
	Velocity [3]float64 `json:"velocity"`         // of the hand [m/s], which it gives to the fluid
	Drag     float64    `json:"drag"`             // how fast [1/s]
	Push     float64    `json:"push"`             // acceleration away from the centre, below zero towards it [m/s^2]
	Drains   bool       `json:"drains,omitempty"` // takes the fluid out instead
}

// Sight is a line of sight along which the nearest particle is looked for.
type Sight struct {
	From, Way [3]float64 // a point [m] and the direction
	Radius    float64    // how close to the line a particle is on it [m]; 0: none is looked for
}

// Input is something that the user has done, and between which steps. A run that gets the same inputs after the same
// steps makes the same bits.
type Input struct {
	Step uint64            // the last step without it
	Hand *Hand             // what the hand does from here on
	Gift *scene.FluidShape // fluid that is added
	Move *Move             // an obstacle's new goal
	Set  []string          // keys of the scene that Change has changed, as scene.Set takes them

	sequence uint32
	points   [][4]float32
}

const (
	notes     = 64     // inputs whose step the device remembers: more than there can be between two reports
	giftsMost = 16_384 // particles in one gift: UNSORTED of admit, which must be able to compare with all of them
)

// hands keep what has been asked for until the device has told when it took effect.
type hands struct {
	on       bool
	sequence uint32
	now      layout.Hand // as the device knows it
	aim      *Sight      // asked for with the next submit
	pending  []Input
	sent     []Input
	done     []Input
	seen     float64 // depth of what the last line of sight met, NaN: nothing
}

func (h *hands) enqueue(in Input) {
	if h.on {
		h.pending = append(h.pending, in)
	}
}

// withHands is the plan of a run that hands may touch.
func (p Plan) withHands(room uint64) Plan {
	p.Step = slices.Insert(p.Step, 1, Pass{Label: "touch", Kernel: "touch", Work: Work{"sorted", argsSorted, room}})
	p.Input = []Pass{
		{Label: "note", Kernel: "note", Work: once},
		{Label: "pick", Kernel: "pick", Work: Work{"fixed", -1, room}},
		{Label: "admit", Kernel: "admit", Work: Work{"fixed", -1, giftsMost}},
		{Label: "emit", Kernel: "emit", Work: Work{"fixed", -1, workgroup}},
	}
	return p
}

// handBuffers are what a run needs besides when hands may touch it.
func handBuffers(added int) []bufferSize {
	const storage = gpu.UsageStorage | gpu.UsageCopySrc | gpu.UsageCopyDst
	gifts := uint64(1)
	if added > 0 {
		gifts = giftsMost
	}
	return []bufferSize{
		{"hand", uint64(sizeOf[layout.Hand]()), storage},
		{"answer", uint64(sizeOf[layout.Answer]()), storage},
		{"applied", 4 * notes, storage},
		{"gifts", 16 * gifts, storage},
	}
}

var errNoHands = errors.New("this run was made without hands")

// Touch is what the hand does from the next submit on, until another Touch or a Reset. A ball that is not finite, or
// a hand that would tear the fluid apart, is an error.
func (s *Solver) Touch(h Hand) error {
	if !s.hands.on {
		return errNoHands
	}
	sum := h.Radius + h.Drag + h.Push
	for k := range 3 {
		sum += h.Centre[k] + h.Velocity[k]
	}
	if math.IsNaN(sum-sum) || h.Radius < 0 || h.Drag < 0 {
		return fmt.Errorf("the hand must be a ball of finite numbers (got %+v)", h)
	}
	s.hands.enqueue(Input{Hand: &h})
	return nil
}

// Look asks for the particle nearest along a line of sight; Seen answers when the next submit has come back.
func (s *Solver) Look(l Sight) {
	if s.hands.on {
		s.hands.aim = &l
	}
}

// Seen is how far along the last line of sight that has been answered the nearest particle lies [m].
func (s *Solver) Seen() (depth float64, ok bool) {
	return s.hands.seen, s.hands.on && !math.IsNaN(s.hands.seen)
}

// Give adds fluid of a shape from the next submit on, where there is room for it: outside obstacles and walls, not in the
// place of other particles, and no more than the run has room for. It tells how many particles the shape has.
func (s *Solver) Give(shape scene.FluidShape) (int, error) {
	if !s.hands.on {
		return 0, errNoHands
	}
	sc := *s.scene
	// Obstacles may have moved: the device knows where they are, and leaves out what would be in them.
	sc.Fluid.Shapes, sc.Obstacles = []scene.FluidShape{shape}, nil
	if n, err := seed.Count(&sc); err != nil || n > giftsMost {
		if err == nil {
			err = fmt.Errorf("%d particles are more than can be added at once: at most %d", n, giftsMost)
		}
		return 0, err
	}
	set, err := seed.Build(&sc)
	if err != nil {
		return 0, err
	}
	in := Input{Gift: &shape}
	for _, x := range set.Position {
		in.points = append(in.points, [4]float32{x[0], x[1], x[2], 0})
	}
	s.hands.enqueue(in)
	return len(in.points), nil
}

// Room is how many more particles the run could hold if none was lost.
func (s *Solver) Room() int { return s.room - s.count }

// Inputs are those whose step has become known since the last call, in their order.
func (s *Solver) Inputs() []Input {
	done := s.hands.done
	s.hands.done = nil
	return done
}

// Flush sends what is pending without making a step.
func (s *Solver) Flush() error {
	for len(s.hands.pending) > 0 {
		if _, err := s.submit(0); err != nil {
			return err
		}
	}
	return nil
}

// Waiting is whether inputs wait to be sent with the next submit.
func (s *Solver) Waiting() bool { return len(s.hands.pending) > 0 || s.hands.aim != nil }

// encodeInput sends the inputs that are pending, up to the second gift among them, which waits for the next submit.
func (s *Solver) encodeInput(e *gpu.Encoder) {
	h := &s.hands
	if !s.Waiting() {
		return
	}
	h.sequence++
	h.now.Sequence, h.now.Added, h.now.Ray = h.sequence, 0, [4]float32{}
	if h.aim != nil {
		h.now.Ray, h.now.Sight = s.line(*h.aim)
		h.aim = nil
	}
	for len(h.pending) > 0 {
		in := h.pending[0]
		if in.Gift != nil && h.now.Added > 0 {
			break
		}
		h.pending = h.pending[1:]
		if s.params.Full == 1 && !s.surfaced && in.makesRoom() {
			s.surfaced = true
			e.Fail(s.writeParams(s.params))
		}
		if in.Hand != nil {
			s.grip(in.Hand)
		}
		if in.Gift != nil && len(in.points) > 0 && s.Room() > 0 {
			v := in.Gift.Velocity
			h.now.Gift = [4]float32{float32(v[0]), float32(v[1]), float32(v[2]), 0}
			h.now.Added = uint32(len(in.points))
			e.Fail(s.write("gifts", gpu.Bytes(in.points)))
		}
		if in.Move != nil {
			goal := s.relative(in.Move.Goal, in.Move.Speed)
			at := uint64(in.Move.Body)*uint64(sizeOf[layout.Obstacle]()) + obstacleGoal
			e.Fail(s.device.Write(s.buffers["obstacles"], at, gpu.BytesOf(&goal)))
		}
		in.sequence, in.points = h.sequence, nil
		h.sent = append(h.sent, in)
	}
	e.Fail(s.write("hand", gpu.BytesOf(&h.now)))
	for i := range s.input {
		s.encode(e, &s.input[i])
	}
}

// grip is the hand as the device knows it.
func (s *Solver) grip(in *Hand) {
	now := &s.hands.now
	now.Place = s.relative(in.Centre, in.Radius)
	now.Motion = [4]float32{float32(in.Velocity[0]), float32(in.Velocity[1]), float32(in.Velocity[2]), float32(in.Drag)}
	if s.scene.Plane() {
		now.Place[2], now.Motion[2] = 0, 0
	}
	now.Push, now.Drains = float32(in.Push), 0
	if in.Drains {
		now.Drains = 1
	}
}

func (s *Solver) line(l Sight) (from, way [4]float32) {
	length := math.Sqrt(l.Way[0]*l.Way[0] + l.Way[1]*l.Way[1] + l.Way[2]*l.Way[2])
	if !(length > 0) {
		return [4]float32{}, [4]float32{}
	}
	for k := range 3 {
		way[k] = float32(l.Way[k] / length)
	}
	return s.relative(l.From, l.Radius), way
}

func (s *Solver) relative(x [3]float64, w float64) (out [4]float32) {
	for k := range 3 {
		out[k] = float32(x[k] - s.origin[k])
	}
	out[3] = float32(w)
	return out
}

// learn takes from a report what concerns the hands.
func (s *Solver) learn(report []byte) {
	h := &s.hands
	if !h.on {
		return
	}
	answer := gpu.FromBytes[layout.Answer](report[reportAnswer : reportAnswer+sizeOf[layout.Answer]()])[0]
	applied := gpu.FromBytes[uint32](report[reportApplied : reportApplied+4*notes])
	h.seen = math.NaN()
	if answer.Depth != math.MaxUint32 {
		h.seen = float64(math.Float32frombits(answer.Depth))
	}
	for len(h.sent) > 0 && h.sent[0].sequence <= answer.Pick {
		in := h.sent[0]
		in.Step = uint64(applied[in.sequence%notes])
		h.done, h.sent = append(h.done, in), h.sent[1:]
	}
}

// letGo is the end of all inputs: a run that begins again is not touched.
func (s *Solver) letGo() error {
	if !s.hands.on {
		return nil
	}
	s.hands = hands{on: true, sequence: s.hands.sequence, seen: math.NaN()}
	s.hands.now.Sequence = s.hands.sequence
	return s.write("hand", gpu.BytesOf(&s.hands.now))
}
