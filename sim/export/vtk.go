package export

import (
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strings"
)

// array is one DataArray of a VTK file: its place in the document and its bytes.
type array struct {
	group      string // the element that it stands in
	name, kind string // kind: VTK's word for the type of a number
	components int
	width      int // bytes of a number
	count      int // tuples
	put        func(block []byte, i int) []byte
}

func (a array) bytes() uint64 { return uint64(a.count) * uint64(a.components) * uint64(a.width) }

// vtkArrays are the blocks of a frame in the order of the file. Every particle is a cell of its
// own: without cells ParaView draws nothing.
func vtkArrays(f *Frame) []array {
	n := len(f.ID)
	integer := func(b []byte, v int) []byte { return binary.LittleEndian.AppendUint32(b, uint32(int32(v))) }
	return []array{
		{"FieldData", "TimeValue", "Float64", 1, 8, 1, func(b []byte, _ int) []byte {
			return binary.LittleEndian.AppendUint64(b, math.Float64bits(f.Time))
		}},
		{"Points", "position", "Float64", 3, 8, n, func(b []byte, i int) []byte {
			for _, v := range f.Position[i] {
				b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
			}
			return b
		}},
		{"PointData", "velocity", "Float32", 3, 4, n, func(b []byte, i int) []byte {
			for _, v := range f.Velocity[i] {
				b = single(b, v)
			}
			return b
		}},
		{"PointData", "density", "Float32", 1, 4, n, func(b []byte, i int) []byte { return single(b, f.Density[i]) }},
		{"PointData", "pressure", "Float32", 1, 4, n, func(b []byte, i int) []byte { return single(b, f.Pressure[i]) }},
		{"PointData", "id", "Int32", 1, 4, n, func(b []byte, i int) []byte { return integer(b, f.ID[i]) }},
		{"Verts", "connectivity", "Int32", 1, 4, n, func(b []byte, i int) []byte { return integer(b, i) }},
		{"Verts", "offsets", "Int32", 1, 4, n, func(b []byte, i int) []byte { return integer(b, i+1) }},
	}
}

// writeVTK writes XML PolyData with its numbers appended raw, each block after its length ("VTK
// File Formats", VTK User's Guide).
func writeVTK(w io.Writer, title string, f *Frame) error {
	arrays := vtkArrays(f)
	n := len(f.ID)
	var head strings.Builder
	fmt.Fprintf(&head, `<?xml version="1.0"?>
<!-- fluidsim: %s; units: m, m/s, kg/m^3, Pa, s -->
<VTKFile type="PolyData" version="1.0" byte_order="LittleEndian" header_type="UInt64">
<PolyData>
`, strings.ReplaceAll(title, "--", "- -"))
	offset := uint64(0)
	open := ""
	for _, a := range arrays {
		if a.group != open {
			closeGroup(&head, open)
			if open == "FieldData" {
				fmt.Fprintf(&head, "<Piece NumberOfPoints=\"%d\" NumberOfVerts=\"%d\" NumberOfLines=\"0\" NumberOfStrips=\"0\" NumberOfPolys=\"0\">\n", n, n)
			}
			open = a.group
			head.WriteString("<" + open)
			if open == "PointData" {
				head.WriteString(` Vectors="velocity" Scalars="pressure"`)
			}
			head.WriteString(">\n")
		}
		fmt.Fprintf(&head, "<DataArray type=\"%s\" Name=\"%s\" NumberOfComponents=\"%d\"", a.kind, a.name, a.components)
		if open == "FieldData" {
			fmt.Fprintf(&head, " NumberOfTuples=\"%d\"", a.count)
		}
		fmt.Fprintf(&head, " format=\"appended\" offset=\"%d\"/>\n", offset)
		offset += 8 + a.bytes()
	}
	closeGroup(&head, open)
	head.WriteString("</Piece>\n</PolyData>\n<AppendedData encoding=\"raw\">\n_")
	if _, err := io.WriteString(w, head.String()); err != nil {
		return err
	}
	var block []byte
	for _, a := range arrays {
		block = binary.LittleEndian.AppendUint64(block[:0], a.bytes())
		for i := range a.count {
			block = a.put(block, i)
			if len(block) > 1<<16 || i == a.count-1 {
				if _, err := w.Write(block); err != nil {
					return err
				}
				block = block[:0]
			}
		}
		if _, err := w.Write(block); err != nil { // of an array without tuples only its length
			return err
		}
	}
	_, err := io.WriteString(w, "\n</AppendedData>\n</VTKFile>\n")
	return err
}

func closeGroup(head *strings.Builder, group string) {
	if group != "" {
		head.WriteString("</" + group + ">\n")
	}
}

// writeIndex writes the time series for ParaView.
func (s *Series) writeIndex(w io.Writer) error {
	if _, err := io.WriteString(w, xml.Header+`<VTKFile type="Collection" version="0.1" byte_order="LittleEndian">`+"\n<Collection>\n"); err != nil {
		return err
	}
	for i, t := range s.times {
		if _, err := fmt.Fprintf(w, "<DataSet timestep=\"%g\" group=\"\" part=\"0\" file=\"%s\"/>\n", t, s.fileName(i)); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "</Collection>\n</VTKFile>\n")
	return err
}
