/**
 * The server: what the plugins are mounted in, the routes that belong to none, and the files of the
 * page. Enter at {@link org.pupil.board.server.BoardServer}; {@code http_api.md} specifies all
 * routes.
 */
@NullMarked
package org.pupil.board.server;

import org.jspecify.annotations.NullMarked;
