/**
 * Stops 1 and 2 of the data's way: find the photos and split them. Start at {@link
 * org.pupil.dataset.Dataset} and {@link org.pupil.dataset.Split}; {@link
 * org.pupil.dataset.SplitRule} says what decides which photo judges.
 *
 * <p>Nothing here opens a photo, but for the first bytes of a file whose name is not that of one.
 */
@NullMarked
package org.pupil.dataset;

import org.jspecify.annotations.NullMarked;
