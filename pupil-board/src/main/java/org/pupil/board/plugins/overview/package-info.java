/** How the training run is going, which TensorBoard does not have: enter at {@link Overview}. */
@NullMarked
package org.pupil.board.plugins.overview;

import org.jspecify.annotations.NullMarked;
