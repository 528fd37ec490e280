/**
 * The whole way of the data as one call. Enter at {@link org.pupil.run.TrainingRun}: a line a stop.
 */
@NullMarked
package org.pupil.run;

import org.jspecify.annotations.NullMarked;
