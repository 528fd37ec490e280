/**
 * What Pupil writes of a training run and the board reads: under which tags it stands ({@link
 * org.pupil.log.record.TrainingTags}), and the records that are both a text for people and a
 * message for programs ({@link org.pupil.log.record.TrainingRecords}).
 */
@NullMarked
package org.pupil.log.record;

import org.jspecify.annotations.NullMarked;
