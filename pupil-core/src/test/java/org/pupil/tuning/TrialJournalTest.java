package org.pupil.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;
import org.pupil.tuning.FoldOutcome.CurvePoint;

class TrialJournalTest {
  private static final Configuration ADAM =
      SearchSpace.parse("optimizer=adam,learning_rate=0.5").grid(1).get(0);
  private static final int[] HELD_OUT = {3, 2};

  @TempDir Path folder;

  private static Map<String, String> search() {
    return new LinkedHashMap<>(Map.of("photos", "ab12", "space", "optimizer=adam"));
  }

  private static FoldOutcome outcome(float... losses) {
    BitSet right = new BitSet();
    right.set(0);
    return new FoldOutcome(
        losses,
        right,
        1.5,
        List.of(new CurvePoint(3, 0.5, Double.NaN, 0.25, 1e-3)),
        Optional.empty());
  }

  private Path file() {
    return folder.resolve(TrialJournal.FILE);
  }

  private void fill() {
    try (TrialJournal journal = TrialJournal.begin(folder, search())) {
      journal.keep(ADAM, 0, outcome(1, 2, Float.POSITIVE_INFINITY));
      journal.keep(ADAM, 1, FoldOutcome.failed(new FoldOutcome.Failure(true, "\"ran\"\naway"), 2));
    }
  }

  private TrialJournal resumed() {
    return TrialJournal.resume(folder, search(), HELD_OUT);
  }

  private static void assertSame(Optional<FoldOutcome> found, FoldOutcome expected) {
    assertThat(found).isPresent();
    assertThat(found.get().losses()).containsExactly(expected.losses());
    assertThat(found.get().right()).isEqualTo(expected.right());
    assertThat(found.get().seconds()).isEqualTo(expected.seconds());
    assertThat(found.get().curve()).isEqualTo(expected.curve());
    assertThat(found.get().failure()).isEqualTo(expected.failure());
    assertThat(found.get().fineTuned()).isEqualTo(expected.fineTuned());
  }

  @Test
  void whetherFineTuningWasKeptIsFoundToo() {
    FoldOutcome kept = outcome(1, 2, 3).with(FoldOutcome.FineTuned.KEPT);
    FoldOutcome notKept = outcome(4, 5).with(FoldOutcome.FineTuned.NOT_KEPT);
    try (TrialJournal journal = TrialJournal.begin(folder, search())) {
      journal.keep(ADAM, 0, kept);
      journal.keep(ADAM, 1, notKept);
    }
    try (TrialJournal journal = resumed()) {
      assertSame(journal.find(ADAM, 0), kept);
      assertSame(journal.find(ADAM, 1), notKept);
    }
  }

  @Test
  void whatWasKeptIsFoundAndGoesOn() {
    fill();
    try (TrialJournal journal = resumed()) {
      assertSame(journal.find(ADAM, 0), outcome(1, 2, Float.POSITIVE_INFINITY));
      assertThat(journal.find(ADAM, 1).orElseThrow().failure())
          .contains(new FoldOutcome.Failure(true, "\"ran\"\naway"));
      assertThat(journal.find(Configuration.NONE, 0)).isEmpty();
      journal.keep(Configuration.NONE, 1, outcome(7, 8));
    }
    try (TrialJournal journal = resumed()) {
      assertSame(journal.find(Configuration.NONE, 1), outcome(7, 8));
      assertSame(journal.find(ADAM, 0), outcome(1, 2, Float.POSITIVE_INFINITY));
    }
  }

  @Test
  void aJournalThatIsCutAnywhereHasWhatIsWholeInIt() throws Exception {
    fill();
    byte[] whole = Files.readAllBytes(file());
    int header = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
    int first = new String(whole, StandardCharsets.UTF_8).indexOf('\n', header) + 1;
    for (int length = header; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      try (TrialJournal journal = resumed()) {
        assertThat(journal.find(ADAM, 0).isPresent())
            .as(length + "")
            .isEqualTo(length >= first - 1);
        journal.keep(Configuration.NONE, 0, outcome(4, 5, 6));
      }
      try (TrialJournal journal = resumed()) {
        assertSame(journal.find(Configuration.NONE, 0), outcome(4, 5, 6));
      }
    }
  }

  @Test
  void damagedLinesAndThoseOfOtherPhotosAreAbsent() throws Exception {
    fill();
    String text = Files.readString(file());
    for (String damaged :
        List.of(
            text.replace("\"fold\":0", "\"fold\":1"),
            text.replace("\"fold\":0", "\"fold\":2000000000"),
            text.replace("learning_rate=0.5", "learning_rate=0.4"),
            text.replaceFirst("\"losses\":\"AA", "\"losses\":\"AB"),
            text.replaceFirst("\"losses\":\"[^\"]*\"", "\"losses\":\"?\""),
            text.replaceFirst("\"checksum\":\\d+", "\"checksum\":1"))) {
      assertThat(damaged).isNotEqualTo(text);
      Files.writeString(file(), damaged);
      try (TrialJournal journal = resumed()) {
        assertThat(journal.find(ADAM, 0)).as(damaged).isEmpty();
      }
    }
    Files.writeString(file(), text + "{\"configuration\":[[[[\n\nnull\n[1]\n");
    try (TrialJournal journal = TrialJournal.resume(folder, search(), new int[] {4, 2})) {
      assertThat(journal.find(ADAM, 0)).isEmpty();
    }
  }

  @Test
  void aSearchThatIsAnotherNowIsRefused() {
    fill();
    Map<String, String> otherSpace = search();
    otherSpace.put("space", "optimizer=auto");
    assertThatThrownBy(() -> TrialJournal.resume(folder, otherSpace, HELD_OUT))
        .isInstanceOf(PupilException.class)
        .hasMessage(
            "the search in %s was begun with space optimizer=adam, not optimizer=auto: say the same again, or begin a new search"
                .formatted(folder));
    Map<String, String> otherPhotos = search();
    otherPhotos.put("photos", "cd");
    assertThatThrownBy(() -> TrialJournal.resume(folder, otherPhotos, HELD_OUT))
        .hasMessageStartingWith("the photos, or how they are divided, have changed since");
  }

  @Test
  void whereThereIsNoJournalThereIsNothingToGoOnWith() throws Exception {
    assertThatThrownBy(this::resumed)
        .hasMessage("there is no search to go on with in " + folder + ": begin one");
    Files.writeString(file(), "hello\n");
    assertThatThrownBy(this::resumed)
        .hasMessageEndingWith(
            "is no journal of a search that this Pupil can read: begin a new search");
  }
}
