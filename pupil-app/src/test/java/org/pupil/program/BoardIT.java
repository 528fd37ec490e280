package org.pupil.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pupil board} as it is typed, and how it ends. */
class BoardIT {
  private static final TaughtModel TAUGHT = TaughtModel.BIRDS_AND_FRUIT;

  @TempDir private Path folder;

  private static Path logs() {
    return TAUGHT.folder().resolve("pupil-model/runs/run-1");
  }

  @Test
  void whatATeachingWroteIsServedUntilCtrlC() {
    try (BoardServer board =
        BoardServer.start(PupilProgram.in(folder), "--logdir=" + logs(), "--window_title=Ours")) {
      board.loaded();
      assertThat(board.request("").body()).contains("<title>");
      assertThat(board.request("data/runs").body()).isEqualTo("[\"train\",\"validation\",\".\"]");
      assertThat(board.request("data/plugin/scalars/tags").body()).contains("\"accuracy_1\"");
      assertThat(board.request("data/environment").body())
          .contains("\"window_title\":\"Ours\"", "\"data_location\":\"" + logs() + "\"");
      PupilRun ended = board.interrupt();
      ended.exitedWith(0).outIsEmpty();
      assertThat(ended.errLines()).hasSize(2);
      assertThat(ended.errLines().get(0))
          .isEqualTo(
              "Only this computer can open the board; for others in the network, add --bind_all");
    }
  }

  @Test
  void withoutFlagsAllRunsAreServedByTheirNames() {
    try (BoardServer board = BoardServer.start(PupilProgram.in(TAUGHT.folder()))) {
      assertThat(board.loaded().request("data/runs").body())
          .contains("\"run-1\"", "\"run-1/train\"", "\"run-1/validation\"");
    }
  }

  @Test
  void logsOfAPupilThatKnewNoRunsAreServedBesideThem() {
    TestFiles.copyTree(logs(), folder.resolve("pupil-model/logs"));
    TestFiles.copyTree(logs(), folder.resolve("pupil-model/runs/run-1"));
    try (BoardServer board = BoardServer.start(PupilProgram.in(folder))) {
      assertThat(board.loaded().request("data/runs").body())
          .contains("\"run-1/train\"", "\"logs/train\"", "\"logs/.\"");
    }
  }

  @Test
  void aPathPrefixStandsBeforeEverything() {
    try (BoardServer board =
        BoardServer.start(PupilProgram.in(folder), "--logdir=" + logs(), "--path_prefix=/a/b/")) {
      assertThat(board.address().getPath()).isEqualTo("/a/b/");
      board.loaded();
      assertThat(board.request("data/runs").statusCode()).isEqualTo(200);
      var outside = board.request("/data/runs");
      assertThat(outside.statusCode()).isEqualTo(404);
      assertThat(outside.body()).isEqualTo("Not found");
    }
  }

  @Test
  void aStrangersNameForThisMachineIsRefused() throws IOException {
    try (BoardServer board = BoardServer.start(PupilProgram.in(folder), "--logdir=" + logs());
        var socket = new Socket(InetAddress.getLoopbackAddress(), board.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /data/runs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("--host").doesNotContain("validation");
    }
  }

  @Test
  void severalFoldersHaveNames() {
    try (BoardServer board =
        BoardServer.start(
            PupilProgram.in(folder),
            "--logdir_spec=one:" + logs().resolve("train") + ",two:" + logs())) {
      assertThat(board.loaded().request("data/runs").body())
          .contains("\"one/.\"", "\"two/validation\"");
    }
  }

  @Test
  void aFolderThatIsNotThereYetIsWaitedFor() throws IOException {
    Path later = folder.resolve("later");
    try (BoardServer board = BoardServer.start(PupilProgram.in(folder), "--logdir=later")) {
      board.loaded();
      assertThat(board.request("data/plugin/pupil/state").body()).contains("does not exist (yet)");
      Files.createDirectories(later);
      try (var files = Files.list(logs().resolve("train"))) {
        Path log = files.findFirst().orElseThrow();
        Files.copy(log, later.resolve(log.getFileName()));
      }
      board
          .process()
          .await("the run is listed", () -> board.request("data/runs").body().equals("[\".\"]"));
    }
  }

  @Test
  void aPortThatIsTakenIsAnErrorIfItWasGiven() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      PupilProgram.in(folder)
          .run("board", "--logdir=" + logs(), "--port=" + taken.getLocalPort())
          .failedWith(5, "port " + taken.getLocalPort(), "another --port");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--port=70000; --port must be 0 to 65535, was 70000",
        "--port=x; --port",
        "--reload_interval=-1; --reload_interval must not be negative",
        "--samples_per_plugin=scalars=-1; --samples_per_plugin must not be negative",
        "--samples_per_plugin=scalars; --samples_per_plugin must be PLUGIN=N",
        "--path_prefix=a; --path_prefix must begin with a slash",
        "--path_prefix=//x; --path_prefix may have",
        "--host=http://x; --host takes a name or an address",
        "--max_tags=0; --max_tags must be at least 1",
        "--max_points=0; --max_points must be at least 1",
        "--tag=x; need --inspect",
        "--logdri=x; did you mean --logdir?"
      })
  void wrongFlagsAreSaid(String flag, String words) {
    PupilProgram.in(folder).run("board", flag).failedWith(2, words).inOneLine();
  }

  @Test
  void hostAndBindAllExcludeEachOther() {
    PupilProgram.in(folder)
        .run("tensorboard", "--host=localhost", "--bind_all")
        .failedWith(2, "--host or --bind_all");
  }

  @Test
  void inspectPrintsTagsAndSteps() {
    PupilProgram.in(folder)
        .run("board", "--inspect", "--logdir=" + logs())
        .succeeded()
        .outContains(
            "These tags are in " + logs().resolve("train") + ":\n",
            "   accuracy_1\n",
            "sessionlog:start\n   outoforder_steps     []\n   steps                [0]\n",
            "   num_steps ");
    PupilProgram.in(folder)
        .run("board", "--inspect", "--logdir=nothing")
        .failedWith(3, "there are no event files", "--summaries_dir");
  }

  @Test
  void aTeachingCanBeWatchedInTheSameProcess() {
    RunningPupil teaching =
        PupilProgram.in(folder)
            .startInterruptible(
                "retrain",
                "--board",
                "--image_dir=" + TAUGHT.photos(),
                "--bottleneck_dir=" + TAUGHT.bottlenecks(),
                Photos.QUICK);
    try (BoardServer board = BoardServer.of(teaching)) {
      teaching.awaitErr("The board goes on at " + board.address());
      teaching.await(
          "the runs are listed", () -> board.request("data/runs").body().contains("train"));
      board.interrupt().exitedWith(0).outContains("Final test accuracy", "Model: ");
    }
  }
}
