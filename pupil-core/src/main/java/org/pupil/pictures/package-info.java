/**
 * Pictures of numbers, drawn without the desktop's fonts and windows, so that they are the same on
 * every machine and cost next to nothing. Enter at {@link org.pupil.pictures.ConfusionPicture}.
 *
 * <p>Stands alone, beside the data's way.
 */
@NullMarked
package org.pupil.pictures;

import org.jspecify.annotations.NullMarked;
