/**
 * The program: the command line around the library. Start at {@link org.pupil.app.Main}.
 *
 * <p>Results go to stdout, everything else that is said to a person goes to stderr.
 */
@NullMarked
package org.pupil.app;

import org.jspecify.annotations.NullMarked;
