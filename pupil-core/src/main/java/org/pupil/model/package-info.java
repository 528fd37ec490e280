/**
 * Stop 8 of the data's way: what is kept of a teaching. Enter at {@link org.pupil.model.ModelFile},
 * which writes a model as one graph and reads it again; {@link org.pupil.model.ModelDescription} is
 * what it carries in itself.
 *
 * <p>{@code docs/formats.md} specifies the files.
 */
@NullMarked
package org.pupil.model;

import org.jspecify.annotations.NullMarked;
