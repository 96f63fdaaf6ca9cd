// What the frame each_row.wgsl calls: no more than the grid.
//import common/grid.wgsl
