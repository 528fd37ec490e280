/**
 * What the routes of plugins share: what a plugin is ({@link org.pupil.board.web.Plugin}), which
 * run and tag a request means, how many points an answer has. HTTP itself is {@code org.pupil.web}.
 */
@NullMarked
package org.pupil.board.web;

import org.jspecify.annotations.NullMarked;
