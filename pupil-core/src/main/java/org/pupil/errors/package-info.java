/**
 * The one vocabulary of errors. Start at {@link org.pupil.errors.PupilException}.
 *
 * <p>Everything that can go wrong through no fault of the program is one of a few kinds. The
 * command line turns the kind into an exit status, in one place. {@link org.pupil.errors.OneLine}
 * keeps each message on its line.
 */
@NullMarked
package org.pupil.errors;

import org.jspecify.annotations.NullMarked;
