package org.pupil.board.log;

import java.nio.file.Path;
import org.pupil.files.FileTrouble;
import org.pupil.log.EventReader;

/**
 * How far an event file was read.
 *
 * @param run the name of its run
 * @param file where it is
 * @param records how many records were read
 * @param offset where the next record begins, in bytes
 * @param kind why not more was read
 * @param reason the same as a sentence; empty if all was read
 * @param note which of what was read is not shown, and why, as a sentence; empty if all is
 * @param isCut whether something is left out because there are too many tags
 */
public record EventFileState(
    String run,
    Path file,
    long records,
    long offset,
    EventReader.Kind kind,
    String reason,
    String note,
    boolean isCut) {
  /** Why a file was not read further, as a sentence; empty if all was read. */
  public static String reason(EventReader.Status status) {
    return status
        .refusal()
        .map(refusal -> status.reason() + ": " + FileTrouble.reason(refusal))
        .orElse(status.reason());
  }
}
