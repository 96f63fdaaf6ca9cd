// The marks of a particle: which of the particles in each row of cells are its neighbours, found once in a step, so that what
// follows need not look at the two thirds that are not. Row r, counted as the frame each_row.wgsl counts, has the half word r & 1
// of word r / 2: bit k for the particle k places after the first of the cell that is `ahead` cells after the row's first cell
// within reach, and ahead itself in the highest two bits. A row that does not fit has 3 there, and is looked at whole. Word w of particle i is
// marks[w * stride + i], with room for stride particles.
const MARK_WORDS = 13u;     // of 25 rows
const MARK_BITS = 14u;
const MARK_WHOLE = 3u;      // ahead

// The marks of a row with so many particles from the first cell that has any of these on.
fn mark(hits: u32, ahead: u32, count: u32) -> u32 {
    let whole = count > MARK_BITS || ahead >= MARK_WHOLE;
    return select(0u, select(hits | (ahead << MARK_BITS), MARK_WHOLE << MARK_BITS, whole), hits != 0u);
}
