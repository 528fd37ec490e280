/**
 * Says in a terminal what is in event files: {@code --inspect}. Start at {@link
 * org.pupil.board.inspect.Inspection}.
 */
@NullMarked
package org.pupil.board.inspect;

import org.jspecify.annotations.NullMarked;
