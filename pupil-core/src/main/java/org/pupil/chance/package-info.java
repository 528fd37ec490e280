/**
 * All randomness: numbers that a seed determines for all time. Start at {@link
 * org.pupil.chance.Chance}.
 *
 * <p>Stands beside the data's way.
 */
@NullMarked
package org.pupil.chance;

import org.jspecify.annotations.NullMarked;
