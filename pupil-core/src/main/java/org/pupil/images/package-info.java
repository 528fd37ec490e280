/**
 * Stop 3 of the data's way: from the bytes of a photo to upright pixels of the size a backbone
 * wants. Start at {@link org.pupil.images.ImageDecoder}.
 *
 * <p>{@link org.pupil.images.ThumbnailMaker} makes small pictures of these pixels for people to
 * look at, {@link org.pupil.images.PhotoPreview} larger ones of a few photos.
 */
@NullMarked
package org.pupil.images;

import org.jspecify.annotations.NullMarked;
