// The rows of the frame each_row_periodic.wgsl, where a row goes on at the other end of the domain.
//import common/grid.wgsl

// Ranges of one row: what lies in the domain, and what sticks out of it.
const ROW_PARTS = 2;

// -1, 0 or 1: which image of the domain a cell coordinate is in.
fn image_of(c: i32, size: i32) -> i32 {
    return select(select(0, 1, c >= size), -1, c < 0);
}

// Cells first to past - 1, none if they are equal, and the point as their particles see it.
struct Row {
    first: u32,
    past: u32,
    seen: vec3<f32>,
}

// What a ball around x touches of row (y, z); square: its radius squared.
fn row_within(x: vec3<f32>, y: i32, z: i32, part: i32, square: f32) -> Row {
    let size = vec3<i32>(params.grid_size.xyz);
    let image = vec2<i32>(image_of(y, size.y), image_of(z, size.z));
    if (any((image != vec2<i32>(0)) & (params.period.yz == vec2<f32>(0.0)))) {
        return Row(0u, 0u, x);
    }
    let left = padded(square) - gap_squared(x, 1u, y) - gap_squared(x, 2u, z);
    if (left <= 0.0) {
        return Row(0u, 0u, x);
    }
    let half = sqrt(left);
    let at = x.x - params.grid_origin.x;
    var first = i32(floor((at - half) * params.cell_inverse.x));
    var last = i32(floor((at + half) * params.cell_inverse.x));
    var image_x = 0;
    if (part == 1) {
        image_x = select(select(0, 1, last >= size.x), -1, first < 0);
        if (image_x == 0 || params.period.x == 0.0) {
            return Row(0u, 0u, x);
        }
        first = select(0, first + size.x, image_x < 0);
        last = select(last - size.x, size.x - 1, image_x < 0);
    }
    let row = cell_number(vec3<i32>(0, y - image.x * size.y, z - image.y * size.z));
    let seen = x - vec3<f32>(f32(image_x), vec2<f32>(image)) * params.period.xyz;
    return Row(row + u32(clamp(first, 0, size.x - 1)), row + u32(clamp(last, 0, size.x - 1)) + 1u, seen);
}
