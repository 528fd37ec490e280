package org.pupil.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

class PhotoFolderTest {
  private static final String JPEG = "\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0\1\1\0\0\1\0\1";
  private static final String HEIC = "\0\0\0\u0018ftypheic\0\0\0\0mif1";
  private static final String TIFF = "II*\0\b\0\0\0\u000e\0\0\1\u0004\0\1\0\0\0\0\1";

  private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
  private final Path dir = files.getPath("/home/ann/photos");

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  private Path file(String name, String bytes) throws IOException {
    Path path = dir.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.write(path, bytes.getBytes(ISO_8859_1));
  }

  /** A second label, so that the folder is a good one. */
  private void aDog() throws IOException {
    file("dog/rex.jpg", "x");
  }

  private Dataset scan() {
    return PhotoFolder.scan(dir, LabelRule.FOLDER);
  }

  private static List<String> names(Dataset set) {
    return set.photos().stream().map(Photo::name).toList();
  }

  private static List<String> messages(Dataset set, Problem.Kind kind) {
    return set.problems().stream()
        .filter(p -> p.kind() == kind)
        .map(problem -> problem.messageIn(Setting::toString))
        .toList();
  }

  @Test
  void theFolderWherePupilKeepsItsModelsIsNoLabel() throws IOException {
    aDog();
    file("cat/tom.jpg", "x");
    file("pupil-model/bottlenecks/bottlenecks.db", "x");
    file("pupil-model/runs/run-1/sprite.png", "x");
    file("models/runs/newest/sprite.png", "x");
    file("runs/far.jpg", "x");

    assertThat(scan().labels().names()).containsExactly("cat", "dog", "runs");
  }

  @Test
  void aPhotoHasPathNameLabelSizeAndTime() throws IOException {
    aDog();
    Path tom = file("cat/garden/tom.jpg", "12345");
    Files.setLastModifiedTime(tom, FileTime.fromMillis(1_700_000_000_123L));

    Dataset set = scan();

    assertThat(set.labels().names()).containsExactly("cat", "dog");
    assertThat(set.photos().get(0))
        .isEqualTo(new Photo(new PhotoFile(tom, 5, 1_700_000_000_123L), "cat/garden/tom.jpg", 0));
    assertThat(set.photos().get(1).label()).isEqualTo(1);
    assertThat(set.countByLabel()).containsExactly(1, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jpg", "a.JPG", "a.Jpeg", "a.jpe", "a.jfif", "a.PnG", "a.gif", "a.bmp", "a.WEBP", "a.tif",
        "a.tiff", "a.b.jpg"
      })
  void aPhotosNameIsEnoughInAnyLetterCase(String name) throws IOException {
    aDog();
    file("cat/" + name, "not read here");

    assertThat(names(scan())).containsExactly("cat/" + name, "dog/rex.jpg");
  }

  @ParameterizedTest
  @CsvSource({
    "jpeg, '\u00ff\u00d8\u00ff\u00e1 Exif'",
    "gif87, GIF87a",
    "gif89.dat, GIF89a",
    "webp.download, RIFFabcdWEBPVP8",
    "tiff-big-endian, 'MM\0*\0\0\0\b'",
    "big-tiff, 'II+\0\b\0\0\0'",
    "bmp, 'BM\1\2\3\4\0\0\0\0\66\0\0\0\50\0\0\0..'",
  })
  void otherFilesArePhotosByTheirFirstBytes(String name, String bytes) throws IOException {
    aDog();
    file("cat/" + name, bytes);

    assertThat(names(scan())).containsExactly("cat/" + name, "dog/rex.jpg");
  }

