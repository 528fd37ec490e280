package org.pupil.backbone.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.errors.PupilException;

class TarArchiveTest {
  private static final byte[] ONE = {1, 2, 3};
  private static final byte[] TWO = {4, 5, 6, 7};

  @TempDir Path folder;

  private TarArchive archive(byte[] bytes) throws IOException {
    return new TarArchive(Files.write(folder.resolve("a.tar.gz"), bytes));
  }

  private void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> archive(bytes))
        .isInstanceOfSatisfying(
            PupilException.class,
            e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_MODEL))
        .hasMessageStartingWith(folder.resolve("a.tar.gz") + " is not ")
        .hasMessageContaining(reason);
  }

  private static TarFile small() {
    return new TarFile()
        .special("./model/", TarConstants.LF_DIR, "")
        .file("./model/a.pb", ONE)
        .file("model/deep/b.pb", TWO);
  }

  @Test
  void oneFileIsTakenOutByItsNameWithoutTheDot() throws IOException {
    Path target = folder.resolve("a.pb");
    TarArchive archive = archive(small().gzipBytes());

    archive.extract("model/a.pb", target);

    assertThat(target).hasBinaryContent(ONE);
    assertThat(archive.find(List.of("x", "model/deep/b.pb"))).contains("model/deep/b.pb");
    assertThat(archive.find(List.of("b.pb", "model", "./model/a.pb"))).isEmpty();
  }

  @Test
  void everythingIsTakenOut() throws IOException {
    Path target = Files.createDirectory(folder.resolve("out"));

    archive(small().gzipBytes()).extractAll(target, name -> true);

    assertThat(target.resolve("model/a.pb")).hasBinaryContent(ONE);
    assertThat(target.resolve("model/deep/b.pb")).hasBinaryContent(TWO);
  }

  @Test
  void aTarThatAServerHasAlreadyUnzippedIsReadToo() throws IOException {
    Path target = folder.resolve("a.pb");

    archive(small().plainBytes()).extract("model/a.pb", target);

    assertThat(target).hasBinaryContent(ONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a",
        "a/../../b",
        "/etc/passwd",
        "..",
        "a/..",
        "C:/windows",
        "a\\..\\..\\b",
        "./../x"
      })
  void aNameThatLeadsOutMakesTheWholeArchiveUnusable(String name) {
    assertRefused(
        small().file(name, ONE).gzipBytes(), name + " in it would be written outside its folder");
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_SYMLINK,
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK,
        TarConstants.LF_FIFO
      })
  void linksAndDevicesMakeTheWholeArchiveUnusable(byte type) {
    assertRefused(
        small().special("odd", type, "/etc/passwd").gzipBytes(), "odd in it is a link or a device");
  }

  @Test
  void anArchiveCutAtAnyByteIsRefused() throws IOException {
    byte[] whole = new TarFile().file("a", ONE).gzipBytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertRefused(cut, "a whole .tar.gz archive");
    }
    byte[] plain = new TarFile().file("a", ONE).plainBytes();
    for (int length : new int[] {0, 1, 511, 512, 513, 1023, 1024}) {
      assertRefused(Arrays.copyOf(plain, length), "a whole .tar.gz archive");
    }
  }

  @Test
  void anyFlippedByteIsNoticedOrHarmless() throws IOException {
    byte[] whole = new TarFile().file("a", ONE).gzipBytes();
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << random.nextInt(8));
      try {
        Path target = folder.resolve("out" + i);
        TarArchive archive = archive(flipped);
        if (archive.find(List.of("a")).isEmpty()) {
          refused++;
          continue;
        }
        archive.extract("a", target);
        assertThat(target).hasBinaryContent(ONE);
      } catch (PupilException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(whole.length / 2);
  }

  @Test
  void absurdSizesAreRefusedBeforeAnythingIsAllocated() {
    byte[] plain = new TarFile().file("a", ONE).plainBytes();

    assertRefused(TarFile.gzip(withSize(plain, "77777777777")), "the size 8589934591");
    byte[] longName = new TarFile().file("n".repeat(300), ONE).plainBytes();
    assertRefused(TarFile.gzip(withSize(longName, "07777777777")), "the size 1073741823");
    byte[] negative = plain.clone();
    Arrays.fill(negative, 124, 136, (byte) 0xff);
    assertRefused(TarFile.gzip(negative), "the size -1");
  }

  private static byte[] withSize(byte[] tar, String octal) {
    byte[] changed = tar.clone();
    for (int i = 0; i < octal.length(); i++) {
      changed[124 + i] = (byte) octal.charAt(i);
    }
    return changed;
  }

  @Test
  void moreFilesThanAnyBackboneHasAreRefused() {
    TarFile many = new TarFile();
    for (int i = 0; i <= 10_000; i++) {
      many.file("f" + i, new byte[0]);
    }

    assertRefused(many.gzipBytes(), "it holds more than any backbone does");
  }

  @Test
  void anArchiveThatIsNotThereIsBadInput() {
    assertThatThrownBy(() -> new TarArchive(folder.resolve("none.tgz")))
        .isInstanceOfSatisfying(
            PupilException.class,
            e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_INPUT));
  }

  /** Zeros are compressed a thousandfold, weights hardly at all. */
  @Test
  void anArchiveThatUnpacksToFarMoreThanItIsIsRefusedBeforeAnythingIsWritten() throws IOException {
    byte[] bomb = new TarFile().file("model/saved_model.pb", new byte[80 << 20]).gzipBytes();
    assertThat(bomb.length).isLessThan(1 << 20);

    assertRefused(bomb, "it holds more than any backbone does");

    byte[] small = new TarFile().file("model/saved_model.pb", new byte[50 << 20]).gzipBytes();
    assertThat(archive(small).files()).containsExactly("model/saved_model.pb");
  }

  @Test
  void onlyWhatIsWantedIsTakenOut() throws IOException {
    Path target = Files.createDirectory(folder.resolve("out"));

    archive(small().gzipBytes()).extractAll(target, "model/a.pb"::equals);

    assertThat(target.resolve("model/a.pb")).hasBinaryContent(ONE);
    assertThat(target.resolve("model/deep")).doesNotExist();
  }
}
