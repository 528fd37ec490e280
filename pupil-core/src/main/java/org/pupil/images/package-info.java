/**
 * Stop 3 of the data's way: from the bytes of a photo to upright pixels of the size a backbone
 * wants. Enter at {@link org.pupil.images.ImageDecoder}.
 *
 * <p>{@link org.pupil.images.ThumbnailMaker} makes pictures of these pixels for people to look at.
 */
@NullMarked
package org.pupil.images;

import org.jspecify.annotations.NullMarked;
