/**
 * Stop 9 of the data's way: a model labels photos. Start at {@link org.pupil.labelling.Labeller};
 * {@link org.pupil.labelling.LabellingModel} says which graph and how its pixels are made.
 */
@NullMarked
package org.pupil.labelling;

import org.jspecify.annotations.NullMarked;
