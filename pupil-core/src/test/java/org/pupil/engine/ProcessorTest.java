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
    assertThat(Processor.of(file).multipliesBfloat16()).isEqualTo(expected);
  }

  @Test
  void nothingIsKnownOfOtherSystems() {
    assertThat(Processor.of(folder.resolve("none")).multipliesBfloat16()).isFalse();
  }

  @Test
  void namesWhatMakesNetworksFast() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("cpuinfo"),
            "model name\t: AMD EPYC\nflags\t\t: fpu fma avx512f avx avx2 sse\nprocessor\t: 1\n");

    Processor processor = Processor.of(file);

    assertThat(processor.name()).contains("AMD EPYC");
    assertThat(processor.instructionSets()).containsExactly("AVX", "AVX2", "FMA", "AVX-512");
  }

  @Test
  void readsWhatLinuxTellsOfArmProcessors() throws IOException {
    Path file = Files.writeString(folder.resolve("cpuinfo"), "Features\t: fp asimd bf16\n");

    assertThat(Processor.of(file).instructionSets()).containsExactly("Neon", "BF16");
  }
}
