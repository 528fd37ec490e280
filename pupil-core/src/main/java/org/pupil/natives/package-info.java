/** What native libraries have in common: where they are unpacked, and that they keep quiet. */
@NullMarked
package org.pupil.natives;

import org.jspecify.annotations.NullMarked;
