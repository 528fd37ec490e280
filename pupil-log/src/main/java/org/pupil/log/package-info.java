/**
 * TensorBoard's event files: what happens while something learns, step by step.
 *
 * <p>To write, start at {@link org.pupil.log.EventWriter}: one writer a run folder, one {@link
 * org.pupil.log.SummaryValues} a step. To read, start at {@link org.pupil.log.EventReader}. {@link
 * org.pupil.log.OwnEventFiles} removes what an earlier training run wrote in the same folder, and
 * nothing else. The messages of TensorFlow and TensorBoard, {@code org.pupil.log.proto}, are
 * generated from their {@code .proto} files.
 */
@NullMarked
package org.pupil.log;

import org.jspecify.annotations.NullMarked;
