/**
 * What there is on this machine: Java, processor, memory, native libraries, backbones, and what
 * Pupil keeps on the disk and can make again.
 */
@NullMarked
package org.pupil.inventory;

import org.jspecify.annotations.NullMarked;
