/** Stop 4 of the data's way. */
@NullMarked
package org.pupil.backbone;

import org.jspecify.annotations.NullMarked;
