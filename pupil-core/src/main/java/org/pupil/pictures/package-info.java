/**
 * Pictures of numbers, drawn in memory with fonts that come with Pupil, so that they are the same
 * on every machine. Start at {@link org.pupil.pictures.ConfusionPicture}.
 *
 * <p>Stands alone, beside the data's way.
 */
@NullMarked
package org.pupil.pictures;

import org.jspecify.annotations.NullMarked;
