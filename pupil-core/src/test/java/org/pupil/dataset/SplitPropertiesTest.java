package org.pupil.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SplitPropertiesTest {

  @Provide
  Arbitrary<SplitSettings> settings() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 60),
            Arbitraries.integers().between(0, 39),
            Arbitraries.longs())
        .as((t, v, seed) -> new SplitSettings(SplitRule.STRATIFIED, t, v, seed));
  }

  /** Names of one label, some of them bursts. */
  @Provide
  Arbitrary<Set<String>> cats() {
    Arbitrary<String> stem = Arbitraries.strings().withChars("ab_\u00e9/7").ofMaxLength(4);
    Arbitrary<String> name =
        Combinators.combine(stem, Arbitraries.of("", "_nohash_1", "_nohash_2"))
            .as((s, burst) -> "cat/x" + s + burst + ".jpg");
    return name.set().ofMinSize(1).ofMaxSize(12);
  }

  private static Map<String, SplitSet> assign(Iterable<String> cats, SplitSettings settings) {
    List<String> names = new ArrayList<>();
    cats.forEach(names::add);
    for (int i = 0; i < 9; i++) {
      names.add("dog/" + i + ".jpg");
    }
    Dataset photos = SplitGoldenTest.photos(names);
    SplitSet[] sets = SplitRule.STRATIFIED.assign(photos, settings);
    Map<String, SplitSet> byName = new HashMap<>();
    for (int i = 0; i < sets.length; i++) {
      byName.put(photos.photos().get(i).name(), sets[i]);
    }
    return byName;
  }

  private static long groups(Set<String> names) {
    return names.stream().map(Photo::groupOf).distinct().count();
  }

  private static Set<SplitSet> setsOf(Set<String> names, Map<String, SplitSet> split) {
    return Set.copyOf(names.stream().map(split::get).toList());
  }

  @Property(tries = 500)
  void everySetHasAPhotoOfEveryLabelWherePossible(
      @ForAll("cats") Set<String> cats, @ForAll("settings") SplitSettings settings) {
    Set<SplitSet> sets = setsOf(cats, assign(cats, settings));
    long wanted =
        IntStream.of(100, settings.testingPercentage(), settings.validationPercentage())
            .filter(share -> share > 0)
            .count();

    assertThat(sets).contains(SplitSet.TRAINING).hasSize((int) Math.min(wanted, groups(cats)));
    assertThat(sets).allMatch(set -> settings.percentage(set) > 0);
  }

  @Property(tries = 500)
  void burstsStayTogether(
      @ForAll("cats") Set<String> cats, @ForAll("settings") SplitSettings settings) {
    Map<String, SplitSet> split = assign(cats, settings);
    Map<String, SplitSet> byKey = new HashMap<>();

    for (String name : cats) {
      SplitSet set = split.get(name);
      assertThat(byKey.putIfAbsent(Photo.groupOf(name), set)).isIn(null, set);
    }
  }

  @Property(tries = 1000)
  void aNewPhotoMovesFewOthers(
      @ForAll("cats") Set<String> cats,
      @ForAll("settings") SplitSettings settings,
      @ForAll("cats") Set<String> more) {
    String added = more.iterator().next();
    Map<String, SplitSet> before = assign(cats, settings);
    List<String> now = new ArrayList<>(cats);
    if (!cats.contains(added)) {
      now.add(added);
    }
    Map<String, SplitSet> after = assign(now, settings);

    List<String> moved =
        before.keySet().stream().filter(name -> before.get(name) != after.get(name)).toList();
    assertThat(moved.stream().map(Photo::groupOf).distinct().count()).isLessThanOrEqualTo(2);
    assertThat(moved).noneMatch(name -> name.startsWith("dog/"));
  }

  @Property(tries = 50)
  void inALargeLabelANewPhotoMovesNone(@ForAll("settings") SplitSettings settings) {
    List<String> cats =
        new ArrayList<>(IntStream.range(0, 1500).mapToObj(i -> "cat/" + i + ".jpg").toList());
    Map<String, SplitSet> before = assign(cats, settings);
    cats.add("cat/new.jpg");

    assertThat(assign(cats, settings)).containsAllEntriesOf(before);
  }

  @Property(tries = 50)
  void sharesAreAboutThoseAskedFor(
      @ForAll("settings") SplitSettings settings, @ForAll @IntRange(min = 1, max = 9999) int from) {
    int n = 3000;
    Map<String, SplitSet> split =
        assign(
            IntStream.range(from, from + n).mapToObj(i -> "cat/" + i + ".jpg").toList(), settings);

    for (SplitSet set : SplitSet.values()) {
      double share = settings.percentage(set) / 100.0;
      double spread = Math.sqrt(n * share * (1 - share));
      long count = split.values().stream().filter(s -> s == set).count();
      // Five standard deviations, and the nine dogs.
      assertThat((double) count).isCloseTo(n * share, within(5 * spread + 9));
    }
  }
}
