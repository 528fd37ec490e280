/**
 * TensorBoard's job on the JVM. Enter at {@link org.pupil.board.Board}, which reads event files and
 * serves them.
 *
 * <p>Below it stand, in the order of the data's way: {@code log} (files to runs and series), {@code
 * answers} (runs and series to what a route answers; no HTTP), {@code web} (routes; no thinking)
 * and, as resources, {@code page} (what the browser shows).
 */
@NullMarked
package org.pupil.board;

import org.jspecify.annotations.NullMarked;
