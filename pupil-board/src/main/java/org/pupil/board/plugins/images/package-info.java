/** Pictures out of the log: TensorBoard's {@code images}. */
@NullMarked
package org.pupil.board.plugins.images;

import org.jspecify.annotations.NullMarked;
