/**
 * Stops 1 and 2 of the data's way: find the photos and split them. Enter at {@link
 * org.pupil.photos.PhotoFolder} and {@link org.pupil.photos.Split}.
 */
@NullMarked
package org.pupil.photos;

import org.jspecify.annotations.NullMarked;
