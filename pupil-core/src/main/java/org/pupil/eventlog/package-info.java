/**
 * What happens while a classifier learns, as TensorBoard event files. It stands beside the data's
 * way: it imports nothing of it, and every stop may write here.
 *
 * <p>To write, start at {@link org.pupil.eventlog.EventWriter}: one writer a run folder, one {@link
 * org.pupil.eventlog.SummaryValues} a step. To read, start at {@link
 * org.pupil.eventlog.EventReader}. {@link org.pupil.eventlog.OwnEventFiles} removes what an earlier
 * training run wrote in the same folder, and nothing else.
 */
@NullMarked
package org.pupil.eventlog;

import org.jspecify.annotations.NullMarked;
