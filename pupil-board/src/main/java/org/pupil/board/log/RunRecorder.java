package org.pupil.board.log;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupil.board.log.SeriesTable.Series;
import org.pupil.log.EventDecoder;
import org.pupil.log.proto.SummaryMetadata;

/**
 * Notes what the events of one file have, and what of it is not shown. To be used within {@link
 * Run#adding}.
 */
final class RunRecorder implements EventDecoder.Visitor {
  private static final String SCALARS = "scalars";

  private final Run run;
  private final SeriesTable table;
  private final WriterTimes times;
  private final WriterTimes.Span span;
  private final Path file;
  private final Set<StepSeries> touched = new LinkedHashSet<>();
  private long offset;
  private boolean mustBeReadAnew;

  private final NotShown notShown = new NotShown();

  RunRecorder(Run run, SeriesTable table, WriterTimes times, Path file) {
    this.run = run;
    this.table = table;
    this.times = times;
    this.span = times.of(file);
    this.file = file;
  }

  /** The next event begins there. */
  void at(long recordOffset) {
    offset = recordOffset;
  }

  /** All events for now were noted. */
  void settle() {
    for (StepSeries series : touched) {
      int gone = series.settle();
      notShown.addReplaced(gone);
      table.addPoints(-gone);
    }
    touched.clear();
  }

  /**
   * Whether points were removed that belong to a training run which turned out to go on: then all
   * files of the run must be read anew, now that this is known.
   */
  boolean mustBeReadAnew() {
    return mustBeReadAnew;
  }

  /** What of the file is not shown, in sentences; empty if all is. */
  String note() {
    return notShown.sentences(run.maxTags(), span.isAlone());
  }

  /** Whether values are missing because there are too many tags. */
  boolean isCut() {
    return notShown.isCut();
  }

  @Override
  public void event(double wallTime) {
    run.noteEvent(wallTime);
  }

  private void noteTime(double wallTime) {
    if (times.note(span, wallTime)) {
      mustBeReadAnew |= run.hasRemoved();
    }
  }

  @Override
  public void started(long step, double wallTime) {
    noteTime(wallTime);
    // The first start is that of the run; any later one goes on from an earlier step.
    if (run.noteStart()) {
      double orphansBefore = span.orphansBefore(wallTime);
      for (Series one : table.all()) {
        if (touched.remove(one.values())) {
          int gone = one.values().settle();
          notShown.addReplaced(gone);
          table.addPoints(-gone);
        }
        if (one.values().endsBefore(orphansBefore)) {
          int before = one.values().size();
          one.values().removeFrom(step);
          noteRemoved(before - one.values().size(), step);
        }
      }
    }
  }

  private void noteRemoved(int removed, long step) {
    if (removed > 0) {
      table.addPoints(-removed);
      run.noteRemoved();
      notShown.addRemoved(removed, step);
    }
  }

  @Override
  public void graph(long step, double wallTime) {
    addRecord(Run.GRAPH_TAG, Run.GRAPHS, null, 0, step, wallTime);
  }

  @Override
  public void runMetadata(String tag, long step, double wallTime) {
    addRecord(tag, Run.RUN_METADATA, null, 0, step, wallTime);
  }

  @Override
  public void scalar(
      String tag, @Nullable SummaryMetadata metadata, long step, double wallTime, double value) {
    noteTime(wallTime);
    Series known = table.get(tag);
    if (known == null) {
      known = table.add(tag, SCALARS, metadata, ScalarSeries::new);
    }
    if (known == null) {
      notShown.addValueOfOtherTag();
    } else if (known.values() instanceof ScalarSeries scalars) {
      int before = scalars.size();
      scalars.add(step, wallTime, span.orphansBefore(wallTime), value);
      noteAdded(scalars, before, step);
    }
  }

  private void noteAdded(StepSeries series, int before, long step) {
    table.addPoints(1);
    noteRemoved(before + 1 - series.size(), step);
    if (!series.isSettled()) {
      touched.add(series);
    }
  }

  @Override
  public void value(
      String tag,
      String plugin,
      @Nullable SummaryMetadata metadata,
      int samples,
      long step,
      double wallTime) {
    addRecord(tag, plugin, metadata, samples, step, wallTime);
  }

  private void addRecord(
      String tag,
      String plugin,
      @Nullable SummaryMetadata metadata,
      int samples,
      long step,
      double wallTime) {
    noteTime(wallTime);
    Series known = table.get(tag);
    if (known == null) {
      if (plugin.isEmpty()) {
        return; // nobody can show it
      }
      known = table.add(tag, plugin, metadata, revision -> new RecordSeries(tag, revision));
    }
    if (known == null) {
      notShown.addValueOfOtherTag();
    } else if (known.values() instanceof RecordSeries records && known.plugin().equals(plugin)) {
      // One tag is of one kind: that of its first value.
      if (isOtherHparams(known, metadata)) {
        notShown.addOtherHparams();
      }
      int before = records.size();
      records.add(step, wallTime, span.orphansBefore(wallTime), file, offset, samples);
      noteAdded(records, before, step);
    }
  }

  /** All that such a value says stands in its metadata, of which the first of a run counts. */
  private static boolean isOtherHparams(Series known, @Nullable SummaryMetadata metadata) {
    return known.plugin().equals("hparams")
        && known.metadata() != null
        && metadata != null
        && !known.metadata().getPluginData().equals(metadata.getPluginData());
  }

  @Override
  public String pluginOf(String tag) {
    Series known = table.get(tag);
    return known == null ? "" : known.plugin();
  }
}
