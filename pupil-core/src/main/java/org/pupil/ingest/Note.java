package org.pupil.ingest;

import org.pupil.errors.Message;

/**
 * Something about a photo set that a person should know, although the work can go on.
 *
 * @param files how many files, or rows of a table, it speaks of
 * @param message for the person: what, where, and what to do
 */
public record Note(int files, Message message) {
  Note(int files, String message) {
    this(files, Message.of(message));
  }
}
