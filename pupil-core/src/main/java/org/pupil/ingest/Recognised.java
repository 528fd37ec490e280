package org.pupil.ingest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pupil.dataset.Names;
import org.pupil.dataset.SplitSet;

/** One reading of a photo set: which photos there are, and which labels they have. */
public final class Recognised {
  private final Layout layout;
  private final String description;
  private final List<PlannedPhoto> photos;
  private final List<Note> notes;
  private final SortedMap<String, Integer> counts = new TreeMap<>(Names.BY_CODE_POINT);
  private final Map<SplitSet, Integer> sets = new EnumMap<>(SplitSet.class);

  Recognised(Layout layout, String description, List<PlannedPhoto> photos, List<Note> notes) {
    this.layout = layout;
    this.description = description;
    this.photos = List.copyOf(photos);
    this.notes = List.copyOf(notes);
    for (PlannedPhoto photo : photos) {
      counts.merge(photo.label(), 1, Integer::sum);
      photo.set().ifPresent(set -> sets.merge(set, 1, Integer::sum));
    }
  }

  public Layout layout() {
    return layout;
  }

  /** How it was read, for a person: {@code one folder for each label}. */
  public String description() {
    return description;
  }

  /** How many photos there are. */
  public int count() {
    return photos.size();
  }

  /** How many photos each label has, by label in code-point order. */
  public SortedMap<String, Integer> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }

  /** How many photos each set has, where the photo set says that. */
  public Map<SplitSet, Integer> sets() {
    return Collections.unmodifiableMap(sets);
  }

  /** What a person should know. */
  public List<Note> notes() {
    return notes;
  }

  List<PlannedPhoto> photos() {
    return photos;
  }

  /** Whether some photos belong together. */
  boolean hasGroups() {
    return photos.stream().anyMatch(photo -> !photo.group().isEmpty());
  }

  /** Whether each photo has the same label in both. */
  boolean agreesWith(Recognised other) {
    return labels().equals(other.labels());
  }

  private Map<Object, String> labels() {
    Map<Object, String> labels = new HashMap<>();
    photos.forEach(photo -> labels.put(photo.origin(), photo.label()));
    return labels;
  }

  /** The same without some labels. */
  Recognised without(List<String> labelsOut) {
    List<PlannedPhoto> left = new ArrayList<>(photos);
    left.removeIf(photo -> labelsOut.contains(photo.label()));
    return new Recognised(layout, description, left, notes);
  }

  /**
   * The same with names for labels that are numbers from 0.
   *
   * @param names none to keep the numbers
   */
  Recognised named(List<String> names) {
    List<PlannedPhoto> named = new ArrayList<>();
    for (PlannedPhoto photo : photos) {
      named.add(
          new PlannedPhoto(
              photo.origin(),
              name(photo.label(), names),
              photo.set(),
              photo.group(),
              photo.name()));
    }
    return names.isEmpty() ? this : new Recognised(layout, description, named, notes);
  }

  private static String name(String label, List<String> names) {
    return label.matches("\\d{1,6}") && Integer.parseInt(label) < names.size()
        ? names.get(Integer.parseInt(label))
        : label;
  }
}
