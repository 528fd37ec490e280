/**
 * What the projector shows: start at {@link org.pupil.board.plugins.projector.Projector}.
 *
 * <p>Its data are plain files beside the event files, and a configuration says which. Whoever made
 * the log wrote it: no path in it leads out of the folders that are watched.
 */
@NullMarked
package org.pupil.board.plugins.projector;

import org.jspecify.annotations.NullMarked;
