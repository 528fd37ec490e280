package org.pupil.board.log;

import com.google.protobuf.ByteString;

/**
 * What is known of a series besides its values.
 *
 * @param tag its name in its run
 * @param plugin the page that shows it: {@code scalars}, {@code histograms}, {@code images}, {@code
 *     text}, {@code pr_curves}, {@code hparams}, {@code graphs} or another's
 * @param displayName what people read, as the log has it; may be empty
 * @param description in Markdown, may be empty; whatever the writer of the log wanted
 * @param pluginContent a message of the plugin's own, may be empty
 * @param kept how many points can be had
 * @param seen how many points the log has
 * @param samples for images: the most in one step; else 0
 */
public record SeriesInfo(
    String tag,
    String plugin,
    String displayName,
    String description,
    ByteString pluginContent,
    int kept,
    long seen,
    int samples) {
  /** What people read: the log's own name for it, else the tag. */
  public String title() {
    return displayName.isEmpty() ? tag : displayName;
  }
}
