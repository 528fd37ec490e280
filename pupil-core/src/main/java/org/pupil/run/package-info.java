/**
 * The whole way of the data as one call. Start at {@link org.pupil.run.TrainingRun}, which goes
 * through stops 1 to 8 one after the other.
 */
@NullMarked
package org.pupil.run;

import org.jspecify.annotations.NullMarked;
