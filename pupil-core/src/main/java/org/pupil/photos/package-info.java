/**
 * Stops 1 and 2 of the data's way: find the photos and split them. Start at {@link
 * org.pupil.photos.PhotoFolder} and {@link org.pupil.photos.Split}; {@link
 * org.pupil.photos.SplitRule} says what decides which photo judges.
 *
 * <p>Nothing here opens a photo, but for the first bytes of a file whose name is not that of one.
 */
@NullMarked
package org.pupil.photos;

import org.jspecify.annotations.NullMarked;
