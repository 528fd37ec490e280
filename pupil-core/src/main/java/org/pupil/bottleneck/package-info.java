/**
 * Stop 5 of the data's way: the bottleneck of every photo, computed once and kept. What is kept is
 * in {@link org.pupil.bottleneck.BottleneckCache}; what comes out is {@link
 * org.pupil.bottleneck.Bottlenecks}.
 */
@NullMarked
package org.pupil.bottleneck;

import org.jspecify.annotations.NullMarked;
