// What colours particles. Mirror: render/pass Field.
const FIELD_SPEED = 0u;
const FIELD_DENSITY = 1u;
const FIELD_PRESSURE = 2u;
const FIELD_DENSITY_ERROR = 3u;
const FIELD_VORTICITY = 4u;
const FIELD_NEIGHBOURS = 5u;
const FIELD_ID = 6u;
const FIELD_FLUID = 7u;
const FIELD_PLAIN = 8u;

// The value of one of the quantities that have a range, chosen without branches: a branch on a uniform makes Mesa's
// software driver compile the shader anew, with the value built in, each time the uniforms are written.
fn field_value(field: u32, speed: f32, rho: f32, inv_rest: f32, neighbours: f32, pressure: f32, vorticity: f32) -> f32 {
    var value = select(speed, rho, field == FIELD_DENSITY);
    value = select(value, pressure, field == FIELD_PRESSURE);
    value = select(value, 100.0 * (rho * inv_rest - 1.0), field == FIELD_DENSITY_ERROR);
    value = select(value, vorticity, field == FIELD_VORTICITY);
    return select(value, neighbours, field == FIELD_NEIGHBOURS);
}
