/**
 * Stop 9 of the data's way: a model labels photos. Start at {@link org.pupil.labelling.Labeller};
 * {@link org.pupil.labelling.Overrides} is for graphs that Pupil did not make.
 */
@NullMarked
package org.pupil.labelling;

import org.jspecify.annotations.NullMarked;
