package org.pupil.app;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.errors.OneLine;
import org.pupil.errors.PupilException;
import org.pupil.ingest.Bytes;
import org.pupil.ingest.IngestListener;
import org.pupil.ingest.KnownDataset;
import org.pupil.ingest.Note;
import org.pupil.ingest.Recognised;

/** Tells a person on stderr how a photo set is brought in, and asks what only a person knows. */
final class DatasetTalk implements IngestListener, AutoCloseable {
  /** Before this has passed there is no bar. */
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private static final int CONTROL_C = 3;
  private static final int CONTROL_D = 4;

  private final Terminal terminal;
  private final Clock clock;
  private final boolean takesLikeliest;
  private final String name;
  private TaskProgress progress;
  private int photos;

  /**
   * @param takesLikeliest whether nobody is asked
   * @param name of the photo set as it was typed
   */
  DatasetTalk(Terminal terminal, Clock clock, boolean takesLikeliest, String name) {
    this.terminal = terminal;
    this.clock = clock;
    this.takesLikeliest = takesLikeliest;
    this.name = name;
    this.progress = progress("Unpacking");
  }

  /** Of photos that are read for another purpose: nobody is asked. */
  static IngestListener quietly(Terminal terminal, Clock clock, String name) {
    return new DatasetTalk(terminal, clock, true, name);
  }

  private TaskProgress progress(String task) {
    return new TaskProgress(terminal, MOMENT, clock, task, "files");
  }

  private void say(String line) {
    terminal.err().println(OneLine.of(line));
  }

  @Override
  public void known(KnownDataset dataset) {
    say("%s: %s".formatted(dataset.name(), dataset.title()));
    say("Licence: " + dataset.licence());
    say("More about it: " + dataset.page());
    if (dataset.size() > 0) {
      say("Size of the download: " + Bytes.of(dataset.size()));
    }
  }

  @Override
  public DownloadListener downloads() {
    return new DownloadListener() {
      private final TaskProgress download =
          new TaskProgress(terminal, true, clock, "Downloading", "MB");

      @Override
      public void started(String address, long doneBytes, OptionalLong totalBytes) {
        say("Downloading " + address);
        if (doneBytes > 0) {
          say("Going on after " + Bytes.of(doneBytes) + " that are here already");
        }
        download.start(totalBytes.orElse(-1), doneBytes);
      }

      @Override
      public void advanced(long doneBytes) {
        download.stepTo(doneBytes);
      }

      @Override
      public void finished() {
        download.stop();
      }
    };
  }

  @Override
  public void reading(String archive) {
    progress.stop();
    progress = progress("Unpacking");
    progress.start(-1, 0);
  }

  @Override
  public void unpacked(int files) {
    progress.stepTo(files);
  }

  @Override
  public void arranging(int photos) {
    progress.stop();
    progress = progress("Sorting");
    progress.start(photos, 0);
    this.photos = photos;
  }

  @Override
  public void arranged(int arranged) {
    progress.stepTo(arranged);
    if (arranged == photos) {
      progress.stop(); // nobody closes this where photos are read for another purpose
    }
  }

  @Override
  public void note(Note note) {
    progress.stop();
    terminal.warn(note.message().in(SettingFlags::of));
  }

  @Override
  public void recognised(Recognised recognised) {
    progress.stop();
    say(
        "%s was read as %s: %s"
            .formatted(name, recognised.layout().typed(), described(recognised)));
  }

  private static String described(Recognised reading) {
    String sets =
        reading.sets().entrySet().stream()
            .map(set -> set.getKey().lowerCaseName() + " " + set.getValue())
            .collect(Collectors.joining(", "));
    return reading.description() + (sets.isEmpty() ? "" : " (" + sets + ")");
  }

  @Override
  public Recognised choose(List<Recognised> readings) {
    progress.stop();
    if (takesLikeliest) {
      return readings.get(0);
    }
    String ways =
        readings.stream()
            .map(
                reading ->
                    "%s (%d labels)".formatted(reading.layout().typed(), reading.counts().size()))
            .collect(Collectors.joining(" or "));
    try (Keys keys =
        Keys.ofTerminal(
            "%s can be read in %d ways, as %s: choose with --layout, or take the first with --yes"
                .formatted(name, readings.size(), ways))) {
      say("%s can be read in %d ways:".formatted(name, readings.size()));
      for (int i = 0; i < readings.size(); i++) {
        say("  %d  %s".formatted(i + 1, inWords(readings.get(i))));
      }
      return answer(keys, readings);
    }
  }

  private static String inWords(Recognised reading) {
    String labels = reading.counts().keySet().stream().limit(3).collect(Collectors.joining(", "));
    return "%s: %s; %d photos of %d labels: %s%s"
        .formatted(
            reading.layout().typed(),
            described(reading),
            reading.count(),
            reading.counts().size(),
            labels,
            reading.counts().size() > 3 ? ", ..." : "");
  }

  private Recognised answer(Keys keys, List<Recognised> readings) {
    keys.begin();
    while (true) {
      terminal.err().print("Which one? [1 to %d, q] ".formatted(readings.size()));
      terminal.err().flush();
      int key = keys.next();
      if (!keys.needEnter() || key == Keys.END) {
        terminal.err().println(Character.isLetterOrDigit(key) ? Character.toString(key) : "");
      }
      if (key == 'q' || key == 'Q' || key == Keys.END || key == CONTROL_C || key == CONTROL_D) {
        throw PupilException.usage("nothing was done: no way of reading was chosen");
      }
      if (key >= '1' && key < '1' + readings.size()) {
        return readings.get(key - '1');
      }
    }
  }

  /** Ends the bar of progress. */
  @Override
  public void close() {
    progress.stop();
  }
}
