/**
 * Work that goes on in another thread, whatever the work is: {@link
 * org.pupil.background.Background} makes one thing there, {@link org.pupil.background.Conveyor}
 * brings many to it, {@link org.pupil.background.Workers} do many at once.
 */
@NullMarked
package org.pupil.background;

import org.jspecify.annotations.NullMarked;
