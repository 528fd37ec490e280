/**
 * Stop 7 of the data's way: how good the final layer is. Start at {@link
 * org.pupil.evaluation.Evaluation#of}.
 */
@NullMarked
package org.pupil.evaluation;

import org.jspecify.annotations.NullMarked;
