/**
 * The one vocabulary of errors. Enter at {@link org.pupil.errors.PupilException}.
 *
 * <p>Everything that can go wrong through no fault of the program is one of a few kinds. Each edge
 * of the program translates the kind in one place: the command line into an exit status, a server
 * into an HTTP status. {@link org.pupil.errors.OneLine} keeps each message on its line.
 */
@NullMarked
package org.pupil.errors;

import org.jspecify.annotations.NullMarked;
