/**
 * The routes of the board: HTTP in, HTTP out, and no thinking in between; {@code http_api.md}
 * specifies them. Enter at {@link org.pupil.board.web.BoardServer}.
 *
 * <p>A class ending in {@code Routes} has the routes of one plugin, which are TensorBoard's, and
 * asks a class of {@code answers} of the same name for what they answer.
 */
@NullMarked
package org.pupil.board.web;

import org.jspecify.annotations.NullMarked;
