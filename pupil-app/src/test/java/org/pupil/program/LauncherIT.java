package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell script {@code pupil}: it finds Java, builds, and gets out of the way. */
class LauncherIT {
  private static final String PREPARING = "pupil: preparing fast starts (once) ...\n";
  private static final String BUILDING =
      "pupil: building (the first time this fetches libraries: some minutes) ...\n";
  private static final String FETCHING =
      "pupil: fetching TensorFlow (once; about 160 MB, and 650 MB unpacked) ...\n";

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
      " yet: it needs ONNX Runtime, which has builds for Linux (x86-64, arm64), macOS (x86-64,"
          + " arm64) and Windows (x86-64) only\n";

  @ParameterizedTest
  @ValueSource(strings = {"FreeBSD amd64", "Linux riscv64"})
  void aSystemWithoutOnnxRuntimeIsToldSoInOneSentence(String system) {
    PupilProgram pupil = withFakeMaven(CheckoutCopy.unbuilt(folder.resolve("checkout")), "");
    CheckoutCopy.script(folder.resolve("bin/uname"), "echo '" + system + "'\n");
    pupil
        .run("x")
        .exitedWith(5)
        .outIsEmpty()
        .errIs("pupil: Pupil does not run on " + system + NOT_YET);
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Darwin x86_64", "MINGW64_NT-10.0-19045 x86_64"})
  void whereTensorFlowHasNoBuildAllElseRuns(String system) {
    PupilProgram pupil = withFakeMaven(CheckoutCopy.unbuilt(folder.resolve("checkout")), "");
    CheckoutCopy.script(folder.resolve("bin/uname"), "echo '" + system + "'\n");
    pupil.run("x").exitedWith(42).errIs(BUILDING + PREPARING);
    pupil
        .run("x", "--engine", "tensorflow")
        .exitedWith(5)
        .outIsEmpty()
        .errContains("pupil: TensorFlow has no build for ")
        .errContains(": leave out --engine tensorflow and --precision bfloat16\n");
  }

  private PupilProgram withFakeMavenThatFetches(CheckoutCopy checkout) {
    return withFakeMaven(
        checkout,
        """
        echo "$*" >>'%s/modules'
        case "$*" in *pupil-tensorflow*)
          mkdir -p pupil-tensorflow/target/libraries
          touch pupil-tensorflow/target/libraries/built ;;
        esac
        """
            .formatted(folder));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--engine tensorflow",
        "--engine=TensorFlow",
        "--precision bfloat16",
        "--precision=bfloat16 --engine=auto"
      })
  void tensorFlowIsFetchedWhenItIsAskedForAndIsThereFromThenOn(String flags) throws IOException {
    CheckoutCopy checkout = CheckoutCopy.unbuilt(folder.resolve("check out"));
    PupilProgram pupil = withFakeMavenThatFetches(checkout);
    String both =
        "[-cp]\n["
            + checkout.app()
            + "/lib/*:"
            + checkout.folder().resolve("pupil-tensorflow/target/libraries")
            + "/*]\n";
    pupil.run("x").exitedWith(42).errIs(BUILDING + PREPARING);
    assertThat(pupil.run("x", "--engine", "onnx", "--precision", "bfloat16").errIsEmpty().out())
        .contains("[-cp]\n[" + checkout.app() + "/lib/*]\n");
    // It does not run these, which Pupil says.
    pupil.run("x", "--engine=tensorflow", "--graph", "a.ONNX").exitedWith(42).errIsEmpty();
    pupil.run("x", "--architecture=a.onnx", "--engine=tensorflow").exitedWith(42).errIsEmpty();

    List<Object> words = new ArrayList<>(List.of("x"));
    words.addAll(List.of(flags.split(" ")));
    PupilRun first = pupil.run(words.toArray()).exitedWith(42).errContains(FETCHING);
    assertThat(first.out()).contains(both);
    assertThat(pupil.run("x").exitedWith(42).errIsEmpty().out()).contains(both);
    List<String> calls = Files.readAllLines(folder.resolve("modules"));
    assertThat(calls).hasSize(2);
    assertThat(calls.get(0)).contains(" -pl pupil-app -am package");
    assertThat(calls.get(1)).contains(" -pl pupil-tensorflow -am package");
  }

  @Test
  void tensorFlowThatIsThereIsBuiltAgainWithTheRest() throws IOException {
    CheckoutCopy checkout = CheckoutCopy.unbuilt(folder.resolve("checkout"));
    PupilProgram pupil = withFakeMavenThatFetches(checkout);
    pupil.run("x", "--engine=tensorflow").exitedWith(42).errIs(BUILDING + FETCHING + PREPARING);
    Files.setLastModifiedTime(
        checkout.folder().resolve("pupil-core/src/main/java/A.java"),
        FileTime.from(Instant.now().plusSeconds(5)));
    pupil.run("x").exitedWith(42).errContains(BUILDING);
    assertThat(Files.readAllLines(folder.resolve("modules")))
        .hasSize(2)
        .allMatch(line -> line.contains(" -pl pupil-app,pupil-tensorflow -am package"));
  }

  @Test
  void twoFirstStartsAtOnceFetchTensorFlowOnce() {
    PupilProgram pupil = withFakeMavenThatFetches(CheckoutCopy.unbuilt(folder.resolve("checkout")));
    assumeTrue(pupil.shell("command -v flock").status() == 0, "without flock(1) both would build");
    RunningPupil one = pupil.start("x", "--engine=tensorflow");
    pupil.run("x", "--engine=tensorflow").exitedWith(42);
    one.end().exitedWith(42);
    assertThat(folder.resolve("calls")).hasContent("called\n");
  }

  @Test
  void whatCannotFetchTensorFlowSaysWhatToDo() {
    CheckoutCopy checkout = CheckoutCopy.built(folder.resolve("checkout"));
    Path home = CheckoutCopy.fakeJava(folder.resolve("java"), "17.0.1");
    checkout
        .in(folder)
        .with("JAVA_HOME", home.toString())
        .run("x", "--engine=tensorflow")
        .exitedWith(5)
        .errIs(
            "pupil: "
                + checkout.folder().resolve("pupil-tensorflow/target/libraries")
                + " is missing: run mvn package\n");
    CheckoutCopy release = CheckoutCopy.unbuilt(folder.resolve("release"));
    TestFiles.write(release.folder().resolve("lib/leptonica-1-linux-x86_64.jar"), "");
    CheckoutCopy.script(folder.resolve("bin/uname"), "echo 'Linux x86_64'\n");
    release
        .in(folder)
        .with("JAVA_HOME", home.toString())
        .with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"))
        .run("x", "--precision=bfloat16")
        .exitedWith(5)
        .errIs(
            "pupil: TensorFlow is not part of this Pupil: type the same in a clone of Pupil's"
                + " sources, which fetches it, then copy pupil-tensorflow/target/libraries from"
                + " there to "
                + release.folder().resolve("tensorflow")
                + "\n");
  }

  @Test
  void aReleaseForAnotherSystemIsNoticed() {
    CheckoutCopy checkout = CheckoutCopy.unbuilt(folder.resolve("release"));
    TestFiles.write(checkout.folder().resolve("lib/leptonica-1.85.0-1.5.11-macosx-arm64.jar"), "");
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
            "pupil: this Pupil was made for another system than linux-x86_64: get the one for"
                + " linux-x86_64, or make it with mvn -Pdist -DskipTests package\n");
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
        .contains("Pupil does not run on ", "riscv64 yet: it needs ONNX Runtime")
        .doesNotContain("${native.platform}");
  }
}
