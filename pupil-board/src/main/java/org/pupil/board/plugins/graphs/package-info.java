/**
 * What the graphs' page shows: start at {@link org.pupil.board.plugins.graphs.Graphs}.
 *
 * <p>A serialized graph is taken apart node by node, here and everywhere: a graph of a hundred
 * thousand nodes must not be in memory as objects.
 */
@NullMarked
package org.pupil.board.plugins.graphs;

import org.jspecify.annotations.NullMarked;
