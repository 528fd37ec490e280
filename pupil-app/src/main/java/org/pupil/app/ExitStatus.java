package org.pupil.app;

import org.pupil.errors.PupilException;

/** The exit statuses, which scripts may rely on. */
enum ExitStatus {
  OK(0, "success"),
  INTERNAL(1, "a bug in Pupil; the message names a file with the stack trace"),
  USAGE(2, "wrong usage: an unknown flag, or a value that is not allowed"),
  BAD_INPUT(3, "bad input: photos or folders that cannot be used"),
  BAD_MODEL(4, "bad model: a backbone, graph or labels file that cannot be used"),
  UNAVAILABLE(5, "unavailable: no network, no disk space, no permission to write"),
  DIVERGED(6, "training diverged; the last good weights were kept"),
  FOUND_WANTING(
      7,
      "found wanting: check found something serious, or the accuracy is below --assert_accuracy_at_least"),
  REJECTED(
      8,
      "label_image --reject: a photo is unlike anything the model was trained on, or it is undecided");

  private final int code;
  private final String meaning;

  ExitStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  /** What it means, for help texts. */
  String meaning() {
    return meaning;
  }

  /** The one place where the kind of an error becomes a status. */
  static ExitStatus of(PupilException.Kind kind) {
    return switch (kind) {
      case USAGE -> USAGE;
      case BAD_INPUT -> BAD_INPUT;
      case BAD_MODEL -> BAD_MODEL;
      case UNAVAILABLE -> UNAVAILABLE;
      case DIVERGED -> DIVERGED;
    };
  }
}
