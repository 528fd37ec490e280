package org.pupil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OnnxLibraryTest {
  /** Else a newer version of the library would go on with what an older one unpacked. */
  @Test
  void itsFolderIsNamedAfterItsVersion() throws URISyntaxException {
    OnnxLibrary.environment();

    Path jar =
        Path.of(OrtEnvironment.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(Path.of(System.getProperty("onnxruntime.native.path")).getFileName().toString())
        .startsWith(jar.getFileName().toString().replace(".jar", "-"));
  }
}
