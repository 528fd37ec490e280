/**
 * Stop 8 of the data's way: what is kept of a training run. Start at {@link org.pupil.model.Model},
 * which is made, written and read; {@link org.pupil.model.ModelDescription} is what it carries in
 * itself.
 *
 * <p>{@code docs/formats.md} specifies the files.
 */
@NullMarked
package org.pupil.model;

import org.jspecify.annotations.NullMarked;
