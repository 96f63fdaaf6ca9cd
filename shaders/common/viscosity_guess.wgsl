// When a solve of viscosity can begin where the last one ended.
//import common/control.wgsl

// Rounds at most.
const VISCOSITY_ROUNDS = 50u;

// The length of the step before this one; zero, as in the first one, where its solve was cut off: what was found then may be far
// from right, and a guess that is worse than none may not be put right in as many rounds, either.
fn step_to_guess_from(control: Control) -> f32 {
    return select(control.dt, 0.0, control.viscosity_iterations >= VISCOSITY_ROUNDS);
}

// How much of the last change is guessed. Its length hangs on what was, too, so that a longer step does not make it larger.
fn share_to_guess(control: Control) -> f32 {
    return min(control.dt / max(control.previous_dt, 1e-9), 1.0);
}
