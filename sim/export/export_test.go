package export

import (
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/unixpickle/model3d/fileformats"

	"github.com/fluidsim/fluidsim/sim/whole"
)

// cloud is a frame whose numbers tell every particle and member apart. What the formats keep in
// single precision is given in it.
func cloud(n int, time float64) *Frame {
	source := rand.New(rand.NewPCG(1, uint64(n)))
	f := &Frame{Time: time}
	for i := range n {
		f.ID = append(f.ID, 3*i+1)
		f.Position = append(f.Position, [3]float64{1e4 + source.Float64(), source.NormFloat64(), -1e-7 * source.Float64()})
		f.Velocity = append(f.Velocity, [3]float64{float64(source.Float32()), -float64(source.Float32()), 1e3 * float64(source.Float32())})
		f.Density = append(f.Density, 1000+float64(source.Float32()))
		f.Pressure = append(f.Pressure, float64(float32(1e5*source.NormFloat64())))
	}
	for i := range f.Velocity {
		for k := range 3 {
			f.Velocity[i][k] = float64(float32(f.Velocity[i][k]))
		}
		f.Density[i] = float64(float32(f.Density[i]))
	}
	return f
}

// series writes frames into a new folder.
func series(t *testing.T, format Format, frames ...*Frame) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "out")
	s, err := NewSeries(folder, format, Options{Title: "a --> b\x01\nend_header"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range frames {
		if err := s.Add(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return folder
}

func listing(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// readPLY reads with somebody else's reader.
func readPLY(t *testing.T, path string) *Frame {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r, err := fileformats.NewPLYReader(file)
	if err != nil {
		t.Fatal(err)
	}
	head := r.Header()
	if len(head.Elements) != 1 || head.Elements[0].Name != "vertex" {
		t.Fatalf("%s has other elements than vertices", path)
	}
	var names []string
	for _, p := range head.Elements[0].Properties {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, " "); got != "x y z vx vy vz density pressure id" {
		t.Fatalf("%s has the properties %s", path, got)
	}
	f := &Frame{}
	for range head.Elements[0].Count {
		row, _, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		v := make([]float64, len(row))
		for i, cell := range row {
			switch c := cell.(type) {
			case fileformats.PLYValueFloat64:
				v[i] = c.Value
			case fileformats.PLYValueFloat32:
				v[i] = float64(c.Value)
			case fileformats.PLYValueInt32:
				v[i] = float64(c.Value)
			default:
				t.Fatalf("property %s has the type %T", names[i], cell)
			}
		}
		f.Position = append(f.Position, [3]float64(v[0:3]))
		f.Velocity = append(f.Velocity, [3]float64(v[3:6]))
		f.Density, f.Pressure, f.ID = append(f.Density, v[6]), append(f.Pressure, v[7]), append(f.ID, int(v[8]))
	}
	if rest, _ := io.ReadAll(file); head.Elements[0].Count > 0 && len(rest) != 0 {
		t.Errorf("%s goes on after its last vertex", path)
	}
	return f
}

// vtkFile is the part of VTK's documents that is looked at, written down from its file format's
// description and not from the code under test.
type vtkFile struct {
	Type       string `xml:"type,attr"`
	ByteOrder  string `xml:"byte_order,attr"`
	HeaderType string `xml:"header_type,attr"`
	PolyData   struct {
		FieldData struct{ DataArray []vtkArray }
		Piece     struct {
			NumberOfPoints, NumberOfVerts int `xml:",attr"`
			PointData, Points, Verts      struct{ DataArray []vtkArray }
		}
	}
	Collection struct {
		DataSet []struct {
			Timestep float64 `xml:"timestep,attr"`
			File     string  `xml:"file,attr"`
		}
	}
}

type vtkArray struct {
	Type               string `xml:"type,attr"`
	Name               string `xml:",attr"`
	NumberOfComponents int    `xml:",attr"`
	Format             string `xml:"format,attr"`
	Offset             int    `xml:"offset,attr"`
}

// readVTK decodes every array by the offsets and types that the document states.
func readVTK(t *testing.T, path string) (*Frame, vtkFile) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// Raw data is no XML: readers cut it out after the first underscore.
	head, rest, found := strings.Cut(string(text), "<AppendedData encoding=\"raw\">")
	var file vtkFile
	if err := xml.Unmarshal([]byte(head+"</VTKFile>"), &file); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	_, raw, underscore := strings.Cut(rest, "_")
	tail := strings.LastIndex(raw, "\n</AppendedData>")
	if !found || !underscore || tail < 0 || file.Type != "PolyData" || file.ByteOrder != "LittleEndian" || file.HeaderType != "UInt64" {
		t.Fatalf("%s is no PolyData with raw data: %+v", path, file)
	}
	data := []byte(raw[:tail])
	end := 0
	numbers := func(arrays []vtkArray, name string, components int) [][]float64 {
		for _, a := range arrays {
			if a.Name != name {
				continue
			}
			width := map[string]int{"Float64": 8, "Float32": 4, "Int32": 4}[a.Type]
			size := int(binary.LittleEndian.Uint64(data[a.Offset:]))
			block := data[a.Offset+8:][:size]
			end = max(end, a.Offset+8+size)
			if a.NumberOfComponents != components || width == 0 || size%(width*components) != 0 || a.Format != "appended" {
				t.Fatalf("%s: array %+v of %d bytes", path, a, size)
			}
			var rows [][]float64
			for len(block) > 0 {
				row := make([]float64, components)
				for c := range row {
					switch a.Type {
					case "Float64":
						row[c] = math.Float64frombits(binary.LittleEndian.Uint64(block))
					case "Float32":
						row[c] = float64(math.Float32frombits(binary.LittleEndian.Uint32(block)))
					case "Int32":
						row[c] = float64(int32(binary.LittleEndian.Uint32(block)))
					}
					block = block[width:]
				}
				rows = append(rows, row)
			}
			return rows
		}
		t.Fatalf("%s has no array %s", path, name)
		return nil
	}
	piece := file.PolyData.Piece
	f := &Frame{Time: numbers(file.PolyData.FieldData.DataArray, "TimeValue", 1)[0][0]}
	for _, row := range numbers(piece.Points.DataArray, "position", 3) {
		f.Position = append(f.Position, [3]float64(row))
	}
	for _, row := range numbers(piece.PointData.DataArray, "velocity", 3) {
		f.Velocity = append(f.Velocity, [3]float64(row))
	}
	for _, row := range numbers(piece.PointData.DataArray, "density", 1) {
		f.Density = append(f.Density, row[0])
	}
	for _, row := range numbers(piece.PointData.DataArray, "pressure", 1) {
		f.Pressure = append(f.Pressure, row[0])
	}
	for _, row := range numbers(piece.PointData.DataArray, "id", 1) {
		f.ID = append(f.ID, int(row[0]))
	}
	connectivity, offsets := numbers(piece.Verts.DataArray, "connectivity", 1), numbers(piece.Verts.DataArray, "offsets", 1)
	if n := len(f.ID); piece.NumberOfPoints != n || piece.NumberOfVerts != n || len(connectivity) != n || len(offsets) != n {
		t.Errorf("%s states %d points and %d cells, and has %d particles, %d and %d cells", path, piece.NumberOfPoints, piece.NumberOfVerts, n, len(connectivity), len(offsets))
	}
	for i := range connectivity {
		if connectivity[i][0] != float64(i) || offsets[i][0] != float64(i+1) {
			t.Fatalf("%s: cell %d is point %g up to %g", path, i, connectivity[i][0], offsets[i][0])
		}
	}
	if end != len(data) {
		t.Errorf("%s has %d bytes that no array claims", path, len(data)-end)
	}
	return f, file
}

func TestPLYHoldsTheFrame(t *testing.T) {
	for _, n := range []int{0, 1, 5000} {
		want := cloud(n, 0.25)
		folder := series(t, PLY, want)
		got := readPLY(t, filepath.Join(folder, "particles_000000.ply"))
		got.Time = 0.25 // only in a comment
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%d particles come back different", n)
		}
		if got := listing(t, folder); got != "particles_000000.ply" {
			t.Errorf("the folder holds %s", got)
		}
	}
}

func TestVTKHoldsTheFrames(t *testing.T) {
	frames := []*Frame{cloud(5000, 0), cloud(1, 0.1), cloud(0, 0.2)}
	folder := series(t, VTK, frames...)
	if got := listing(t, folder); got != "particles.pvd particles_000000.vtp particles_000001.vtp particles_000002.vtp" {
		t.Fatalf("the folder holds %s", got)
	}
	text, err := os.ReadFile(filepath.Join(folder, "particles.pvd"))
	if err != nil {
		t.Fatal(err)
	}
	var index vtkFile
	if err := xml.Unmarshal(text, &index); err != nil || index.Type != "Collection" || len(index.Collection.DataSet) != len(frames) {
		t.Fatalf("the index is %+v, %v", index, err)
	}
	for i, each := range index.Collection.DataSet {
		got, _ := readVTK(t, filepath.Join(folder, each.File))
		if each.Timestep != frames[i].Time || !reflect.DeepEqual(got, frames[i]) {
			t.Errorf("frame %d comes back different, at %g s", i, each.Timestep)
		}
	}
}

func TestOlderSeries(t *testing.T) {
	for _, format := range []Format{PLY, VTK} {
		folder := series(t, format, cloud(2, 0), cloud(2, 1))
		keep := filepath.Join(folder, "particles_000000.csv")
		if err := os.WriteFile(keep, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := NewSeries(folder, format, Options{}); err == nil || !strings.Contains(err.Error(), "--overwrite") {
			t.Errorf("%s over an older series: %v", format, err)
		}
		s, err := NewSeries(folder, format, Options{Overwrite: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Add(cloud(1, 0)); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		want := map[Format]string{PLY: "particles_000000.csv particles_000000.ply", VTK: "particles.pvd particles_000000.csv particles_000000.vtp"}[format]
		if got := listing(t, folder); got != want {
			t.Errorf("after a shorter series: %s, want %s", got, want)
		}
	}
}

func TestWhatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, format := range []Format{PLY, VTK} {
		_, err := NewSeries(filepath.Join(file, "x"), format, Options{})
		var failure *whole.Error
		if !errors.As(err, &failure) {
			t.Errorf("%s below a file: %v", format, err)
		}
		folder := t.TempDir() // it was there before, so it stays
		s, err := NewSeries(folder, format, Options{})
		if err != nil {
			t.Fatal(err)
		}
		short := cloud(3, 0)
		short.Pressure = short.Pressure[:2]
		if err := s.Add(short); err == nil || err.Error() != "a frame of 3 particles has 2 pressures" {
			t.Errorf("%s of a frame with a gap: %v", format, err)
		}
		if err := s.Close(); err != nil || listing(t, folder) != "" {
			t.Errorf("%s without a frame leaves %s, %v", format, listing(t, folder), err)
		}
	}
	if _, err := FormatNamed("obj"); err == nil || err.Error() != `there is no particle format "obj": choose one of ply, vtk` {
		t.Errorf("an unknown format: %v", err)
	}
}

// brokenDisk fails after so many bytes.
type brokenDisk struct{ room int }

func (d *brokenDisk) Write(p []byte) (int, error) {
	if len(p) > d.room {
		return d.room, errors.New("no space left on device")
	}
	d.room -= len(p)
	return len(p), nil
}

// Whatever byte does not fit, the writers say so.
func TestFullDiskIsNoticed(t *testing.T) {
	f := cloud(3, 1)
	for name, write := range map[string]func(io.Writer, string, *Frame) error{"ply": writePLY, "vtk": writeVTK} {
		var all strings.Builder
		if err := write(&all, "x", f); err != nil {
			t.Fatal(err)
		}
		for room := range all.Len() {
			if write(&brokenDisk{room}, "x", f) == nil {
				t.Fatalf("%s does not notice a disk with room for %d of %d bytes", name, room, all.Len())
			}
		}
	}
}

// A folder that was made for a series that got no frame is gone again; another stays.
func TestEmptySeriesLeavesNothing(t *testing.T) {
	made, there := filepath.Join(t.TempDir(), "made"), t.TempDir()
	for _, folder := range []string{made, there} {
		s, err := NewSeries(folder, PLY, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(made); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is there: %v", err)
	}
	if _, err := os.Stat(there); err != nil {
		t.Error(err)
	}
}
