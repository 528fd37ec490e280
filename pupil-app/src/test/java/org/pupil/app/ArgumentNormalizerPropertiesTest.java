package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.pupil.errors.PupilException;

class ArgumentNormalizerPropertiesTest {
  private static final List<Flag> FLAGS = ArgumentNormalizerTest.FLAGS;
  private static final ArgumentNormalizer NORMALIZER = new ArgumentNormalizer(FLAGS);

  /** Arguments that look right, half right and not at all. */
  @Provide
  Arbitrary<List<String>> arguments() {
    Arbitrary<String> flag = Arbitraries.of(FLAGS).map(Flag::canonical);
    Arbitrary<String> cut =
        flag.flatMap(
            name ->
                Arbitraries.integers().between(2, name.length()).map(n -> name.substring(0, n)));
    Arbitrary<String> dashed = cut.map(name -> name.replace('_', '-'));
    Arbitrary<String> withValue =
        cut.flatMap(name -> Arbitraries.of("=true", "=-1", "=", "==", "=a b").map(name::concat));
    Arbitrary<String> negated = flag.map(name -> "--no" + name.substring(2));
    Arbitrary<String> others =
        Arbitraries.of("-", "--", "-1", "-h", "true", "a.jpg", "-image", "--x", "", "---");
    return Arbitraries.oneOf(
            flag, cut, dashed, withValue, negated, others, Arbitraries.strings().ofMaxLength(12))
        .list()
        .ofMaxSize(6);
  }

  @Property(tries = 3000)
  void whatComesOutGoesThroughUnchangedAndErrorsAreOneLineOfUsage(
      @ForAll("arguments") List<String> arguments) {
    List<String> normal;
    try {
      normal = NORMALIZER.normalize(arguments);
    } catch (PupilException e) {
      assertThat(e.kind()).isEqualTo(PupilException.Kind.USAGE);
      assertThat(e.getMessage()).isNotBlank().hasLineCount(1);
      return;
    }
    assertThat(NORMALIZER.normalize(normal)).isEqualTo(normal);
  }

  @Property(tries = 500)
  void everyUniqueBeginningIsTheFlagItself(
      @ForAll("flags") Flag flag, @ForAll("values") String value) {
    String whole = flag.name();
    for (int n = 1; n <= whole.length(); n++) {
      String begin = whole.substring(0, n);
      long sharing = FLAGS.stream().filter(f -> f.name().startsWith(begin)).count();
      boolean isWhole = FLAGS.stream().anyMatch(f -> f.name().equals(begin));
      if (sharing == 1 || (isWhole && n == whole.length())) {
        assertThat(NORMALIZER.normalize(List.of("--" + begin + "=" + value)))
            .isEqualTo(NORMALIZER.normalize(List.of("--" + whole + "=" + value)))
            .isEqualTo(NORMALIZER.normalize(List.of("--" + begin.replace('_', '-'), value)));
      }
    }
  }

  @Provide
  Arbitrary<Flag> flags() {
    return Arbitraries.of(FLAGS).filter(flag -> flag.takes() == Flag.Takes.VALUE);
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.integers().map(String::valueOf),
        Arbitraries.strings().ofMaxLength(8).filter(value -> !value.startsWith("-")));
  }

  @Property(tries = 500)
  void aSlipOfTheHandNamesTheFlag(@ForAll("flags") Flag flag, @ForAll int where) {
    String name = flag.name();
    int at = Math.floorMod(where, name.length() - 1);
    List<String> slips = new ArrayList<>();
    slips.add(name.substring(0, at) + "q" + name.substring(at));
    slips.add(name.substring(0, at) + "q" + name.substring(at + 1));
    for (String slip : slips) {
      try {
        assertThat(NORMALIZER.normalize(List.of("--" + slip + "=x"))).isNull();
      } catch (PupilException e) {
        assertThat(e).hasMessageStartingWith("unknown flag --" + slip + ": did you mean --");
        if (name.length() > 8) {
          assertThat(e).hasMessageEndingWith(flag.canonical() + "?");
        }
      }
    }
  }
}
