package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell script {@code pupil}: it finds Java, builds, and gets out of the way. */
class LauncherIT {
  private static final String PREPARING = "pupil: preparing fast starts (once) ...\n";
  private static final String BUILDING =
      "pupil: building (the first time this fetches libraries: some minutes) ...\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"11.0.2, false", "1.8.0_392, false", "16, true", "9-ea, true"})
  void aJavaThatIsTooOldIsNamed(String version, boolean hasReleaseFile) {
    CheckoutCopy checkout = CheckoutCopy.built(folder.resolve("checkout"));
    Path home = CheckoutCopy.fakeJava(folder.resolve("java"), version);
    if (!hasReleaseFile) {
      TestFiles.write(home.resolve("release"), "");
      CheckoutCopy.script(
          home.resolve("bin/java"), "echo 'openjdk version \"" + version + "\" 2019-01-15' >&2\n");
    }
    checkout
        .in(folder)
        .without("JAVA_HOME")
        .with("PATH", home.resolve("bin") + ":" + System.getenv("PATH"))
        .run("--version")
        .outIsEmpty()
        .errIs("pupil: Java " + version + " is too old: Pupil needs 17 or newer (set JAVA_HOME)\n")
        .exitedWith(5);
  }

  @Test
  void withoutJavaOrMavenItSaysWhatToInstall() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : List.of("sh", "dirname", "readlink", "sed", "find", "head", "mkdir")) {
      for (String place : List.of("/bin", "/usr/bin")) {
        Path program = Path.of(place, tool);
        if (Files.isExecutable(program) && !Files.exists(bin.resolve(tool))) {
          TestFiles.link(bin.resolve(tool), program);
        }
      }
    }
    CheckoutCopy checkout = CheckoutCopy.unbuilt(folder.resolve("checkout"));
    PupilProgram pupil = checkout.in(folder).with("PATH", bin.toString()).without("JAVA_HOME");
    pupil
        .run("--version")
        .errIs("pupil: Java is not found: install a JDK, 17 or newer, or set JAVA_HOME\n")
        .exitedWith(5);
    pupil
        .with("JAVA_HOME", CheckoutCopy.fakeJava(folder.resolve("java"), "17.0.1").toString())
        .without("PUPIL_BUILD")
        .run("--version")
        .errIs("pupil: Maven is not found: install Maven 3.8 or newer to build Pupil\n")
        .exitedWith(5);
  }

  @Test
  void argumentsAndStatusPassThroughUntouched() {
    CheckoutCopy checkout = CheckoutCopy.built(folder.resolve("my checkout's \"copy\""));
    Path home = CheckoutCopy.fakeJava(folder.resolve("my java's home"), "21.0.3");
    PupilProgram pupil =
        checkout
            .in(folder)
            .with("JAVA_HOME", home.toString())
            .with("PUPIL_JAVA_OPTS", "-Xmx4g -Dx=y");
    String[] typed = {
      "label_image",
      "a b",
      "",
      "*",
      "'",
      "\"",
      "$HOME",
      "\\",
      "-",
      "new\nline",
      "`date`",
      "é",
      "--x= y"
    };
    PupilRun run = pupil.run((Object[]) typed).exitedWith(42).errIs(PREPARING);
    assertThat(run.out())
        .endsWith("[org.pupil.app.Main]\n[" + String.join("]\n[", typed) + "]\n")
        .contains(
            "[-Xmx4g]\n[-Dx=y]\n[-XX:SharedArchiveFile="
                + checkout.app()
                + "/classes-21.0.3.jsa]\n[-cp]\n["
                + checkout.app()
                + "/lib/*]\n");
    pupil.run((Object[]) typed).exitedWith(42).errIsEmpty().outIs(run.out());
  }

  @Test
  void itIsCalledThroughLinksAndFromAnywhere() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("some where/bin"));
    TestFiles.link(folder.resolve("first"), Checkout.launcher());
    TestFiles.link(elsewhere.resolve("second"), Path.of("../../first"));
    PupilRun direct = PupilProgram.in(folder).run("--version").exitedWith(0);
    PupilProgram.unprepared(elsewhere, elsewhere.resolve("second"))
        .run("--version")
        .exitedWith(0)
        .errIsEmpty()
        .outIs(direct.out());
    Path home = folder.resolve("my java");
    TestFiles.link(home, Path.of(System.getProperty("java.home")));
    PupilProgram.in(folder)
        .with("JAVA_HOME", home.toString())
        .run("--version")
        .exitedWith(0)
        .errIsEmpty()
        .outIs(direct.out());
  }

  @Test
  void twoFirstStartsAtOnceInAPathWithSpacesBothWork() {
    CheckoutCopy checkout = CheckoutCopy.working(folder.resolve("my own checkout"));
    PupilProgram pupil = checkout.in(folder);
    RunningPupil one = pupil.start("label_image", Photos.duck(), "--graph=nowhere.pb");
    PupilRun two = pupil.run("--version").exitedWith(0);
    one.end().exitedWith(4).errContains("error: there is no graph nowhere.pb");
    assertThat(two.outLines()).singleElement().asString().startsWith("pupil ");

    PupilRun labelled =
        pupil
            .run("label_image", Photos.duck(), "--graph", TaughtModel.BIRDS_AND_FRUIT.graph())
            .succeeded()
            .errIsEmpty();
    labelled.outContains("bird ");
    assertThat(TestFiles.below(checkout.app()))
        .filteredOn(name -> !name.startsWith("lib"))
        .hasSize(2)
        .contains("built")
        .anyMatch(name -> name.matches("classes-.*\\.jsa"));
  }

  @Test
  void aProgramThatCannotBeWrittenToKeepsItsArchiveElsewhere() throws IOException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux");
    Path home = CheckoutCopy.fakeJava(folder.resolve("java"), "17.0.9");
    Path disk = Files.createDirectories(folder.resolve("disk"));
    PupilProgram shell = PupilProgram.in(folder);
    assumeTrue(
        shell.shell("mount -t tmpfs none '" + disk + "'").status() == 0,
        "may not mount a disk: that needs root");
    try {
      CheckoutCopy checkout = CheckoutCopy.built(disk.resolve("checkout"));
      shell.shell("mount -o remount,ro '" + disk + "'").exitedWith(0);
      PupilProgram pupil = checkout.in(folder).with("JAVA_HOME", home.toString());
      Path cache = folder.resolve("cache");
      PupilRun run =
          pupil.with("XDG_CACHE_HOME", cache.toString()).run("x").exitedWith(42).errIs(PREPARING);
      assertThat(run.out())
          .containsPattern("\\[-XX:SharedArchiveFile=" + cache + "/pupil/classes-17.0.9-\\d+.jsa]");
      pupil.with("XDG_CACHE_HOME", cache.toString()).run("x").exitedWith(42).errIsEmpty();

      PupilRun nowhere =
          pupil.with("XDG_CACHE_HOME", disk.toString()).run("x").exitedWith(42).errIsEmpty();
      assertThat(nowhere.out()).doesNotContain("SharedArchiveFile").endsWith("Main]\n[x]\n");
    } finally {
      shell.shell("umount '" + disk + "'").exitedWith(0);
    }
  }

  /** A Maven that builds in no time, is noisy, and notes that it was called. */
  private PupilProgram withFakeMaven(CheckoutCopy checkout, String more) {
    Path bin = folder.resolve("bin");
    CheckoutCopy.script(
        bin.resolve("mvn"),
        """
        echo called >>'%s/calls'
        echo 'Downloading the internet'
        echo 'WARNING: an illegal reflective access' >&2
        %s
        mkdir -p pupil-app/target/pupil/lib
        touch pupil-app/target/pupil/built
        """
            .formatted(folder, more));
    return checkout
        .in(folder)
        .without("PUPIL_BUILD")
        .with("JAVA_HOME", CheckoutCopy.fakeJava(folder.resolve("java"), "17.0.1").toString())
        .with("PATH", bin + ":" + System.getenv("PATH"));
  }

  @Test
  void itBuildsOnItsFirstUseAndWheneverASourceIsNewer() throws IOException {
    CheckoutCopy checkout = CheckoutCopy.unbuilt(folder.resolve("check out"));
    PupilProgram pupil = withFakeMaven(checkout, "");
    PupilRun first = pupil.run("x").exitedWith(42).errIs(BUILDING + PREPARING);
    pupil.run("x").exitedWith(42).errIsEmpty().outIs(first.out());

    Files.setLastModifiedTime(
        checkout.folder().resolve("pupil-core/src/main/java/A.java"),
        FileTime.from(Instant.now().plusSeconds(5)));
    pupil.with("PUPIL_BUILD", "never").run("x").exitedWith(42).errIsEmpty();
    pupil.run("x").exitedWith(42).errContains(BUILDING);
    assertThat(folder.resolve("calls")).hasContent("called\ncalled\n");
  }

  @Test
  void aBuildThatFailsShowsWhatMavenSaid() {
    PupilProgram pupil =
        withFakeMaven(
            CheckoutCopy.unbuilt(folder.resolve("checkout")), "echo 'BUILD FAILURE'; exit 1");
    PupilRun run = pupil.run("x").exitedWith(5).outIsEmpty();
    assertThat(run.err())
        .startsWith(BUILDING)
        .contains("Downloading the internet\n", "an illegal reflective access\n", "BUILD FAILURE\n")
        .contains("pupil: the build failed");
  }

  @Test
  void twoFirstStartsAtOnceBuildOnce() {
    PupilProgram pupil =
        withFakeMaven(CheckoutCopy.unbuilt(folder.resolve("checkout")), "sleep 0.5");
    assumeTrue(pupil.shell("command -v flock").status() == 0, "without flock(1) both would build");
    RunningPupil one = pupil.start("x");
    pupil.run("x").exitedWith(42);
    one.end().exitedWith(42);
    assertThat(folder.resolve("calls")).hasContent("called\n");
  }

  @Test
  void whatIsNotBuiltAndMustNotBeIsSaid() {
    CheckoutCopy checkout = CheckoutCopy.unbuilt(folder.resolve("checkout"));
    checkout
        .in(folder)
        .run("--version")
        .exitedWith(5)
        .errIs("pupil: " + checkout.app() + " is missing: run mvn package\n");
  }

  private static final String NOT_YET =
      " yet: it needs TensorFlow, which has builds for Linux (x86-64, arm64) and macOS (arm64) only";

  @ParameterizedTest
  @CsvSource({
    "FreeBSD amd64, ''",
    "Linux riscv64, ''",
    "Darwin x86_64, ''",
    "MINGW64_NT-10.0-19045 x86_64, '; on Windows use WSL, which is a Linux'"
  })
  void aSystemWithoutTensorFlowIsToldSoInOneSentence(String system, String hint) {
    PupilProgram pupil = withFakeMaven(CheckoutCopy.unbuilt(folder.resolve("checkout")), "");
    CheckoutCopy.script(folder.resolve("bin/uname"), "echo '" + system + "'\n");
    pupil
        .run("x")
        .exitedWith(5)
        .outIsEmpty()
        .errIs("pupil: Pupil does not run on " + system + NOT_YET + hint + "\n");
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  @Test
  void aReleaseForAnotherSystemIsNoticed() {
    CheckoutCopy checkout = CheckoutCopy.unbuilt(folder.resolve("release"));
    TestFiles.write(
        checkout.folder().resolve("lib/tensorflow-core-native-1.1.0-macosx-arm64.jar"), "");
    Path home = CheckoutCopy.fakeJava(folder.resolve("java"), "17.0.1");
    CheckoutCopy.script(folder.resolve("bin/uname"), "echo 'Linux x86_64'\n");
    PupilProgram pupil =
        checkout
            .in(folder)
            .with("JAVA_HOME", home.toString())
            .with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    pupil
        .run("x")
        .exitedWith(5)
        .errIs(
            "pupil: this Pupil was made for another system than linux-x86_64: make one on such a"
                + " system (mvn -Pdist -DskipTests package)\n");
    CheckoutCopy.script(folder.resolve("bin/uname"), "echo 'Darwin arm64'\n");
    pupil.run("x").exitedWith(42);
  }

  /** Maven is asked itself: without a build for its system it says so, whatever else is missing. */
  @Test
  void mavenSaysWhichSystemsThereAre() {
    PupilProgram shell = PupilProgram.in(Checkout.folder());
    assumeTrue(shell.shell("command -v mvn").status() == 0, "there is no Maven here");
    PupilRun run =
        shell
            .with("MAVEN_OPTS", "-Dos.arch=riscv64 -Duser.home=" + System.getProperty("user.home"))
            .shell("mvn -o -B -q -N validate");
    assertThat(run.status()).isNotZero();
    assertThat(run.out())
        .contains("Pupil does not run on ", "riscv64 yet: it needs TensorFlow")
        .doesNotContain("${tensorflow.platform}");
  }
}
