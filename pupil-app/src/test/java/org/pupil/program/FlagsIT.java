package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags as they are typed. */
class FlagsIT {
  private static final TaughtModel TAUGHT = TaughtModel.BIRDS_AND_FRUIT;

  @TempDir private Path folder;

  @Test
  void dashesUnderscoresEqualSignsAndBeginningsAreUnderstood() {
    PupilProgram pupil = PupilProgram.in(folder);
    String places = " --bottleneck_dir=" + TAUGHT.bottlenecks() + " " + Photos.QUICK;
    PupilRun plain =
        pupil
            .shell(
                "pupil retrain --image_dir "
                    + TAUGHT.photos()
                    + " --how_many_training_steps 30 --learning_rate 0.05 --train_batch_size -1"
                    + places)
            .succeeded();
    pupil
        .shell(
            "pupil teach --image-dir="
                + TAUGHT.photos()
                + " --how_many=30 --learning-rate 0.05 --train-batch=-1"
                + places)
        .succeeded()
        .outIs(plain.out());
  }

  @ParameterizedTest
  @CsvSource({
    "retrain, --learning_rat3, --learning_rate",
    "retrain, --botleneck_dir, --bottleneck_dir",
    "retrain, --image-drr, --image_dir",
    "retrain, -image_dir, --image_dir",
    "retrain, --how_many_steps, --how_many_training_steps",
    "label_image, --iamge, --image",
    "label-image, --lables, --labels"
  })
  void aMisspeltFlagIsAnErrorThatNamesTheNearest(String command, String typed, String meant) {
    PupilProgram.in(folder)
        .run(command, typed + "=1", "--image=x")
        .failedWith(2, "unknown flag " + typed, "did you mean " + meant + "?")
        .inOneLine();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "--learning_rate, x, a number",
    "--learning_rate, -0.1, positive",
    "--learning_rate, NaN, positive",
    "--how_many_training_steps, 5.5, a whole number",
    "--how_many_training_steps, -1, 0 or more",
    "--how_many_training_steps, 99999999999, a whole number",
    "--train_batch_size, 0, -1",
    "--test_batch_size, 0, -1",
    "--validation_batch_size, 0, -1",
    "--eval_step_interval, 0, 1 or more",
    "--testing_percentage, 100, 0 to 99",
    "--validation_percentage, -1, 0 to 99",
    "--random_crop, -5, 0 to 300",
    "--random_brightness, 101, 0 to 100",
    "--seed, pi, a whole number",
    "--threads, 0, at least 1",
    "--optimizer, sgd, 'gradient_descent, momentum, adam, auto'",
    "--precision, float64, 'float32, bfloat16'",
    "--split_rule, random, 'stratified, folders, retrain'",
    "--logging_verbosity, LOUD, 'debug, info, warn, error, fatal'",
    "--flip_left_right, maybe, true or false",
    "--final_tensor_name, a b, node name",
    "--input_height, 0, 1 to 4096",
    "--input_std, 0, not 0",
    "--download_mirror, ::, an address",
    "--download_mirror, ftp://x, http://",
    "--bottleneck_dir, '', empty",
    "--architecture, resnet, mobilenet_0.25",
    "--architecture, mobilenet_0.3_224, 0.25",
    "--architecture, mobilenet_1.0_223, 224",
    "--architecture, efficientnet_lite0_100, 32",
    "--intermediate_store_frequency, often, a whole number"
  })
  void aValueThatMakesNoSenseIsNamedBeforeAnyWork(String flag, String value, String wanted) {
    PupilProgram.in(folder)
        .run("retrain", "--image_dir=" + TAUGHT.photos(), flag + "=" + value)
        .failedWith(2, flag, value, wanted)
        .inOneLine();
  }

  @Test
  void flagsThatContradictEachOtherAreNamed() {
    PupilProgram pupil = PupilProgram.in(folder);
    String photos = "--image_dir=" + TAUGHT.photos();
    pupil
        .run("retrain", photos, "--architecture=inception_v3", "--tfhub_module=x")
        .failedWith(2, "--architecture", "--tfhub_module")
        .inOneLine();
    pupil
        .run("retrain", photos, "--testing_percentage=60", "--validation_percentage=40")
        .failedWith(2, "--testing_percentage", "--validation_percentage", "60 + 40")
        .inOneLine();
    pupil
        .run("retrain", photos, "--flip_left_right", "--optimizer=auto", "--distortion_variants=0")
        .failedWith(2, "--optimizer=auto", "--flip_left_right", "--distortion_variants")
        .inOneLine();
    pupil
        .run("retrain", photos, "--output_graph=model", "--output_labels=./model")
        .failedWith(2, "--output_labels", "--output_graph")
        .inOneLine();
    pupil.run("label_image", "x.jpg", "--json", "--csv").failedWith(2, "--json", "--csv");
    pupil.run("label_image", "x.jpg", "--top_k=0").failedWith(2, "--top_k", "was 0").inOneLine();
    pupil.run("retrain", photos, "tom.jpg").failedWith(2, "tom.jpg").inOneLine();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void helpPrintsEveryDefaultInTheOrderOfTheWork() {
    PupilRun help = PupilProgram.in(folder).run("retrain", "--help").exitedWith(0).errIsEmpty();
    assertThat(help.out())
        .containsSubsequence(
            "Find the photos and split them",
            "--image_dir",
            "Backbone",
            "--architecture",
            "efficientnet_lite0_288",
            "Bottlenecks",
            "--bottleneck_dir",
            "Train the final layer",
            "--how_many_training_steps",
            "4000",
            "--learning_rate",
            "0.01",
            "Evaluate, watch and save",
            "--output_graph");
    assertThat(help.out()).doesNotContain("${", "\u001b");
    assertThat(help.outLines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void theProgramSaysWhatItCanDoAndWhatItsStatusesMean() {
    PupilProgram pupil = PupilProgram.in(folder);
    PupilRun help = pupil.run("--help").exitedWith(0).errIsEmpty();
    help.outContains("retrain", "label_image", "Exit status:\n  0  ", "\n  6  ");
    pupil.run().exitedWith(0).outIs(help.out());
    pupil.run("help", "label_image").exitedWith(0).outContains("--top_k");
    assertThat(pupil.run("--version").exitedWith(0).errIsEmpty().out()).matches("pupil \\d\\S+\n");
    pupil.run("train").failedWith(2, "no command train", "retrain", "label_image").inOneLine();
    pupil.run("--image=x.jpg").failedWith(2, "pupil label_image").inOneLine();
  }
}
