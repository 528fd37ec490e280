package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What a run came to, and what one expects of it. Every method that checks returns the run.
 *
 * @param command what was typed
 * @param status the exit status; 128 and the signal's number for a process that was killed
 * @param out stdout
 * @param err stderr
 */
record PupilRun(List<String> command, int status, String out, String err) {
  private static final String ERROR = "error: ";

  private String all() {
    return "%s%n--- status %d, stdout:%n%s%n--- stderr:%n%s".formatted(command, status, out, err);
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  List<String> errLines() {
    return err.lines().toList();
  }

  PupilRun exitedWith(int expected) {
    assertThat(status).as(this::all).isEqualTo(expected);
    return this;
  }

  PupilRun outIs(String expected) {
    assertThat(out).as(this::all).isEqualTo(expected);
    return this;
  }

  PupilRun outContains(String... parts) {
    assertThat(out).as(this::all).contains(parts);
    return this;
  }

  PupilRun outIsEmpty() {
    return outIs("");
  }

  PupilRun errIs(String expected) {
    assertThat(err).as(this::all).isEqualTo(expected);
    return this;
  }

  PupilRun errIsEmpty() {
    return errIs("");
  }

  PupilRun errContains(String... parts) {
    assertThat(err).as(this::all).contains(parts);
    return this;
  }

  PupilRun errHasNo(String... parts) {
    assertThat(err).as(this::all).doesNotContain(parts);
    return this;
  }

  /** All went well: the status is 0, and no line of stderr is an error or a library's chatter. */
  PupilRun succeeded() {
    exitedWith(0);
    assertThat(errLines()).as(this::all).noneMatch(line -> line.startsWith(ERROR));
    return talksToPeople();
  }

  /**
   * It failed as it should: nothing on stdout, and one line on stderr, the last, that is the error
   * and has the parts.
   */
  PupilRun failedWith(int expected, String... parts) {
    outIsEmpty();
    exitedWith(expected);
    return endsWithError(parts);
  }

  /** The last line on stderr is the only error. */
  PupilRun endsWithError(String... parts) {
    assertThat(errLines()).as(this::all).isNotEmpty();
    assertThat(errLines().stream().filter(line -> line.startsWith(ERROR)))
        .as(this::all)
        .containsExactly(errLines().get(errLines().size() - 1));
    for (String part : parts) {
      assertThat(errLines().get(errLines().size() - 1)).as(this::all).contains(part);
    }
    return talksToPeople();
  }

  /** There is one line on stderr and no more. */
  PupilRun inOneLine() {
    assertThat(errLines()).as(this::all).hasSize(1);
    return this;
  }

  /** No photo was decoded. */
  PupilRun beforeDecoding() {
    assertThat(errLines()).as(this::all).noneMatch(line -> line.matches("\\d+ bottlenecks: .*"));
    return this;
  }

  /** No stack traces, no exceptions' names, nothing from TensorFlow, Java or Maven. */
  PupilRun talksToPeople() {
    assertThat(errLines())
        .as(this::all)
        .allMatch(
            line ->
                line.isEmpty()
                    || line.matches(
                        "(error|warning|pupil): .*|Found .*|Distortions: .*|Fine-tuning.*|Layers below: .*|(Epoch|Ended after epoch) \\d+.*|On the \\d+ photos .*"
                            + "|If it is kept, .*|Training them again on .*"
                            + "|To fit into .*|Going on after .*|There is a run .*|Saved in .*|Backbone .*|Downloading .*"
                            + "|Stopped .*|What was computed .*|The bottlenecks of .*"
                            + "|Report: .*|Looking for similar .*"
                            + "|(Labelling|Cross-validating|Learning from fewer photos): .*"
                            + "|There is no model .*|The model is .*"
                            + "|Up to .* trials, .*|Trial \\d+: .*|Training the winner, .*"
                            + "|  [a-z_]+=.*| +\\^"
                            + "|.*: (unlike anything it was trained on|undecided between .*)"
                            + "|Bottlenecks: .*|Figures of a step .*|N=\\d+: .*|Save intermediate .*|\\d+ (photos|bottlenecks).*"
                            + "|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}: Step \\d+: .*"))
        .noneMatch(line -> line.contains("Exception"));
    return this;
  }
}
