/**
 * Stop 8 of the data's way: what is kept of a training run. Start at {@link org.pupil.model.Model},
 * which makes a model and writes it, and at {@link org.pupil.model.ModelFile}, which reads one;
 * {@link org.pupil.model.ModelDescription} is what a model carries in itself.
 *
 * <p>{@code docs/formats.md} specifies the files.
 */
@NullMarked
package org.pupil.model;

import org.jspecify.annotations.NullMarked;
