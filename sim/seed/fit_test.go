package seed

import (
	"math"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/sim/scene"
)

const damText = `
format = 1
title = "dam"

[domain]
min = [0, 0, 0]
max = [2, 1, 0.5]

[fluid]
spacing = 0.02

[[fluid.shape]]
type = "box"
min = [0, 0, 0]
max = [0.6, 0.7, 0.5]

[[obstacle]]
type = "cylinder"
position = [1.2, 0.5, 0.25]
radius = 0.1
height = 1
`

func TestFitSpacing(t *testing.T) {
	s, err := scene.Parse("dam.toml", []byte(damText))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{500, 1000, 3000, 20_000, 26_250, 100_000, 250_000, 1_000_000} {
		fit, err := FitSpacing(s, n)
		if err != nil {
			t.Errorf("%d: %v", n, err)
			continue
		}
		got, err := Count(fit)
		if err != nil {
			t.Fatal(err)
		}
		if off := float64(got)/float64(n) - 1; math.Abs(off) > 0.03 && (n > 2000 || math.Abs(off) > 0.06) {
			t.Errorf("asked for %d, got %d (%.1f %%) at %g", n, got, 100*off, fit.Fluid.Spacing)
		}
		if n <= 20_000 {
			for i, rho := range density(fit, build(t, fit)) {
				if rho > 1.04 {
					t.Fatalf("%d: particle %d starts at density %.3f", n, i, rho)
				}
			}
		}
	}
	if s.Fluid.Spacing != 0.02 {
		t.Errorf("the scene itself was changed: spacing %g", s.Fluid.Spacing)
	}
	for _, n := range []int{-1, 0, MaxParticles + 1} {
		if _, err := FitSpacing(s, n); err == nil {
			t.Errorf("%d particles: no error", n)
		}
	}
	_, err = FitSpacing(s, 1)
	if err == nil || !strings.Contains(err.Error(), "the nearest that works is") {
		t.Errorf("one particle needs a spacing as large as the domain: %v", err)
	}
	t.Log(err)
}

func TestShort(t *testing.T) {
	for _, c := range [][2]float64{{0.0123456, 0.01235}, {1.23456, 1.235}, {0.05, 0.05}, {12345.6, 12350}, {3.00004e-5, 3e-5}} {
		if got := short(c[0]); math.Abs(got/c[1]-1) > 1e-12 {
			t.Errorf("short(%g) = %g, want %g", c[0], got, c[1])
		}
	}
}

func BenchmarkBuildMillion(b *testing.B) { benchmarkBuild(b, 0.01) }

func BenchmarkBuildFourMillion(b *testing.B) { benchmarkBuild(b, 0.0063) }

func benchmarkBuild(b *testing.B, d float64) {
	s := tank(d)
	s.Domain.Max = scene.Vec3{3, 2, 1}
	s.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{0, 0, 0}, scene.Vec3{1, 1, 1})}
	for i := range 6 {
		s.Obstacles = append(s.Obstacles, scene.Obstacle{
			Type: "cylinder", Position: scene.Vec3{0.9, 1, 0.1 + float64(i)*0.15}, Radius: 0.03, Height: 2,
		})
	}
	b.ReportAllocs()
	for b.Loop() {
		set, err := Build(s)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(set.Position)), "particles")
	}
}

func BenchmarkCountOverlapping(b *testing.B) {
	s := busy(0.01)
	for b.Loop() {
		n, err := Count(s)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(n), "particles")
	}
}
