/** Texts, as safe HTML: TensorBoard's {@code text}. */
@NullMarked
package org.pupil.board.plugins.text;

import org.jspecify.annotations.NullMarked;
