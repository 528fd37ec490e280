package org.pupil.report;

/**
 * How to find out why a photo was taken for something else.
 *
 * @param command what to type to have it explained; one line, empty if nobody can type it
 * @param heatMap where on the photo the evidence for the wrong label lies, as a {@code data:}
 *     address; empty if there is no such picture
 */
public record MistakeExplanation(String command, String heatMap) {}
