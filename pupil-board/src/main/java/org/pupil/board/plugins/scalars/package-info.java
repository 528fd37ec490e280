/** Numbers over steps: TensorBoard's {@code scalars}, and the compact form that the page reads. */
@NullMarked
package org.pupil.board.plugins.scalars;

import org.jspecify.annotations.NullMarked;
