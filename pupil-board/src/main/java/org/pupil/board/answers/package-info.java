/**
 * What the answers of several plugins share: tags, points of series, how Python writes numbers and
 * strings, safe HTML. No HTTP.
 *
 * <p>Every value comes from a log and may be anything. A value that is not of the form that its
 * plugin wants is left out, as if it had not been written.
 */
@NullMarked
package org.pupil.board.answers;

import org.jspecify.annotations.NullMarked;
