package org.pupil.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupil.ingest.TestArchives.photos;
import static org.pupil.ingest.TestArchives.zip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.backbone.fetch.TarFile;
import org.pupil.errors.PupilException;
import org.pupil.files.FolderTree;

/** Archives from strangers, and broken ones: named in one line, and nothing half done. */
class HostileArchivesTest extends IngestTestBase {

  private void refused(Path archive, String... says) throws IOException {
    assertThatThrownBy(() -> ingest(archive))
        .isInstanceOfSatisfying(
            PupilException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_INPUT);
              assertThat(e.getMessage()).contains(says).doesNotContain("\n");
            });
    nothingIsLeft();
  }

  private void nothingIsLeft() throws IOException {
    assertThat(to()).doesNotExist();
    assertThat(beside()).noneMatch(name -> name.startsWith("."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.png",
        "cat/../../evil.png",
        "/tmp/evil.png",
        "C:\\evil.png",
        "..\\evil.png",
        "cat\\..\\..\\evil.png",
        "\\\\server\\share\\evil.png"
      })
  void namesThatLeadOutMakeAnArchiveUnusable(String name) throws IOException {
    refused(
        zip(work.resolve("evil.zip"), photos("cat/1.png", name, "dog/1.png")),
        "evil.zip is not safe",
        "would be written outside its folder; nothing was unpacked");
    TarFile tar = new TarFile().file("cat/1.png", TestArchives.photo(1));
    refused(
        Files.write(
            work.resolve("evil.tar"), tar.special(name, TarConstants.LF_NORMAL, "").plainBytes()),
        "evil.tar is not safe");
    assertThat(work.resolveSibling("evil.png")).doesNotExist();
  }

  @Test
  void linksAndDevicesAreLeftOut() throws IOException {
    TarFile tar =
        new TarFile()
            .file("cat/1.png", TestArchives.photo(1))
            .file("dog/1.png", TestArchives.photo(2))
            .special("cat/passwd.png", TarConstants.LF_SYMLINK, "/etc/passwd")
            .special("dir", TarConstants.LF_SYMLINK, "/tmp")
            .special("dog/hard.png", TarConstants.LF_LINK, "/etc/passwd")
            .special("dog/pipe.png", TarConstants.LF_FIFO, "");

    ingest(Files.write(work.resolve("links.tar"), tar.plainBytes()));

    assertThat(files()).containsExactly("cat/1.png", "dog/1.png");
    assertThat(notes)
        .anyMatch(note -> note.startsWith("left out 3 links") && note.contains("cat/passwd.png"))
        .anyMatch(note -> note.startsWith("left out 1 special file"));
  }

  @Test
  void namesThatDifferInCaseOrAccentsOnlyAreNumbered() throws IOException {
    ingest(
        zip(
            work.resolve("case.zip"),
            photos("cat/Tom.png", "cat/tom.png", "dog/caf\u00e9.png", "dog/cafe\u0301.png")));

    assertThat(files())
        .containsExactly(
            "cat/Tom.png", "cat/tom-2.png", "dog/caf\u00e9-2.png", "dog/caf\u00e9.png");
    assertThat(notes).anyMatch(note -> note.startsWith("2 files got a number"));
  }

  @Test
  void labelsThatDifferInCaseOnlyAreNamed() throws IOException {
    refused(
        zip(work.resolve("case.zip"), photos("Cat/1.png", "cat/1.png", "dog/1.png")),
        "the labels 'Cat' and 'cat' would have one folder");
  }

  @Test
  void namesThatWindowsKeepsForItself() throws IOException {
    ingest(
        zip(
            work.resolve("windows.zip"),
            photos(
                "con/nul.png",
                "dog/a:b?.png",
                "dog/ends. /x.png",
                "dog/" + "l".repeat(250) + ".png")));

    assertThat(files())
        .hasSize(4)
        .contains("_con/_nul.png", "dog/a_b_.png", "dog/ends/x.png")
        .allMatch(name -> name.length() < 220);
    assertThat(notes).anyMatch(note -> note.contains("the label 'con' is called '_con' here"));
  }

  @Test
  void namesOfSeveralEncodings() throws IOException {
    Charset german = Charset.forName("IBM437");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes, german)) {
      put(out, "k\u00e4fer/1.png");
    }
    byte[] zip = bytes.toByteArray();
    assertThat(new String(zip, StandardCharsets.ISO_8859_1)).contains("k\u0084fer");
    bytes.reset();
    try (ZipOutputStream out = new ZipOutputStream(bytes, german)) {
      put(out, "k\u00e4fer/1.png");
      put(out, "dog/1.png");
    }
    ingest(Files.write(work.resolve("dos.zip"), bytes.toByteArray()));
    assertThat(files()).containsExactly("dog/1.png", "k\u00e4fer/1.png");

    FolderTree.delete(to());
    bytes.reset();
    try (ZipOutputStream out = new ZipOutputStream(bytes, Charset.forName("windows-1251"))) {
      put(out, "\u043a\u043e\u0442/1.png");
      put(out, "dog/1.png");
    }
    Path russian = Files.write(work.resolve("russian.zip"), bytes.toByteArray());
    IngestRequest plain = request(russian);
    ingest(
        new IngestRequest(
            plain.source(),
            plain.to(),
            plain.layout(),
            plain.inner(),
            Optional.of(Charset.forName("windows-1251")),
            plain.limits(),
            plain.catalogue(),
            plain.environment()));
    assertThat(files()).containsExactly("dog/1.png", "\u043a\u043e\u0442/1.png");
  }

  private static void put(ZipOutputStream out, String name) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(TestArchives.photo(name.hashCode() & 0xFFFF));
    out.closeEntry();
  }

  @Test
  void bombsAreRefusedByRatioSizeAndCount() throws IOException {
    Map<String, String> entries = photos("cat/1.png", "dog/1.png");
    entries.put("cat/zeros.bmp", "0".repeat(80 << 20));
    Path bomb = zip(work.resolve("bomb.zip"), entries);
    refused(bomb, "bomb.zip unpacks to more than 100 times its own size", "maxRatio");
    Path tar =
        Files.write(
            work.resolve("bomb.tgz"),
            new TarFile()
                .file("cat/zeros.bmp", new byte[80 << 20])
                .file("dog/1.png", TestArchives.photo(1))
                .gzipBytes());
    refused(tar, "bomb.tgz unpacks to more than 100 times its own size");

    Path small = zip(work.resolve("small.zip"), photos("cat/1.png", "dog/1.png", "dog/2.png"));
    assertThatThrownBy(() -> ingest(small, new UnpackLimits(100, 2, 1 << 20)))
        .hasMessage(small + " holds more than 2 files: if you trust it, allow more with maxFiles");
    assertThatThrownBy(() -> ingest(small, new UnpackLimits(100, 9, 100)))
        .hasMessageContaining("unpacks to more than 100 bytes")
        .hasMessageEndingWith("allow more with maxSize");
    nothingIsLeft();
    ingest(bomb, new UnpackLimits(100_000, 9, 1 << 30));
    assertThat(files()).hasSize(3);
  }

  @Test
  void damagedAndCutArchives() throws IOException {
    byte[] zip = TestArchives.zipBytes(photos("cat/1.png", "dog/1.png"));
    byte[] changed = zip.clone();
    changed[60] ^= 0x55;
    refused(
        Files.write(work.resolve("changed.zip"), changed), "changed.zip is damaged or cut short");
    refused(
        Files.write(work.resolve("cut.zip"), Arrays.copyOf(zip, zip.length / 2)),
        "cut.zip is damaged or cut short");
    byte[] tar = new TarFile().file("cat/1.png", TestArchives.photo(1)).gzipBytes();
    refused(
        Files.write(work.resolve("cut.tgz"), Arrays.copyOf(tar, tar.length / 2)),
        "cut.tgz is damaged or cut short");
  }

  @Test
  void aPassword() throws IOException {
    byte[] zip = TestArchives.zipBytes(photos("cat/1.png", "dog/1.png"));
    // The bit that says so, in the local header and in the directory.
    for (int i = 0; i + 9 < zip.length; i++) {
      if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 3 && zip[i + 3] == 4) {
        zip[i + 6] |= 1;
      } else if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
        zip[i + 8] |= 1;
      }
    }
    refused(
        Files.write(work.resolve("secret.zip"), zip),
        "secret.zip is protected by a password (cat/1.png in it is encrypted)",
        "unpack it with another program");
  }

  @Test
  void noPhotosOneLabelNestedArchivesOtherFormats() throws IOException {
    refused(
        zip(work.resolve("texts.zip"), Map.of("a/readme.txt", "text")),
        "texts.zip holds no photos, but 1 file of other kinds (first a/readme.txt)");
    refused(zip(work.resolve("empty.zip"), Map.of()), "empty.zip holds no photos");
    refused(
        zip(work.resolve("one.zip"), photos("cat/1.png", "cat/2.png")),
        "one.zip has only one label, 'cat', with 2 photos (one folder for each label): at least two are needed");
    refused(Files.writeString(work.resolve("photos.rar"), "Rar!\u001a\7\0"), "not read (rar)");
    refused(Files.writeString(work.resolve("notes.zip"), "some text"), "notes.zip is no archive");
    byte[] inner = TestArchives.zipBytes(photos("cat/1.png", "dog/1.png"));
    Map<String, byte[]> nested = new LinkedHashMap<>();
    nested.put("set/inner.zip", inner);
    nested.put("set/labels.tar.gz", new TarFile().file("x", new byte[1]).gzipBytes());
    Path outer = work.resolve("outer.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(outer))) {
      for (Map.Entry<String, byte[]> entry : nested.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    refused(
        outer,
        "holds no photos, but 2 archives (set/inner.zip, set/labels.tar.gz): to read one, add inner set/inner.zip");
    IngestRequest plain = request(outer);
    ingest(
        new IngestRequest(
            plain.source(),
            plain.to(),
            plain.layout(),
            Optional.of("set/inner.zip"),
            plain.names(),
            plain.limits(),
            plain.catalogue(),
            plain.environment()));
    assertThat(files()).containsExactly("cat/1.png", "dog/1.png");
  }

  @Test
  void tenThousandTinyFiles() throws IOException {
    byte[] tiny = TestArchives.photo(7);
    Path archive = work.resolve("tiny.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (int i = 0; i < 10_000; i++) {
        out.putNextEntry(new ZipEntry((i % 2 == 0 ? "cat/" : "dog/") + i + ".png"));
        out.write(tiny);
        out.closeEntry();
      }
    }
    ingest(archive);
    assertThat(recognised.get(0).counts().values()).containsExactly(5000, 5000);
    assertThat(IntStream.of(0, 9_998))
        .allMatch(i -> Files.exists(to().resolve("cat/" + i + ".png")));
  }

  @Test
  void aTableOfContentsThatLiesAboutSizes() throws IOException {
    byte[] zip = TestArchives.zipBytes(photos("cat/1.png", "dog/1.png"));
    for (int i = 0; i + 30 < zip.length; i++) {
      if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
        zip[i + 24] = 10; // the size of the file
        zip[i + 25] = 0;
      }
    }
    refused(
        Files.write(work.resolve("lies.zip"), zip),
        "lies.zip is damaged or cut short (cat/1.png is larger than the directory says)");
  }
}
