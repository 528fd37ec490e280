package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.log.proto.GraphDef;

/** A program that is stopped at any moment loses nothing and leaves nothing half done. */
class StoppedIT {
  private static final int PHOTOS = 40;

  /** Slow enough to be stopped in the middle. */
  private static final Object[] SLOW = {
    "retrain",
    "--image_dir=photos",
    "--architecture=efficientnet_lite0_288",
    "--bottleneck_dir=cache",
    "--threads=1"
  };

  private static final Pattern COUNTS =
      Pattern.compile(PHOTOS + " bottlenecks: (\\d+) computed now, (\\d+) from the cache\n");

  @TempDir private Path folder;
  private PupilProgram pupil;

  @BeforeEach
  void photos() {
    pupil = PupilProgram.in(folder);
    Photos.birdsAndFruit(folder.resolve("photos"), PHOTOS / 2, PHOTOS / 2);
  }

  /** How many bottlenecks are in the cache by now. */
  private int kept() {
    Path file = folder.resolve("cache/bottlenecks.db");
    if (!Files.exists(file)) {
      return 0;
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM bottleneck")) {
      return count.getInt(1);
    } catch (SQLException e) {
      return 0; // it is just being made
    }
  }

  private static void assertTakenFromCache(PupilRun run, int atLeast) {
    run.succeeded();
    Matcher counts = COUNTS.matcher(run.err());
    assertThat(counts.find()).as(run::err).isTrue();
    int computed = Integer.parseInt(counts.group(1));
    int cached = Integer.parseInt(counts.group(2));
    assertThat(computed + cached).isEqualTo(PHOTOS);
    assertThat(cached).isGreaterThanOrEqualTo(atLeast);
  }

  @Test
  void killedInTheMiddleOfTheBottlenecksTheNextRunGoesOn() {
    PupilRun killed = pupil.start(SLOW).await("some are kept", () -> kept() >= 8).kill().end();
    killed.exitedWith(137).outIsEmpty();
    int kept = kept();
    assertThat(kept).isBetween(8, PHOTOS - 1);
    assertTakenFromCache(pupil.run(SLOW), kept);
  }

  @Test
  void interruptedItEndsAtOnceAndTheNextRunGoesOn() {
    pupil
        .startInterruptible(SLOW)
        .interruptWhen("some are kept", () -> kept() >= 8)
        .end()
        .exitedWith(130)
        .outIsEmpty()
        .talksToPeople();
    int kept = kept();
    assertThat(kept).isBetween(8, PHOTOS - 1);
    assertTakenFromCache(pupil.run(SLOW), kept);
    assertThat(TestFiles.below(folder.resolve("cache"))).containsExactly("bottlenecks.db");
  }

  @Test
  void interruptedItSaysWhatIsKeptAndTheBoardSaysSoToo() {
    PupilRun stopped =
        pupil
            .startInterruptible(SLOW)
            .interruptWhen("some are kept", () -> kept() >= 8)
            .end()
            .exitedWith(130);
    assertThat(stopped.errLines())
        .anyMatch(line -> line.matches("Stopped after photo \\d+ of 40\\."))
        .contains("What was computed is kept: the next run continues from there.")
        .endsWith("There is no model yet: pupil-model/graph.pb was not written.");
    try (BoardServer board = BoardServer.start(pupil).loaded()) {
      assertThat(board.request("data/plugin/pupil/overview").body())
          .contains("\"session\":\"run-1\"", "\"state\":\"stopped\"", "There is no model yet");
    }
  }

  @Test
  void theBoardShowsAPhotoFromTheFirstSecondAndThatTheRunWasKilled() {
    RunningPupil running = pupil.start(SLOW);
    try (BoardServer board = BoardServer.start(pupil)) {
      running.await(
          "the board shows the photos that are looked at",
          () -> overview(board).contains("\"state\":\"looking\""));
      assertThat(overview(board)).contains("\"looking\":{\"done\":", "\"total\":40");
      running.kill().end();
      board
          .process()
          .await(
              "the board says that it was killed",
              () -> overview(board).contains("\"state\":\"lost\""));
    }
  }

  private static String overview(BoardServer board) {
    return board.request("data/plugin/pupil/overview").body();
  }

