/**
 * TensorBoard's job on the JVM. Start at {@link org.pupil.board.Board}, which reads event files and
 * serves them.
 *
 * <p>Below it stand, in the order of the data's way: {@code log} (files to runs and series), {@code
 * answers} (what the answers of several plugins share; no HTTP), {@code web} (what their routes
 * share), {@code plugins} (a package for each: runs and series to what its routes answer), {@code
 * server} (what they are mounted in) and, as resources, {@code page} (what the browser shows).
 */
@NullMarked
package org.pupil.board;

import org.jspecify.annotations.NullMarked;
