package org.pupil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "flags           : fpu avx2 avx512f avx512_bf16 avx512_fp16, true",
    "flags           : fpu avx2 amx_tile amx_bf16, true",
    "flags           : fpu avx2 avx512f, false",
    "flags           : fpu avx512_bf16x, false",
    "model name      : avx512_bf16, false",
    "flags, false",
  })
  void multipliesBfloat16IfLinuxSaysSo(String line, boolean expected) throws IOException {
    Path file = Files.writeString(folder.resolve("cpuinfo"), "processor : 0\n" + line + "\n");
    assertThat(Processor.multipliesBfloat16(file)).isEqualTo(expected);
  }

  @Test
  void nothingIsKnownOfOtherSystems() {
    assertThat(Processor.multipliesBfloat16(folder.resolve("none"))).isFalse();
  }
}
