// Package export writes particles as files for other programs, one a frame: PLY (Blender, MeshLab,
// Houdini) and VTK's XML PolyData with an index over time (ParaView, VisIt). It works on host
// arrays, in the order in which they come, and every file appears under its name only when it is
// whole.
//
// It must not know GPUs, solvers, scenes or the command line.
package export

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/fluidsim/fluidsim/sim/whole"
)

// Format is a kind of particle file, by the word that asks for it.
type Format string

const (
	PLY Format = "ply" // Polygon File Format, binary, little endian
	VTK Format = "vtk" // XML PolyData, appended raw data, and a .pvd index
)

// Formats lists the words.
func Formats() []string { return []string{string(PLY), string(VTK)} }

// FormatNamed finds a format by its word.
func FormatNamed(name string) (Format, error) {
	if slices.Contains(Formats(), name) {
		return Format(name), nil
	}
	return "", fmt.Errorf("there is no particle format %q: choose one of %s", name, strings.Join(Formats(), ", "))
}

// ending is that of the format's files.
func (f Format) ending() string {
	if f == VTK {
		return ".vtp"
	}
	return ".ply"
}

// Frame is the particles at one moment; all lists are equally long.
type Frame struct {
	Time     float64      // [s]
	ID       []int        // unique, not above 2^31 - 1
	Position [][3]float64 // [m]
	Velocity [][3]float64 // [m/s]
	Density  []float64    // [kg/m^3]
	Pressure []float64    // [Pa]
}

func (f *Frame) check() error {
	n := len(f.ID)
	for name, length := range map[string]int{
		"positions": len(f.Position), "velocities": len(f.Velocity), "densities": len(f.Density), "pressures": len(f.Pressure),
	} {
		if length != n {
			return fmt.Errorf("a frame of %d particles has %d %s", n, length, name)
		}
	}
	return nil
}

// Options of NewSeries.
type Options struct {
	Title     string // of the scene, for the comments; one line
	Overwrite bool   // an older series in the folder may be removed
}

// Series is a folder with a file for every frame.
type Series struct {
	folder string
	format Format
	title  string
	times  []float64
	made   bool // the folder was not there before
}

// indexName is the file that tells ParaView the moment of every other.
const indexName = "particles.pvd"

func (s *Series) fileName(index int) string {
	return fmt.Sprintf("particles_%06d%s", index, s.format.ending())
}

func (f Format) pattern() *regexp.Regexp {
	return regexp.MustCompile(`^particles_[0-9]{6,}\` + f.ending() + `$`)
}

// NewSeries opens a folder; everything that can be known to fail later fails here.
func NewSeries(folder string, format Format, o Options) (*Series, error) {
	_, missing := os.Stat(folder)
	if err := whole.Folder(folder); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, whole.Explain(folder, err)
	}
	var older []string
	for _, entry := range entries {
		if format.pattern().MatchString(entry.Name()) || format == VTK && entry.Name() == indexName {
			older = append(older, entry.Name())
		}
	}
	if len(older) > 0 && !o.Overwrite {
		return nil, fmt.Errorf("the folder %q already holds %d particle files (%s …): choose another folder, or replace them with --overwrite",
			folder, len(older), older[0])
	}
	// A shorter series over a longer one would leave a mix of both.
	for _, name := range older {
		if err := os.Remove(filepath.Join(folder, name)); err != nil {
			return nil, whole.Explain(filepath.Join(folder, name), err)
		}
	}
	s := &Series{folder: folder, format: format, title: oneLine(o.Title), made: errors.Is(missing, fs.ErrNotExist)}
	probe, err := whole.Create(filepath.Join(folder, s.fileName(0)))
	if err != nil {
		return nil, err
	}
	probe.Drop()
	return s, nil
}

// oneLine is a text that cannot break a header.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
	return strings.Join(strings.Fields(text), " ")
}

// Folder is where the files are.
func (s *Series) Folder() string { return s.folder }

// Frames is how many files are written.
func (s *Series) Frames() int { return len(s.times) }

// Add writes the next frame.
func (s *Series) Add(f *Frame) error {
	if err := f.check(); err != nil {
		return err
	}
	write := writePLY
	if s.format == VTK {
		write = writeVTK
	}
	err := whole.Write(filepath.Join(s.folder, s.fileName(len(s.times))), func(w io.Writer) error {
		return write(w, s.title, f)
	})
	if err == nil {
		s.times = append(s.times, f.Time)
	}
	return err
}

// Close finishes the series, also one that ends early: VTK files get their index. Without a frame
// nothing is left.
func (s *Series) Close() error {
	if len(s.times) == 0 && s.made {
		_ = os.Remove(s.folder) // unless something else came into it
	}
	if s.format != VTK || len(s.times) == 0 {
		return nil
	}
	return whole.Write(filepath.Join(s.folder, indexName), s.writeIndex)
}
