// Fault bits, one per kernel and kind. Go reads them from here by name: FAULT_<KERNEL>_<KIND>.
const FAULT_COUNT_OUT_OF_DOMAIN = 1u;
const FAULT_COUNT_OVERFLOW = 2u;
const FAULT_DENSITY_NON_FINITE = 4u;
const FAULT_FORCE_NON_FINITE = 8u;
const FAULT_INTEGRATE_NON_FINITE = 16u;
const FAULT_INTEGRATE_TOO_FAST = 32u;
const FAULT_FACTOR_NON_FINITE = 64u;
const FAULT_PREDICT_TOO_FAST = 1024u;
const FAULT_FACTOR_OVERFLOW = 512u;
const FAULT_NON_PRESSURE_NON_FINITE = 128u;
const FAULT_RELAX_NON_FINITE = 256u;
const FAULT_ADD_PULLS_NON_FINITE = 2048u;

// A shader compiler may assume that NaN does not exist, so look at the bits.
fn finite(value: f32) -> bool {
    return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u;
}

fn finite3(value: vec3<f32>) -> bool {
    return finite(value.x) && finite(value.y) && finite(value.z);
}
