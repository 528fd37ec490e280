/**
 * Tests of the program as it is packaged: they start {@code ./pupil} of this checkout in a folder
 * of their own and look at stdout, stderr, exit status and files. Enter at {@link
 * org.pupil.program.PupilProgram}.
 */
@NullMarked
package org.pupil.program;

import org.jspecify.annotations.NullMarked;
