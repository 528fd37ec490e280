package org.pupil.board.inspect;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pupil.board.log.EventFileState;
import org.pupil.errors.OneLine;
import org.pupil.log.EventReader;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.SessionLog;
import org.pupil.log.proto.Summary;

/**
 * What is in some event files: the tags of each kind, and at which steps they were written. The
 * records are looked at as they are, so values of the new form all count as {@code tensor}. Printed
 * as {@code tensorboard --inspect} prints it.
 */
public final class Inspection {
  private static final String SEPARATOR = "=".repeat(70);
  private static final List<String> TAGGED =
      List.of("audio", "histograms", "images", "scalars", "tensor");
  private static final String GRAPH = "graph";
  private static final String CHECKPOINT = "sessionlog:checkpoint";
  private static final String START = "sessionlog:start";
  private static final String STOP = "sessionlog:stop";

  private final String name;
  private final Optional<String> onlyTag;
  private final SortedMap<String, StepStatistics> statistics = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> tags = new TreeMap<>();
  private final List<String> damages = new ArrayList<>();

  private Inspection(String name, Optional<String> onlyTag) {
    this.name = name;
    this.onlyTag = onlyTag;
    TAGGED.forEach(kind -> tags.put(kind, new TreeSet<>()));
    TAGGED.forEach(kind -> statistics.put(kind, new StepStatistics(false)));
    statistics.put(GRAPH, new StepStatistics(false));
    statistics.put(CHECKPOINT, new StepStatistics(false));
    statistics.put(START, new StepStatistics(true));
    statistics.put(STOP, new StepStatistics(true));
  }

  /**
   * Looks through event files.
   *
   * @param name what they are called when they are printed: a folder or a file
   * @param files read one after the other
   * @param onlyTag if given, nothing else is looked at
   */
  public static Inspection of(String name, Collection<Path> files, Optional<String> onlyTag) {
    Inspection inspection = new Inspection(name, onlyTag);
    files.forEach(inspection::read);
    return inspection;
  }

  private void read(Path file) {
    try (EventReader reader = EventReader.of(file)) {
      while (reader.next()) {
        reader.event().ifPresent(this::add);
      }
      if (reader.status().kind() != EventReader.Kind.AT_END) {
        damages.add(file + " " + EventFileState.reason(reader.status()));
      }
    }
  }

  private void add(Event event) {
    if (onlyTag.isEmpty() && event.hasGraphDef()) {
      note(GRAPH, event);
    }
    if (onlyTag.isEmpty() && event.hasSessionLog()) {
      SessionLog.SessionStatus status = event.getSessionLog().getStatus();
      switch (status) {
        case START -> note(START, event);
        case STOP -> note(STOP, event);
        case CHECKPOINT -> note(CHECKPOINT, event);
        default -> {}
      }
    }
    for (Summary.Value value : event.getSummary().getValueList()) {
      String kind = kind(value);
      if (!kind.isEmpty() && onlyTag.filter(tag -> !tag.equals(value.getTag())).isEmpty()) {
        note(kind, event);
        tags.computeIfAbsent(kind, k -> new TreeSet<>()).add(value.getTag());
      }
    }
  }

  private static String kind(Summary.Value value) {
    return switch (value.getValueCase()) {
      case SIMPLE_VALUE -> "scalars";
      case HISTO -> "histograms";
      case IMAGE -> "images";
      case AUDIO -> "audio";
      case TENSOR -> "tensor";
      default -> "";
    };
  }

  private void note(String kind, Event event) {
    statistics.computeIfAbsent(kind, k -> new StepStatistics(false)).add(event.getStep());
  }

  /** What keeps a file from being read to its end, a sentence each. */
  public List<String> damages() {
    return List.copyOf(damages);
  }

  /** Prints tags and statistics. */
  public void print(PrintStream out) {
    if (onlyTag.isPresent()) {
      out.println(OneLine.of("Event statistics for tag " + onlyTag.get() + " in " + name + ":"));
    } else {
      out.println(OneLine.of("These tags are in " + name + ":"));
      tags.forEach((kind, found) -> printList(out, kind, found));
      out.println(SEPARATOR);
      out.println();
      out.println(OneLine.of("Event statistics for " + name + ":"));
    }
    statistics.forEach((kind, one) -> printStatistics(out, kind, one));
    out.println(SEPARATOR);
    out.println();
  }

  private static void printList(PrintStream out, String kind, Collection<String> items) {
    out.println(items.isEmpty() ? kind + " -" : kind);
    items.forEach(item -> out.println("   " + OneLine.of(item)));
  }

  private void printStatistics(PrintStream out, String kind, StepStatistics one) {
    if (one.isEmpty()) {
      if (onlyTag.isEmpty()) {
        out.println(kind + " -");
      }
      return;
    }
    out.println(kind);
    for (Map.Entry<String, Object> line : one.lines().entrySet()) {
      out.printf(Locale.ROOT, "   %-20s %s%n", line.getKey(), line.getValue());
    }
  }
}
