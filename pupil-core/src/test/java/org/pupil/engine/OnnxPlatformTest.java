package org.pupil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that ONNX Runtime's jar has for systems. */
class OnnxPlatformTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x64, libonnxruntime.so",
    "Linux, aarch64, linux-aarch64, libonnxruntime.so",
    "Mac OS X, x86_64, osx-x64, libonnxruntime.dylib",
    "Mac OS X, aarch64, osx-aarch64, libonnxruntime.dylib",
    "Darwin, arm64, osx-aarch64, libonnxruntime.dylib",
    "Windows 11, amd64, win-x64, onnxruntime.dll",
    "Windows Server 2022, amd64, win-x64, onnxruntime.dll"
  })
  void theJarHasTheLibraryOfEverySystemThatIsSupported(
      String system, String machine, String folder, String library) {
    assertThat(OnnxPlatform.of(system, machine).folder()).isEqualTo(folder);
    assertThat(OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + folder + "/" + library))
        .isNotNull();
  }

  @Test
  void otherSystemsAreNamedAsTheyAre() {
    assertThat(OnnxPlatform.of("FreeBSD", "amd64").folder()).isEqualTo("freebsd-x64");
    assertThat(OnnxPlatform.of("Linux", "riscv64").folder()).isEqualTo("linux-riscv64");
    assertThat(OnnxPlatform.of("Windows 11", "aarch64").folder()).isEqualTo("win-aarch64");
  }
}
