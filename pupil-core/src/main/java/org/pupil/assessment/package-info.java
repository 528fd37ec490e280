/**
 * Beside stop 7 of the data's way: how good a model is, or would be, on photos whose labels are
 * known. Start at {@link org.pupil.assessment.ModelAssessor} for a model, at {@link
 * org.pupil.assessment.CrossValidationAssessor} for photos alone; both give an {@link
 * org.pupil.assessment.Assessment}.
 */
@NullMarked
package org.pupil.assessment;

import org.jspecify.annotations.NullMarked;
