/**
 * Reads the event files below some folders, and goes on reading them while they grow.
 *
 * <p>Start at {@link org.pupil.board.log.EventLogs}: it has the {@link org.pupil.board.log.Run
 * runs}, a run has series, one a tag. The numbers of scalars are kept in memory; of everything else
 * (histograms, images, texts, graphs) only where it stands in its file, so that a log of a gigabyte
 * takes little memory.
 */
@NullMarked
package org.pupil.board.log;

import org.jspecify.annotations.NullMarked;
