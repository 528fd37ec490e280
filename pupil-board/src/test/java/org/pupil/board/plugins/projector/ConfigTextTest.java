package org.pupil.board.plugins.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.board.plugins.projector.ProjectorConfig.Embedding;

class ConfigTextTest {
  @Test
  void everyFieldIsReadInAnyOfTheWaysToWriteIt() throws ProjectorException {
    ProjectorConfig config =
        ConfigText.parse(
            """
            # a comment
            model_checkpoint_path: 'c' model_checkpoint_dir: "d" "e"
            embeddings <
              tensor_name: "words:0"; metadata_path: "m.tsv", bookmarks_path: "b.json"
              tensor_shape: [4294967295, 0x10]
              sprite: { image_path: "s.png" single_image_dim: 28 single_image_dim: 30 }
              tensor_path: "t\\303\\274.tsv"
            >
            embeddings { tensor_path: "below/t.tsv" }
            """);
    assertThat(config.modelCheckpointPath()).isEqualTo("c");
    assertThat(config.modelCheckpointDir()).isEqualTo("de");
    Embedding words = config.embeddings().get(0);
    assertThat(words.tensorName()).isEqualTo("words");
    assertThat(words.metadataPath()).isEqualTo("m.tsv");
    assertThat(words.bookmarksPath()).isEqualTo("b.json");
    assertThat(words.tensorShape()).containsExactly(4294967295L, 16L);
    assertThat(words.sprite().imagePath()).isEqualTo("s.png");
    assertThat(words.sprite().singleImageDim()).containsExactly(28L, 30L);
    assertThat(words.tensorPath()).isEqualTo("tü.tsv");
    Embedding unnamed = config.embeddings().get(1);
    assertThat(unnamed.tensorName()).isEqualTo("t.tsv");
    assertThat(unnamed.sprite()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "embeddings {, line 1",
    "'embeddings {}\nnonsense: 1', line 2",
    "'\n\nembeddings { tensor_shape: -1 }', line 3",
    "'embeddings { tensor_shape: 4294967296 }', line 1",
    "'embeddings { sprite { single_image_dim: \"a\" } }', line 1",
  })
  void whatIsNoConfigurationIsRefusedWithTheLine(String text, String line) {
    assertThatThrownBy(() -> ConfigText.parse(text))
        .isInstanceOf(ProjectorException.class)
        .hasMessageStartingWith(line + ": ");
  }
}