  @Test
  void killedInTheMiddleOfTheTeachingTheOldModelIsWhole() throws IOException {
    pupil.run("retrain", "--image_dir=photos", Photos.QUICK).succeeded();
    Path model = folder.resolve("pupil-model");
    List<String> files = List.of("graph.pb", "labels.txt", "evaluation.json");
    List<byte[]> before = files.stream().map(name -> TestFiles.read(model.resolve(name))).toList();

    for (int step = 3; step < 7; step++) {
      PupilRun killed =
          pupil
              .start(
                  "retrain",
                  "--image_dir=photos",
                  Photos.QUICK,
                  "--how_many_training_steps=100000000",
                  "--intermediate_store_frequency=1",
                  "--seed=1")
              .awaitErr("intermediate_" + step + ".pb")
              .kill()
              .end();
      killed.exitedWith(137).outIsEmpty();
    }
    for (int i = 0; i < files.size(); i++) {
      assertThat(model.resolve(files.get(i))).hasBinaryContent(before.get(i));
    }
    List<String> graphs =
        TestFiles.below(model).stream().filter(name -> name.endsWith(".pb")).toList();
    assertThat(graphs)
        .contains("graph.pb", "runs/run-1/graph.pb", "runs/run-2/intermediate/intermediate_1.pb");
    for (String graph : graphs) {
      assertThat(GraphDef.parseFrom(TestFiles.read(model.resolve(graph))).getNodeCount())
          .as(graph)
          .isGreaterThan(10);
    }
    pupil.run("label_image", Photos.duck()).succeeded();
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK, "--how_many_training_steps=5")
        .succeeded();
  }

  @Test
  void twoTeachingsShareOneCache() {
    RunningPupil one = pupil.start(SLOW);
    Object[] elsewhere = new Object[SLOW.length + 3];
    System.arraycopy(SLOW, 0, elsewhere, 0, SLOW.length);
    elsewhere[SLOW.length] = "--output_graph=other/graph.pb";
    elsewhere[SLOW.length + 1] = "--output_labels=other/labels.txt";
    elsewhere[SLOW.length + 2] = "--summaries_dir=other/logs";
    PupilRun two = pupil.run(elsewhere).succeeded();
    PupilRun first = one.end().succeeded();
    assertThat(two.outLines().subList(0, 4)).isEqualTo(first.outLines().subList(0, 4));
    assertThat(kept()).isEqualTo(PHOTOS);
    assertTakenFromCache(pupil.run(SLOW), PHOTOS);
  }

  @Test
  void aFullDiskIsOneLineAndTheCacheStaysReadable() throws IOException {
    Path disk = smallDisk("240k");
    try {
      String cache = "--bottleneck_dir=disk";
      pupil
          .run("retrain", "--image_dir=photos", "--architecture=efficientnet_lite0_32", cache)
          .failedWith(5, "no space left", "disk/bottlenecks.db", "--bottleneck_dir");
      pupil.shell("mount -o remount,size=5m '" + disk + "'").exitedWith(0);
      PupilRun again =
          pupil.run("retrain", "--image_dir=photos", "--architecture=efficientnet_lite0_32", cache);
      assertTakenFromCache(again, 1);
    } finally {
      pupil.shell("umount '" + disk + "'").exitedWith(0);
    }
  }

  @Test
  void aFullDiskForTheModelLeavesTheOldOne() throws IOException {
    Path disk = smallDisk("300k");
    try {
      TestFiles.write(disk.resolve("graph.pb"), "old");
      TestFiles.write(disk.resolve("labels.txt"), "old\n");
      pupil
          .run(
              "retrain",
              "--image_dir=photos",
              Photos.QUICK,
              "--output_graph=disk/graph.pb",
              "--output_labels=disk/labels.txt")
          .failedWith(5, "disk/graph.pb", "No space left");
      assertThat(disk.resolve("graph.pb")).hasContent("old");
      assertThat(disk.resolve("labels.txt")).hasContent("old\n");
      assertThat(TestFiles.below(disk)).containsExactly("graph.pb", "labels.txt");
    } finally {
      pupil.shell("umount '" + disk + "'").exitedWith(0);
    }
  }

  private Path smallDisk(String size) throws IOException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux");
    Path disk = Files.createDirectory(folder.resolve("disk"));
    PupilRun mounted = pupil.shell("mount -t tmpfs -o size=%s none '%s'".formatted(size, disk));
    assumeTrue(mounted.status() == 0, "may not mount a small disk: that needs root");
    return disk;
  }
}
