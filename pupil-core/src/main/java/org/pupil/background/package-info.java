/**
 * Work that goes on in another thread, whatever the work is: {@link
 * org.pupil.background.Background} makes one thing there, {@link org.pupil.background.Conveyor}
 * brings many to it.
 */
@NullMarked
package org.pupil.background;

import org.jspecify.annotations.NullMarked;
