/**
 * Files that appear whole or not at all. Start at {@link org.pupil.files.WholeFile}.
 *
 * <p>Stands alone, like the errors: any stop of the data's way may leave something on disk.
 */
@NullMarked
package org.pupil.files;

import org.jspecify.annotations.NullMarked;
