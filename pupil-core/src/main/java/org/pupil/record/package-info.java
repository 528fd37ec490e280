/**
 * What a training run writes beside its numbers and the board reads: each kind of record is written
 * and read by one class, which also knows where it lies.
 */
@NullMarked
package org.pupil.record;

import org.jspecify.annotations.NullMarked;
