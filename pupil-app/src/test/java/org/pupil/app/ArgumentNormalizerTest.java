package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.errors.PupilException;
import picocli.CommandLine;

class ArgumentNormalizerTest {
  static final List<Flag> FLAGS =
      Stream.concat(
              Stream.of(
                      "image_dir",
                      "output_graph",
                      "output_labels",
                      "how_many_training_steps",
                      "learning_rate",
                      "testing_percentage",
                      "validation_percentage",
                      "train_batch_size",
                      "test_batch_size",
                      "validation_batch_size",
                      "bottleneck_dir",
                      "architecture",
                      "tfhub_module",
                      "image")
                  .map(name -> new Flag(name, Flag.Takes.VALUE)),
              Stream.of(
                  new Flag("flip_left_right", Flag.Takes.BOOLEAN),
                  new Flag("print_misclassified_test_images", Flag.Takes.BOOLEAN),
                  new Flag("help", Flag.Takes.NOTHING)))
          .toList();

  private static final ArgumentNormalizer NORMALIZER = new ArgumentNormalizer(FLAGS);

  private static List<String> normal(String... arguments) {
    return NORMALIZER.normalize(List.of(arguments));
  }

  private static void assertUsage(String message, String... arguments) {
    assertThatExceptionOfType(PupilException.class)
        .isThrownBy(() -> normal(arguments))
        .withMessage(message)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.USAGE));
  }

  @Test
  void dashesAndUnderscoresAreTheSame() {
    assertThat(normal("--image-dir=a-b_c", "--image_dir", "a-b", "--how-many_training-steps=5"))
        .containsExactly("--image_dir=a-b_c", "--image_dir=a-b", "--how_many_training_steps=5");
  }

  @Test
  void whatTheWorkshopTypesIsUnderstood() {
    assertThat(
            normal(
                "--tfhub_module",
                "https://tfhub.dev/google/imagenet/mobilenet_v1_075_160/feature_vector/1",
                "--how_many_training_steps",
                "1000",
                "--train_batch_size",
                "25",
                "--architecture=mobilenet_0.5_224"))
        .containsExactly(
            "--tfhub_module=https://tfhub.dev/google/imagenet/mobilenet_v1_075_160/feature_vector/1",
            "--how_many_training_steps=1000",
            "--train_batch_size=25",
            "--architecture=mobilenet_0.5_224");
  }

  @Test
  void aBeginningThatIsUniqueIsEnough() {
    assertThat(normal("--how_many=500", "--learning-rat", "0.1", "--arch", "inception_v3"))
        .containsExactly(
            "--how_many_training_steps=500", "--learning_rate=0.1", "--architecture=inception_v3");
  }

  @Test
  void theWholeNameWinsOverLongerOnes() {
    assertThat(normal("--image", "a.jpg", "--image_=b"))
        .containsExactly("--image=a.jpg", "--image_dir=b");
  }

  @Test
  void aBeginningOfSeveralFlagsIsAmbiguous() {
    assertUsage(
        "ambiguous flag --test: could be --test_batch_size, --testing_percentage", "--test=5");
    assertUsage("ambiguous flag --imag: could be --image, --image_dir", "--imag", "x");
  }

  @ParameterizedTest
  @CsvSource({"-1", "-0.5", "-.5", "-1.", "-1e-3", "-2E+5", "-"})
  void negativeNumbersAndALoneDashAreValues(String value) {
    assertThat(normal("--train_batch_size", value)).containsExactly("--train_batch_size=" + value);
    assertThat(normal("--train_batch_size=" + value))
        .containsExactly("--train_batch_size=" + value);
  }

  @Test
  void valuesMayBeAnythingAfterTheEqualsSign() {
    assertThat(
            normal(
                "--image=",
                "--image",
                "",
                "--image=a=b",
                "--image=--help",
                "--image==",
                "--image=@x"))
        .containsExactly(
            "--image=", "--image=", "--image=a=b", "--image=--help", "--image==", "--image=@x");
  }

  @Test
  void aFlagWithoutItsValueIsAnError() {
    assertUsage("--learning_rate needs a value", "--learning_rate");
    assertUsage(
        "--learning_rate needs a value; one that begins with - is typed --learning_rate=--image",
        "--learning",
        "--image",
        "x");
    assertUsage(
        "--image needs a value; one that begins with - is typed --image=-a.jpg",
        "--image",
        "-a.jpg");
    assertUsage(
        "--image needs a value; one that begins with - is typed --image=--", "--image", "--");
  }

  @ParameterizedTest
  @CsvSource({
    "--flip_left_right, true",
    "--flip-left-right=True, true",
    "--flip=1, true",
    "--flip=YES, true",
    "--flip_left_right=false, false",
    "--flip=f, false",
    "--flip_left_right=0, false",
    "--noflip_left_right, false",
    "--no-flip-left-right, false",
    "--no_flip_left_right, false",
    "--noflip, false",
    "--no-f, false",
  })
  void switchesBecomeTrueOrFalse(String typed, boolean value) {
    assertThat(normal(typed, "photo.jpg"))
        .containsExactly("--flip_left_right=" + value, "photo.jpg");
  }

  @Test
  void switchesTakeNoOtherValue() {
    assertUsage("--flip_left_right must be true or false, was maybe", "--flip=maybe");
    assertUsage("--flip_left_right must be true or false, was ", "--flip=");
    assertUsage("--noflip takes no value, was given true", "--noflip=true");
    assertUsage("--help takes no value, was given me", "--help=me");
    assertUsage(
        "--flip_left_right is a switch: type --flip_left_right=false",
        "--flip_left_right",
        "False");
    assertUsage(
        "ambiguous flag --no: could be --noflip_left_right, --noprint_misclassified_test_images",
        "--no");
  }

  @Test
  void onlySwitchesAreNegated() {
    assertUsage(
        "unknown flag --nolearning_rate: did you mean --learning_rate?", "--nolearning_rate");
    assertUsage("unknown flag --nohelp: did you mean --help?", "--nohelp");
  }

  @Test
  void otherArgumentsKeepTheirPlace() {
    assertThat(normal("a.jpg", "-h", "--help", "-", "--image", "b.jpg", "c.jpg", "-v", "-3"))
        .containsExactly("a.jpg", "-h", "--help", "-", "--image=b.jpg", "c.jpg", "-v", "-3");
  }

  @Test
  void nothingAfterTwoDashesIsTouched() {
    assertThat(normal("--image", "a", "--", "--image", "-x", "--", "--wrong"))
        .containsExactly("--image=a", "--", "--image", "-x", "--", "--wrong");
  }

  @ParameterizedTest
  @CsvSource({
    "--learning_rte=0.1, --learning_rte, --learning_rate",
    "--lerning-rate, --lerning-rate, --learning_rate",
    "--learnign_rate, --learnign_rate, --learning_rate",
    "--imgae_dir=x, --imgae_dir, --image_dir",
    "--Image_Dir=x, --Image_Dir, --image_dir",
    "-image_dir=x, -image_dir, --image_dir",
    "--training_steps=5, --training_steps, --how_many_training_steps",
    "--train_steps=5, --train_steps, --how_many_training_steps",
    "--batch_size=5, --batch_size, --test_batch_size",
    "--how_mny=5, --how_mny, --how_many_training_steps",
    "--image_dirs=5, --image_dirs, --image_dir",
    "--rate=5, --rate, --learning_rate",
    "--dir=5, --dir, --image_dir",
  })
  void aMisspeltFlagIsAnErrorThatNamesTheNearest(String typed, String shown, String nearest) {
    assertUsage("unknown flag " + shown + ": did you mean " + nearest + "?", typed, "x");
  }

  @Test
  void aFlagThatResemblesNothingIsAnErrorToo() {
    assertUsage("unknown flag --frobnicate: --help lists the flags", "--frobnicate=3");
    assertUsage("unknown flag --grapes: --help lists the flags", "--grapes");
    assertUsage("unknown flag --: --help lists the flags", "--=3");
    assertUsage("unknown flag ---: --help lists the flags", "---");
    assertUsage("unknown flag --a\\nb: --help lists the flags", "--a\nb");
    assertUsage(
        "unknown flag --" + "x".repeat(58) + "...: --help lists the flags",
        "--" + "x".repeat(200_000));
  }

  @Test
  void aCommandsFlagsAreCheckedOnce() {
    Flag image = new Flag("image", Flag.Takes.VALUE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ArgumentNormalizer(List.of(image, image)))
        .withMessage("flags must be distinct, two were image");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Flag("image-dir", Flag.Takes.VALUE))
        .withMessage("flag's name must be words of a-z and 0-9 parted by _, was image-dir");
  }

  /** What is behind the normaliser: it must read the canonical form as it is meant. */
  @CommandLine.Command(name = "c")
  private static final class Behind {
    @CommandLine.Option(names = "--image")
    private List<String> image = List.of();

    @CommandLine.Option(names = "--train_batch_size")
    private int batch;

    @CommandLine.Option(names = "--flip_left_right", arity = "0..1", fallbackValue = "true")
    private boolean flip;

    @CommandLine.Option(
        names = "--print_misclassified_test_images",
        arity = "0..1",
        fallbackValue = "true")
    private boolean print = true;

    @CommandLine.Parameters private List<String> photos = List.of();
  }

  @Test
  void picocliReadsTheCanonicalForm() {
    Behind behind = new Behind();
    new CommandLine(behind)
        .setExpandAtFiles(false)
        .parseArgs(
            normal(
                    "a.jpg",
                    "--flip",
                    "b.jpg",
                    "--noprint",
                    "--train_batch",
                    "-1",
                    "--image=",
                    "--image=--help",
                    "--image==x=",
                    "--image",
                    "@y",
                    "-",
                    "--",
                    "--image")
                .toArray(String[]::new));

    assertThat(behind.image).containsExactly("", "--help", "=x=", "@y");
    assertThat(behind.batch).isEqualTo(-1);
    assertThat(behind.flip).isTrue();
    assertThat(behind.print).isFalse();
    assertThat(behind.photos).containsExactly("a.jpg", "b.jpg", "-", "--image");
  }
}
