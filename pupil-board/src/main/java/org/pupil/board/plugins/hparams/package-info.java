/**
 * What the page of hyperparameters shows: start at {@link
 * org.pupil.board.plugins.hparams.HParamsAnswers}.
 *
 * <p>The records have the fields of TensorBoard's messages in {@code plugins/hparams/api.proto}, by
 * the same names in JSON. A session is one training run: a run that says with which hyperparameters
 * it began. Sessions with one group name form a group, which is a row of the table.
 */
@NullMarked
package org.pupil.board.plugins.hparams;

import org.jspecify.annotations.NullMarked;
