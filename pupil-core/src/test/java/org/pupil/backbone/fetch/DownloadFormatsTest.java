package org.pupil.backbone.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.FormatsDocument;

/** What docs/formats.md says of the records of hashes is what is written. */
class DownloadFormatsTest {
  @TempDir Path folder;

  @Test
  void theExampleOfARecordIsWhatIsWritten() throws Exception {
    String example = FormatsDocument.example("sha256");
    String hash = example.substring(0, 64);
    Path file = folder.resolve(example.substring(66).strip());
    HashRecord.write(file, hash);

    assertThat(folder.resolve("mobilenet_v1_0.5_224.tgz.sha256")).hasContent(example);
    assertThat(Files.readString(folder.resolve(file.getFileName() + ".sha256"))).isEqualTo(example);
    // And it is read: the file has that hash, or it has changed.
    HashRecord.compareOrWrite(file, hash);
  }
}
