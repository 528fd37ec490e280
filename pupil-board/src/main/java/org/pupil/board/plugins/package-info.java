/**
 * The plugins of the board, and their one list, {@link org.pupil.board.plugins.Plugins}.
 *
 * <p>Each has a package with everything of it: a class ending in {@code Routes}, with which it
 * registers and which takes HTTP, and classes that work out the answers from runs and series.
 */
@NullMarked
package org.pupil.board.plugins;

import org.jspecify.annotations.NullMarked;
