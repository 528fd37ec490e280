/**
 * Stop 9 of the data's way, looked at closely: why a model labels a photo as it does. Start at
 * {@link org.pupil.explain.Explainer}; what it finds is an {@link org.pupil.explain.Explanation}.
 */
@NullMarked
package org.pupil.explain;

import org.jspecify.annotations.NullMarked;
