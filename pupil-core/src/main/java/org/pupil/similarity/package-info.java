/**
 * Beside stop 6 of the data's way: which photos resemble each other. It begins with {@link
 * org.pupil.similarity.UnitVectors}, bottlenecks of which only the direction is left, and {@link
 * org.pupil.similarity.NearestNeighbours} of them.
 */
@NullMarked
package org.pupil.similarity;

import org.jspecify.annotations.NullMarked;
