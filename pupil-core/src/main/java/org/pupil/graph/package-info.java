/**
 * TensorFlow's graphs as lists of nodes: read from files, checked, frozen, cut to what is needed.
 *
 * <p>Start at {@link org.pupil.graph.GraphIndex}. Everything here works on messages ({@code
 * GraphDef}) and loads no native library. What a checkpoint holds and what outputs an operation has
 * is asked for through {@link org.pupil.graph.Checkpoint} and {@link
 * org.pupil.graph.OperationDefinitions}, so that tests can answer.
 */
@NullMarked
package org.pupil.graph;

import org.jspecify.annotations.NullMarked;
