/** Which event files were read and how far, which TensorBoard does not have. */
@NullMarked
package org.pupil.board.plugins.files;

import org.jspecify.annotations.NullMarked;
