/**
 * Measures what Pupil promises. Start at {@link org.pupil.benchmarks.Benchmarks}, which prints one
 * table from one run: {@code docs/benchmarks.md} says how to run it.
 *
 * <p>Machines differ and are noisy, so a figure stands beside a limit that was measured in the same
 * run, and the ratio is what counts.
 */
@NullMarked
package org.pupil.benchmarks;

import org.jspecify.annotations.NullMarked;
