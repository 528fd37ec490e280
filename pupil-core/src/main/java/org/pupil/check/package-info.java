/**
 * What is worth a look among labelled photos before a classifier learns from them. Start at {@link
 * org.pupil.check.PhotoCheck}.
 */
@NullMarked
package org.pupil.check;

import org.jspecify.annotations.NullMarked;
