/**
 * Stop 4 of the data's way: which network a person means by {@code --architecture} or {@code
 * --tfhub_module}.
 *
 * <p>Start at {@link org.pupil.backbone.BackboneCatalog}: it finds the network inside the program,
 * on the disk or at its official address, and answers one {@link org.pupil.backbone.Backbone}.
 * Wherever a backbone comes from, the rest of the program sees the same immutable value: a frozen
 * graph with one input and a few named outputs.
 */
@NullMarked
package org.pupil.backbone;

import org.jspecify.annotations.NullMarked;
