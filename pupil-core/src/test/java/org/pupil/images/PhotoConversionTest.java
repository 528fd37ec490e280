package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.dataset.InstalledConverters;
import org.pupil.dataset.UndecodableImageException;

/**
 * Converters that do all that programs do. Each is a script, in a folder that is the whole PATH.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are for a Unix shell")
class PhotoConversionTest {
  private static final Duration ENOUGH = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Path programs;
  private Path scratch;
  private Path good;

  @BeforeEach
  void makeFolders() throws IOException {
    programs = Files.createDirectory(folder.resolve("programs"));
    scratch = Files.createDirectory(folder.resolve("scratch"));
    good = Files.write(folder.resolve("good.png"), photo("quarters.png"));
  }

  private static byte[] photo(String name) {
    return Pictures.read("converted/" + name);
  }

  private void program(String name, String... lines) throws IOException {
    Path file = programs.resolve(name);
    Files.write(file, Stream.concat(Stream.of("#!/bin/sh"), Stream.of(lines)).toList());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private PhotoConversion conversion(Duration patience) {
    return new PhotoConversion(
        InstalledConverters.onPath(programs.toString(), "Linux"), scratch, patience);
  }

  private EncodedImage convert(String name) throws UndecodableImageException {
    return EncodedImage.of(photo(name), conversion(ENOUGH));
  }

  private void assertRefused(Duration patience, String message) {
    assertThatExceptionOfType(UndecodableImageException.class)
        .isThrownBy(() -> EncodedImage.of(photo("quarters.heic"), conversion(patience)))
        .withMessage(message);
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() {
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void whatTheConverterWritesIsReadAndNothingIsLeft() throws IOException {
    program("heif-dec", "cp '" + good + "' \"$2\"");

    EncodedImage image = convert("quarters.heic");

    assertThat(image.bytes()).isEqualTo(photo("quarters.png"));
    assertThat(image.header()).isEqualTo(ImageHeader.read(photo("quarters.png")));
    assertNothingIsLeft();
  }

  @Test
  void theConverterSeesNamesOfItsOwnAndNoInput() throws IOException {
    program(
        "heif-dec",
        "echo \"$@\" > '" + folder + "/arguments'",
        "cmp photo.heic '" + Files.write(folder.resolve("-x.heic"), photo("quarters.heic")) + "'",
        "cat >> '" + folder + "/arguments'", // would wait for input if there could be any
        "cp '" + good + "' \"$2\"");

    convert("quarters.heic");

    assertThat(folder.resolve("arguments")).hasContent("photo.heic picture.png");
  }

  @Test
  void aPhotoIsConvertedOnce() throws IOException {
    program("heif-dec", "echo once >> '" + folder + "/runs'", "cp '" + good + "' \"$2\"");
    PhotoConversion conversion = conversion(ENOUGH);

    EncodedImage first = EncodedImage.of(photo("quarters.heic"), conversion);

    assertThat(EncodedImage.of(photo("quarters.heic"), conversion)).isSameAs(first);
    assertThat(folder.resolve("runs")).hasContent("once");
    EncodedImage.of(photo("quarters-turned.heic"), conversion);
    assertThat(folder.resolve("runs")).hasContent("once\nonce");
  }

  @Test
  void theConversionsThatWereAskedForLeastLatelyAreForgotten() throws IOException {
    ImageHeader header = ImageHeader.read(photo("quarters.png"));
    RecentConversions recent = new RecentConversions(250);

    recent.keep("a", new EncodedImage(header, new byte[100]));
    recent.keep("b", new EncodedImage(header, new byte[100]));
    assertThat(recent.find("a")).isPresent();
    recent.keep("c", new EncodedImage(header, new byte[100]));
    recent.keep("large", new EncodedImage(header, new byte[251]));

    assertThat(recent.find("a")).isPresent();
    assertThat(recent.find("b")).isEmpty();
    assertThat(recent.find("c")).isPresent();
    assertThat(recent.find("large")).isEmpty();
  }

  @Test
  void withoutAConverterThereIsAdvice() throws IOException {
    assertRefused(
        ENOUGH,
        "HEIC or HEIF is not read here: install heif-dec (libheif) or ImageMagick 7, or save them"
            + " as JPEG; an iPhone takes JPEG photos if Settings > Camera > Formats is \"Most"
            + " Compatible\"");

    program("apt");

    assertThatExceptionOfType(UndecodableImageException.class)
        .isThrownBy(() -> convert("quarters.jxl"))
        .withMessage(
            "JPEG XL is not read here: install the program that reads it, with `sudo apt install"
                + " libjxl-tools`");
  }

  @Test
  void theFirstLineOfAnErrorIsTold() throws IOException {
    program("heif-dec", "echo >&2", "echo 'bad \u001b[31mbox' >&2", "echo more >&2", "exit 3");

    assertRefused(ENOUGH, "heif-dec cannot read it: bad \\u001b[31mbox");
  }

  @Test
  void anErrorWithoutAWordHasItsStatus() throws IOException {
    program("heif-dec", "exit 3");

    assertRefused(ENOUGH, "heif-dec cannot read it (it ended with status 3)");
  }

  @Test
  void aKilledConverter() throws IOException {
    program("heif-dec", "kill -9 $$");

    assertRefused(ENOUGH, "heif-dec cannot read it (it ended with status 137)");
  }

  @Test
  void aConverterThatHangsIsEndedWithWhatItStarted() throws IOException {
    program("heif-dec", "sleep 600 &", "echo $! > '" + folder + "/child'", "wait");

    assertRefused(Duration.ofSeconds(2), "heif-dec takes longer than 2 seconds for it");

    long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
    assertThat(ProcessHandle.of(child).filter(PhotoConversionTest::runs)).isEmpty();
  }

  /** A process that has ended is still there until somebody asks for its status. */
  private static boolean runs(ProcessHandle process) {
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
      return false;
    } catch (Exception e) {
      return process.isAlive();
    }
  }

  @Test
  void aConverterThatWritesWithoutEnd() throws IOException {
    program("heif-dec", "exec cat /dev/zero > \"$2\"");

    // 96 x 64 pixels of 8 bytes, and a megabyte
    assertRefused(ENOUGH, "heif-dec writes more than 1 megabytes for it");
  }

  @Test
  void whatIsNoPicture() throws IOException {
    program("heif-dec", "echo hello > \"$2\"");

    assertRefused(
        ENOUGH,
        "heif-dec wrote a picture that cannot be read: not an image (JPEG, PNG, GIF, BMP, WebP or"
            + " TIFF)");
  }

  @Test
  void nothingAtAll() throws IOException {
    program("heif-dec", "exit 0");

    assertRefused(ENOUGH, "heif-dec wrote no picture");
  }

  @Test
  void theSamePhotoAgain() throws IOException {
    program("heif-dec", "cp \"$1\" \"$2\"");

    assertRefused(ENOUGH, "heif-dec wrote HEIC or HEIF again");
  }

  @Test
  void aFileThatIsNoProgram() throws IOException {
    program("heif-dec");
    Files.writeString(programs.resolve("heif-dec"), "#!/no/such/shell\n");

    assertThatExceptionOfType(UndecodableImageException.class)
        .isThrownBy(() -> convert("quarters.heic"))
        .withMessageStartingWith("heif-dec cannot be run: ");
    assertNothingIsLeft();
  }

  @Test
  void aPictureThatIsCutOff() throws IOException {
    program("heif-dec", "head -c 60 '" + good + "' > \"$2\"");
    ImageDecoder decoder =
        new ImageDecoder(new InputSpec(4, 4, 0, 1), Alpha.WHITE, conversion(ENOUGH));

    assertThatExceptionOfType(UndecodableImageException.class)
        .isThrownBy(() -> decoder.decode(photo("quarters.heic")))
        .withMessage("the image is damaged or cut off");
  }

  @Test
  void ofSeveralPicturesTheFirstCounts() throws IOException {
    program("heif-dec", "echo no > picture-2.png", "cp '" + good + "' picture-1.png");

    assertThat(convert("quarters.heic").bytes()).isEqualTo(photo("quarters.png"));
  }

  @Test
  void theNextConverterIsAskedIfOneRefuses() throws IOException {
    program("heif-convert", "echo 'no decoder for AV1' >&2", "exit 1");
    program("avifdec", "cp '" + good + "' \"$2\"");

    assertThat(convert("quarters.avif").bytes()).isEqualTo(photo("quarters.png"));

    program("avifdec", "exit 1");

    assertThatExceptionOfType(UndecodableImageException.class)
        .isThrownBy(() -> convert("quarters.avif"))
        .withMessage("heif-convert cannot read it: no decoder for AV1");
  }

  @Test
  void avifdecIsNotTrustedWithAPhotoThatIsToBeTurned() throws IOException {
    program("avifdec", "cp '" + good + "' \"$2\"");

    assertThat(convert("quarters.avif").bytes()).isEqualTo(photo("quarters.png"));
    assertThatExceptionOfType(UndecodableImageException.class)
        .isThrownBy(() -> convert("quarters-turned.avif"))
        .withMessageStartingWith("avifdec does not turn this photo upright: install heif-dec");
  }

  @Test
  void whatTheConverterNotesOfTurningDoesNotCount() throws IOException {
    Path turned = Files.write(folder.resolve("turned.png"), Pictures.read("exif6.png"));
    program("heif-dec", "cp '" + turned + "' \"$2\"");

    assertThat(ImageHeader.read(Pictures.read("exif6.png")).orientation())
        .isEqualTo(Orientation.TURN_RIGHT);
    assertThat(convert("quarters.heic").header().orientation()).isEqualTo(Orientation.UPRIGHT);
  }

  @Test
  void anInterruptEndsTheConverter() throws Exception {
    program("heif-dec", "echo $$ > '" + folder + "/started'", "exec sleep 600");
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                convert("quarters.heic");
              } catch (UndecodableImageException | IllegalStateException e) {
                thrown.add(e);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
              }
            });
    thread.start();
    while (!Files.exists(folder.resolve("started"))) {
      Thread.sleep(10);
    }

    thread.interrupt();
    thread.join(30_000);

    assertThat(thrown)
        .singleElement()
        .isInstanceOf(IllegalStateException.class)
        .hasToString("java.lang.IllegalStateException: interrupted while converting a photo");
    assertNothingIsLeft();
  }

  @Test
  void aScratchFolderThatIsNotThere() throws IOException {
    program("heif-dec", "exit 0");
    Files.delete(scratch);

    assertThatExceptionOfType(UndecodableImageException.class)
        .isThrownBy(() -> convert("quarters.heic"))
        .withMessage("cannot convert it in " + scratch + ": no such file or folder");
  }

  @Test
  void whatIsCutOffIsNotConverted() throws IOException {
    program("heif-dec", "touch '" + folder + "/started'");
    for (String name : List.of("quarters.heic", "quarters-turned.avif", "quarters-turned.jxl")) {
      byte[] whole = photo(name);
      byte[] head = Arrays.copyOf(whole, 40);

      assertThatExceptionOfType(UndecodableImageException.class)
          .isThrownBy(() -> EncodedImage.of(head, conversion(ENOUGH)))
          .withMessageStartingWith("the image is");
    }
    assertThat(folder.resolve("started")).doesNotExist();
  }
}
