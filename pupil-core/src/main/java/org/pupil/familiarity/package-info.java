/**
 * Beside stop 6 of the data's way: how much a photo looks like those that a model was trained on,
 * and whether an answer is a near thing. Start at {@link org.pupil.familiarity.Familiarity}, which
 * is learned from the training photos; {@link org.pupil.familiarity.CoreSet} are those of them that
 * a model keeps.
 */
@NullMarked
package org.pupil.familiarity;

import org.jspecify.annotations.NullMarked;
