/**
 * Work that goes on in another thread, whatever the work is: {@link
 * org.pupil.background.Background}.
 */
@NullMarked
package org.pupil.background;

import org.jspecify.annotations.NullMarked;
