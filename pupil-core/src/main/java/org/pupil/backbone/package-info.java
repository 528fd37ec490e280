/**
 * Stop 4 of the data's way: the network that turns pixels [n,h,w,3] into bottlenecks [n,d].
 *
 * <p>Start at {@link org.pupil.backbone.BackboneCatalog}: it finds what {@code --architecture} or
 * {@code --tfhub_module} names, inside the program, on the disk or at its official address, and
 * answers one {@link org.pupil.backbone.Backbone}. Wherever a backbone comes from, the rest of the
 * program sees the same immutable value: a frozen graph with one input and one output.
 */
@NullMarked
package org.pupil.backbone;

import org.jspecify.annotations.NullMarked;