  @Test
  void aPngIsKnownByItsFirstBytes() throws IOException {
    aDog();
    file("cat/download(1)", "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR");

    assertThat(names(scan())).containsExactly("cat/download(1)", "dog/rex.jpg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "B", "BM and other car makers", "RIFFabcdAVI ", "\u00ff\u00d8", "GIF88a"})
  void otherBytesAreNoPhoto(String bytes) throws IOException {
    aDog();
    file("cat/tom.png", "x");
    file("cat/notes", bytes);

    Dataset set = scan();

    assertThat(names(set)).containsExactly("cat/tom.png", "dog/rex.jpg");
    assertThat(messages(set, Problem.Kind.NOT_A_PHOTO))
        .containsExactly(
            "cat: left out 1 file of another kind (cat/notes): photos are JPEG, PNG, GIF, BMP, WebP"
                + " or TIFF");
  }

  @Test
  void heicAndRawAreCountedWithAdvice() throws IOException {
    aDog();
    file("cat/tom.jpg", "x");
    file("cat/b/IMG_2.HEIC", HEIC);
    file("cat/b/IMG_1.heic", HEIC);
    file("cat/c.avif", "\0\0\0\u0018ftypavif");
    file("cat/c.jxl", "\u00ff\n");
    file("cat/without-extension", HEIC);
    file("dog/IMG_3.heic", HEIC);
    file("cat/d.NEF", TIFF);
    file("cat/e.cr3", "\0\0\0\u0018ftypcrx ");

    Dataset set =
        PhotoFolder.scan(dir, dir.toString(), LabelRule.FOLDER, 2, InstalledConverters.none());

    assertThat(names(set)).containsExactly("cat/tom.jpg", "dog/rex.jpg");
    assertThat(messages(set, Problem.Kind.UNSUPPORTED_FORMAT))
        .containsExactly(
            "cat: left out 3 photos in HEIC or HEIF (first cat/b/IMG_1.heic): install heif-dec"
                + " (libheif) or ImageMagick 7, or save them as JPEG; an iPhone takes JPEG photos if"
                + " Settings > Camera > Formats is \"Most Compatible\"",
            "cat: left out 1 photo in AVIF (cat/c.avif): install heif-dec (libheif) or ImageMagick 7,"
                + " or save them as JPEG",
            "cat: left out 1 photo in JPEG XL (cat/c.jxl): install djxl (libjxl) or ImageMagick 7, or"
                + " save them as JPEG",
            "cat: left out 2 photos in a camera's raw format (first cat/d.NEF): export as JPEG"
                + " first, with the camera's own program or `darktable-cli FILE FILE.jpg`",
            "dog: left out 1 photo in HEIC or HEIF (dog/IMG_3.heic): see above");
    assertThat(set.problems().get(0).files()).isEqualTo(3);
    assertThat(set.problems().get(0).kind().leavesPhotosOut()).isTrue();
  }

  @Test
  void whatAConverterReadsIsAPhoto(@TempDir Path programs) throws IOException {
    Path converter = Files.createFile(programs.resolve("heif-convert"));
    assertThat(converter.toFile().setExecutable(true)).isTrue();
    aDog();
    file("cat/tom.heic", HEIC);
    file("cat/kit.AVIF", "x");
    file("cat/kat", HEIC);
    file("cat/empty.heic", "");
    file("cat/puss.jxl", "\u00ff\n");

    Dataset set =
        PhotoFolder.scan(
            dir,
            dir.toString(),
            LabelRule.FOLDER,
            2,
            InstalledConverters.onPath(programs.toString(), "Linux"));

    assertThat(names(set))
        .containsExactly("cat/kat", "cat/kit.AVIF", "cat/tom.heic", "dog/rex.jpg");
    assertThat(messages(set, Problem.Kind.UNSUPPORTED_FORMAT))
        .singleElement(as(STRING))
        .startsWith("cat: left out 1 photo in JPEG XL (cat/puss.jxl): ");
    assertThat(messages(set, Problem.Kind.EMPTY_FILE)).hasSize(1);
  }

  @Test
  void aJpegThatIsCalledHeicIsAPhoto() throws IOException {
    aDog();
    file("cat/tom.heic", JPEG);

    assertThat(names(scan())).containsExactly("cat/tom.heic", "dog/rex.jpg");
  }

  @Test
  void rawFilesWithoutTheirExtensionAreKnownByTheirBytes() {
    assertThat(FileKind.ofFirstBytes("II*\0\u0010\0\0\0CR\2\0".getBytes(ISO_8859_1)))
        .isEqualTo(FileKind.RAW);
    assertThat(FileKind.ofFirstBytes("FUJIFILMCCD-RAW ".getBytes(ISO_8859_1)))
        .isEqualTo(FileKind.RAW);
    assertThat(FileKind.ofFirstBytes("IIRO\b\0\0\0".getBytes(ISO_8859_1))).isEqualTo(FileKind.RAW);
    assertThat(FileKind.ofFirstBytes("IIU\0\u0018\0\0\0".getBytes(ISO_8859_1)))
        .isEqualTo(FileKind.RAW);
    assertThat(FileKind.ofFirstBytes("\0\0\0\u0018ftypisom".getBytes(ISO_8859_1)))
        .isEqualTo(FileKind.OTHER);
  }

  @Test
  void aPhotoOfNoBytesIsLeftOut() throws IOException {
    aDog();
    file("cat/tom.jpg", "x");
    file("cat/half.jpg", "");

    Dataset set = scan();

    assertThat(names(set)).containsExactly("cat/tom.jpg", "dog/rex.jpg");
    assertThat(messages(set, Problem.Kind.EMPTY_FILE))
        .containsExactly(
            "cat: left out 1 photo of 0 bytes (cat/half.jpg): copy again from the source");
  }

  @Test
  void hiddenFilesAndWhatSystemsLeaveArePassedOver() throws IOException {
    aDog();
    file("cat/tom.jpg", "x");
    file("cat/._tom.jpg", "x");
    file("cat/.hidden/a.jpg", "x");
    file("cat/__MACOSX/a.jpg", "x");
    file("cat/@eaDir/tom.jpg/thumb.jpg", "x");
    file("cat/Thumbs.db", JPEG);
    file("cat/DESKTOP.INI", JPEG);
    file("cat/.DS_Store", JPEG);
    file("__MACOSX/cat/tom.jpg", "x");
    file(".git/a.jpg", "x");

    Dataset set = scan();

    assertThat(names(set)).containsExactly("cat/tom.jpg", "dog/rex.jpg");
    assertThat(set.problems()).extracting(Problem::kind).containsOnly(Problem.Kind.FEW_PHOTOS);
  }

  @Test
  void anImageFolderThatIsHiddenItselfIsScanned() throws IOException {
    Path hidden = Files.createDirectories(files.getPath("/home/ann/.photos"));
    for (String name : List.of("cat", "dog")) {
      Files.write(Files.createDirectory(hidden.resolve(name)).resolve("a.jpg"), new byte[1]);
    }

    assertThat(PhotoFolder.scan(hidden, LabelRule.FOLDER).photos()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "Foo_Bar!, 'foo bar '",
    "\u00c4hre, ' hre'",
    "_x, ' x'",
    "a  -- b9, 'a b9'",
    "K\u212a, kk",
    "I\u0130, 'ii '",
  })
  void labelsAreMadeAsRetrainPyMakesThem(String folder, String label) throws IOException {
    aDog();
    file(folder + "/a.jpg", "x");

    assertThat(PhotoFolder.scan(dir, LabelRule.RETRAIN).labels().names()).contains(label);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Golden_Retriever",
        "\u00c4pfel",
        "\u043a\u043e\u0448\u043a\u0430",
        "\u72ac",
        "\u0643\u0644\u0628",
        "\u0915\u0941\u0924\u094d\u0924\u093e",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "!!!",
        "+",
        "K\u212a",
        "a  -- b9"
      })
  void aLabelIsItsFoldersNameAsItIs(String folder) throws IOException {
    aDog();
    file(folder + "/a.jpg", "x");

    String composed = Normalizer.normalize(folder, Normalizer.Form.NFC);
    assertThat(scan().labels().names()).contains(composed);
    assertThat(messages(scan(), Problem.Kind.LABEL_TRIMMED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {" cat", "cat  ", "\u3000cat\u00a0", "\ufeffcat"})
  void whiteSpaceAtTheEndsIsCutOffAndMentioned(String folder) throws IOException {
    aDog();
    file(folder + "/a.jpg", "x");

    Dataset set = scan();

    assertThat(set.labels().names()).containsExactlyInAnyOrder("cat", "dog");
    assertThat(names(set)).contains(folder + "/a.jpg");
    assertThat(messages(set, Problem.Kind.LABEL_TRIMMED))
        .containsExactly(
            "folder '%s': its label is 'cat', without the white space at the ends: rename the folder"
                .formatted(folder));
  }

  @ParameterizedTest
  @CsvSource({
    "'cat\nmeow', cat\\nmeow",
    "'cat\tmeow', cat\\tmeow",
    "cat\u001b[31m, cat\\u001b[31m",
    "cat\u0085, cat\\u0085",
    "cat\u2028meow, cat\\u2028meow"
  })
  void aLabelThatWouldBreakItsLineIsBadInput(String folder, String shown) throws IOException {
    aDog();
    file(folder + "/a.jpg", "x");

    assertBadInput(
        "folder '%s' in /home/ann/photos: a label must have no line feed, tab or other control character: rename it"
            .formatted(shown));
  }

  @Test
  void aNameThatIsNotInUtf8IsNoLabel() throws IOException {
    aDog();
    file("caf\ufffd/a.jpg", "x");

    assertBadInput(
        "folder 'caf\ufffd' in /home/ann/photos: its name is not in UTF-8, so it cannot be a label:"
            + " rename it");
  }

  @Test
  void labelsThatLookLikeOneAreMentioned() throws IOException {
    file("Big_Cat/tom.jpg", "x");
    file("big cat/kit.jpg", "x");

    Dataset set = scan();

    assertThat(set.labels().names()).containsExactly("Big_Cat", "big cat");
    assertThat(messages(set, Problem.Kind.LABELS_ALIKE))
        .containsExactly(
            "'Big_Cat' and 'big cat' are used as two labels: if they are one, merge the folders");
  }

  @Test
  void labelsStandInTheCodePointOrderOfTheirFolders() throws IOException {
    // As UTF-16 the emoji's first half sorts before the full-width letter.
    for (String folder : List.of("\ud83d\ude00 9", "\uff21 8", "b", "Z", "a b", "a-b 2", "a")) {
      file(folder + "/x.jpg", "x");
    }

    assertThat(scan().labels().names())
        .containsExactly("Z", "a", "a b", "a-b 2", "b", "\uff21 8", "\ud83d\ude00 9");
    assertThat(PhotoFolder.scan(dir, LabelRule.RETRAIN).labels().names())
        .containsExactly("z", "a", "a b", "a b 2", "b", " 8", " 9");
  }

  @Test
  void photosStandInTheCodePointOrderOfTheirNames() throws IOException {
    aDog();
    for (String name :
        List.of("b.jpg", "B.jpg", "a/z.jpg", "a.jpg", "\ud83d\ude00.jpg", "\uff21.jpg")) {
      file("cat/" + name, "x");
    }

    assertThat(names(scan()))
        .containsExactly(
            "cat/B.jpg",
            "cat/a.jpg",
            "cat/a/z.jpg",
            "cat/b.jpg",
            "cat/\uff21.jpg",
            "cat/\ud83d\ude00.jpg",
            "dog/rex.jpg");
  }

  @Test
  void namesAreTheSameFromMacOsAndLinux() throws IOException {
    String composed = "\u00c4hre/\u00e9t\u00e9.jpg";
    String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
    aDog();
    Path path = file(decomposed, "x");

    Dataset set = scan();

    assertThat(set.photos().get(1).name()).isEqualTo(composed);
    assertThat(set.photos().get(1).source().file().orElseThrow().path()).isEqualTo(path);
    assertThat(set.labels().names()).containsExactly("dog", "\u00c4hre");
  }

  @Test
  void aFileIsCountedOnceUnderALabelHoweverManyLinksLeadToIt() throws IOException {
    aDog();
    Path tom = file("cat/tom.jpg", "x");
    Files.createSymbolicLink(dir.resolve("cat/a-link.jpg"), tom);
    Files.createSymbolicLink(dir.resolve("cat/no-extension"), tom);
    file("cat/sub/kit.jpg", "x");
    Files.createSymbolicLink(dir.resolve("cat/again"), dir.resolve("cat/sub"));
    Files.createSymbolicLink(dir.resolve("cat/sub/up"), dir.resolve("cat/again"));

    assertThat(names(scan())).containsExactly("cat/sub/kit.jpg", "cat/tom.jpg", "dog/rex.jpg");
  }

  @Test
  void linksOutOfTheFolderAreFollowed() throws IOException {
    aDog();
    Path disk = Files.createDirectories(files.getPath("/disk/2019"));
    Files.write(disk.resolve("far.jpg"), new byte[1]);
    Files.write(files.getPath("/disk/near.jpg"), new byte[1]);
    file("cat/tom.jpg", "x");
    Files.createSymbolicLink(dir.resolve("cat/old"), disk);
    Files.createSymbolicLink(dir.resolve("cat/one"), files.getPath("/disk/near.jpg"));
    Files.createSymbolicLink(dir.resolve("bird"), disk);

    // A link without a photo's extension is judged by the bytes.
    Dataset set = scan();

    assertThat(names(set))
        .containsExactly("bird/far.jpg", "cat/old/far.jpg", "cat/tom.jpg", "dog/rex.jpg");
    assertThat(messages(set, Problem.Kind.NOT_A_PHOTO)).hasSize(1);
  }

  @Test
  void onePhotoUnderTwoLabelsIsFoundUnderBoth() throws IOException {
    Path rex = file("dog/rex.jpg", "x");
    file("cat/tom.jpg", "x");
    Files.createSymbolicLink(dir.resolve("cat/rex.jpg"), rex);

    assertThat(names(scan())).containsExactly("cat/rex.jpg", "cat/tom.jpg", "dog/rex.jpg");
  }

  @Test
  void linksBackToAFolderAroundThemAreNotFollowed() throws IOException {
    aDog();
    file("cat/tom.jpg", "x");
    file("cat/sub/kit.jpg", "x");
    Files.createSymbolicLink(dir.resolve("cat/sub/loop"), files.getPath(".."));
    Files.createSymbolicLink(dir.resolve("cat/sub/self"), files.getPath("."));
    Files.createSymbolicLink(dir.resolve("cat/all"), dir);
    Files.createSymbolicLink(dir.resolve("cat/home"), files.getPath("/home"));
    Files.createSymbolicLink(dir.resolve("every"), dir);
    Path disk = Files.createDirectories(files.getPath("/disk/eggs"));
    Files.write(disk.resolve("egg.jpg"), new byte[1]);
    Files.write(files.getPath("/disk/other.jpg"), new byte[1]);
    Files.createSymbolicLink(dir.resolve("egg"), disk);
    Files.createSymbolicLink(disk.resolve("disk"), files.getPath("/disk"));

    Dataset set = scan();

    assertThat(names(set))
        .containsExactly("cat/sub/kit.jpg", "cat/tom.jpg", "dog/rex.jpg", "egg/egg.jpg");
    assertThat(messages(set, Problem.Kind.BAD_LINK))
        .containsExactly(
            "cat: left out 4 links back to a folder around it (first cat/all): link to the folder of"
                + " the photos alone",
            "egg: left out 1 link back to a folder around it (egg/disk): link to the folder of the"
                + " photos alone",
            "every: left out 1 link back to a folder around it (every): link to the folder of the"
                + " photos alone");
  }

  @Test
  void foldersThatLinkToEachOtherAreVisitedOnce() throws IOException {
    aDog();
    file("cat/a/tom.jpg", "x");
    file("cat/b/kit.jpg", "x");
    Files.createSymbolicLink(dir.resolve("cat/a/other"), dir.resolve("cat/b"));
    Files.createSymbolicLink(dir.resolve("cat/b/other"), dir.resolve("cat/a"));

    assertThat(names(scan())).containsExactly("cat/a/tom.jpg", "cat/b/kit.jpg", "dog/rex.jpg");
  }

  @Test
  void linksToNothingAndRingsOfLinksAreProblems() throws IOException {
    aDog();
    file("cat/tom.jpg", "x");
    Files.createSymbolicLink(dir.resolve("cat/gone.jpg"), dir.resolve("cat/moved.jpg"));
    Files.createSymbolicLink(dir.resolve("cat/ring1"), dir.resolve("cat/ring2"));
    Files.createSymbolicLink(dir.resolve("cat/ring2"), dir.resolve("cat/ring1"));

    Dataset set = scan();

    assertThat(names(set)).containsExactly("cat/tom.jpg", "dog/rex.jpg");
    assertThat(messages(set, Problem.Kind.BAD_LINK))
        .containsExactly(
            "cat: left out 3 links to nowhere (first cat/gone.jpg): link again or delete");
  }

  @Test
  void aLabelsFolderThatIsALinkToNothingIsAProblem() throws IOException {
    aDog();
    file("cat/tom.jpg", "x");
    Files.createSymbolicLink(dir.resolve("bird"), files.getPath("/disk/not/mounted"));

    Dataset set = scan();

    assertThat(set.labels().names()).containsExactly("cat", "dog");
    assertThat(messages(set, Problem.Kind.BAD_LINK))
        .containsExactly("bird: left out 1 link to nowhere (bird): link again or delete");
  }

  @Test
  void linksAreFollowedOnARealFileSystem(@TempDir Path real) throws IOException {
    Path cat = Files.createDirectories(real.resolve("cat/sub"));
    Path dog = Files.createDirectory(real.resolve("dog"));
    Files.write(cat.resolve("tom.jpg"), new byte[3]);
    Files.write(dog.resolve("rex.jpg"), new byte[1]);
    Files.createLink(cat.resolve("tom-hard.jpg"), cat.resolve("tom.jpg"));
    Files.createSymbolicLink(real.resolve("cat/a.jpg"), cat.resolve("tom.jpg"));
    Files.createSymbolicLink(cat.resolve("loop"), real);
    Files.createSymbolicLink(cat.resolve("ring.jpg"), cat.resolve("ring.jpg"));

    Dataset set = PhotoFolder.scan(real, LabelRule.FOLDER);

    assertThat(names(set)).containsExactly("cat/sub/tom-hard.jpg", "dog/rex.jpg");
    assertThat(set.photos().get(0).source().file().orElseThrow().size()).isEqualTo(3);
    assertThat(messages(set, Problem.Kind.BAD_LINK)).hasSize(2);
  }

  @Test
  void aLabelOfFewerThan20PhotosIsMentioned() throws IOException {
    for (int i = 0; i < 20; i++) {
      file("cat/" + i + ".jpg", "x");
      if (i < 19) {
        file("dog/" + i + ".jpg", "x");
      }
    }

    assertThat(scan().problems())
        .containsExactly(
            new Problem(
                Problem.Kind.FEW_PHOTOS,
                19,
                "dog: only 19 photos; with fewer than 20 the result is unreliable: add photos"));
  }

  @Test
  void aFolderWithoutPhotosHasNoLabel() throws IOException {
    aDog();
    file("cat/tom.jpg", "x");
    Files.createDirectories(dir.resolve("bird/sub"));
    Files.createDirectories(dir.resolve("!!!"));
    Files.createDirectories(dir.resolve("Cat"));

    Dataset set = scan();

    assertThat(set.labels().names()).containsExactly("cat", "dog");
    assertThat(messages(set, Problem.Kind.EMPTY_LABEL))
        .containsExactly(
            "!!!: no photos in this folder, so it is no label",
            "Cat: no photos in this folder, so it is no label",
            "bird: no photos in this folder, so it is no label");
  }

  @Test
  void photosBesideTheLabelsAreMentioned() throws IOException {
    aDog();
    file("cat/tom.jpg", "x");
    file("stray.jpg", "x");
    file("stray.heic", "x");
    file("README.txt", "x");

    assertThat(messages(scan(), Problem.Kind.OUTSIDE_LABELS))
        .containsExactly(
            "/home/ann/photos: left out 2 photos beside the labels' folders: move each into the"
                + " folder of its label");
  }

  private void assertBadInput(String message) {
    assertBadInput(LabelRule.FOLDER, message);
  }

  private void assertBadInput(LabelRule rule, String message) {
    assertThatExceptionOfType(PupilException.class)
        .isThrownBy(() -> PhotoFolder.scan(dir, rule))
        .withMessage(message)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_INPUT));
  }

  @Test
  void aMissingFolderIsBadInput() {
    assertBadInput(
        "image folder /home/ann/photos not found: photos must be a folder that holds one folder"
            + " of photos for each label");
  }

  @Test
  void aFileInPlaceOfTheFolderIsBadInput() throws IOException {
    Files.createDirectories(dir.getParent());
    Files.write(dir, new byte[] {'P', 'K'});

    assertBadInput(
        "/home/ann/photos is a file: photos must be a folder that holds one folder of photos"
            + " for each label");
  }

  @Test
  void aFolderWithoutFoldersIsBadInput() throws IOException {
    Files.createDirectories(dir);

    assertBadInput(
        "no folders in /home/ann/photos: photos must be a folder that holds one folder of"
            + " photos for each label");
  }

  @Test
  void photosInNoFolderAreBadInput() throws IOException {
    file("tom.jpg", "x");
    file("rex.JPG", "x");

    assertBadInput(
        "no folders in /home/ann/photos, but 2 photos: make a folder for each label in it, such as"
            + " /home/ann/photos/cat, and move the photos there");
  }

  @Test
  void oneLabelIsBadInput() throws IOException {
    file("cat/tom.jpg", "x");
    Files.createDirectories(dir.resolve("dog"));

    assertBadInput(
        "only one label, 'cat', in /home/ann/photos: at least two folders with photos are needed");
  }

  @Test
  void noLabelIsBadInputAndWhatWasLeftOutIsTheReason() throws IOException {
    file("cat/tom.txt", "x");
    file("dog/rex.nef", TIFF);

    assertBadInput(
        "no photos in the folders of /home/ann/photos (cat: left out 1 file of another kind"
            + " (cat/tom.txt): photos are JPEG, PNG, GIF, BMP, WebP or TIFF) (dog: left out 1 photo"
            + " in a camera's raw format (dog/rex.nef): export as JPEG first, with the camera's own"
            + " program or `darktable-cli FILE FILE.jpg`)");
  }

  @Test
  void twoFoldersOfOneLabelAreBadInput() throws IOException {
    file("Big_Cat/tom.jpg", "x");
    file("big cat/kit.jpg", "x");

    assertBadInput(
        LabelRule.RETRAIN,
        "folders 'Big_Cat' and 'big cat' in /home/ann/photos give the same label 'big cat': rename or"
            + " merge them");
  }

  @Test
  void twoFoldersWhoseNamesLookTheSameAreBadInput() throws IOException {
    file("\u00c4pfel/a.jpg", "x");
    file("A\u0308pfel/b.jpg", "x");

    assertBadInput(
        "two folders in /home/ann/photos have the name '\u00c4pfel', with its accents encoded in two"
            + " ways: merge them");
  }

  @Test
  void aBlankLabelIsBadInput() throws IOException {
    aDog();
    file("\u72ac/a.jpg", "x");

    assertBadInput(
        LabelRule.RETRAIN,
        "folder '\u72ac' in /home/ann/photos gives a blank label: under labelRule=retrain a name"
            + " needs a letter a to z or a digit");
  }

  @Test
  void aNameOfWhichNothingIsSeenIsBadInput() throws IOException {
    aDog();
    file(" \u200b/a.jpg", "x");

    assertBadInput(
        "folder ' \u200b' in /home/ann/photos gives a blank label: give it a name that can be seen");
  }

  @Test
  void messagesStayOnOneLine() throws IOException {
    aDog();
    file("cat\nmeow/a.jpg", "x");
    file("cat meow/a.jpg", "x");

    assertBadInput(
        LabelRule.RETRAIN,
        "folders 'cat\\nmeow' and 'cat meow' in /home/ann/photos give the same label 'cat meow':"
            + " rename or merge them");
  }

  @Test
  void aFolderThatMayNotBeReadIsBadInput(@TempDir Path real) throws IOException {
    Path cat = Files.createDirectories(real.resolve("cat/sub"));
    Files.write(Files.createDirectory(real.resolve("dog")).resolve("rex.jpg"), new byte[1]);
    Files.setPosixFilePermissions(cat, PosixFilePermissions.fromString("---------"));
    try {
      assumeThat(Files.isReadable(cat)).as("this user may read everything").isFalse();

      assertThatExceptionOfType(PupilException.class)
          .isThrownBy(() -> PhotoFolder.scan(real, LabelRule.FOLDER))
          .withMessage("may not read the folder " + cat + ": change its permissions");
    } finally {
      Files.setPosixFilePermissions(cat, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
