/**
 * The front door: train an image classifier and use it, in a few lines.
 *
 * <p>{@link org.pupil.Pupil} trains classifiers and opens those that were saved; a {@link
 * org.pupil.Classifier} labels photos. That is all that most programs need:
 *
 * <pre>{@code
 * try (Classifier classifier = Pupil.open(Path.of("model"))) {
 *   System.out.println(classifier.label(Path.of("new.jpg")).best());
 * }
 * }</pre>
 *
 * <p>What is wrong with the input is a {@link org.pupil.errors.PupilException}: one line that says
 * what, where and what to do about it. Anything else that is thrown is a fault of the calling
 * program or of Pupil.
 */
@NullMarked
package org.pupil;

import org.jspecify.annotations.NullMarked;
