/**
 * Stop 3 of the data's way: from the bytes of a photo to upright pixels of the size a backbone
 * wants. Enter at {@link org.pupil.images.ImageDecoder}.
 */
@NullMarked
package org.pupil.images;

import org.jspecify.annotations.NullMarked;
