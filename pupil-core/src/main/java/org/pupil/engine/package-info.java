/**
 * The engines that run networks. Start at {@link org.pupil.engine.Engines}.
 *
 * <p>The rest of the program sees {@link org.pupil.network.Network} and no type of an engine.
 */
@NullMarked
package org.pupil.engine;

import org.jspecify.annotations.NullMarked;
