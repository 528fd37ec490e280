package org.pupil.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the model of {@code src/test/resources/org/pupil/model/model-v1}, which every later Pupil
 * must read. It was made once, by the program that wrote format 1 first; a later program is not to
 * write it again, but to add a {@code model-v2} beside it.
 *
 * <pre>
 * java -cp CLASSES:TEST-CLASSES:DEPENDENCIES org.pupil.model.GoldenModel FOLDER
 * </pre>
 */
final class GoldenModel {
  private GoldenModel() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path scratch = Files.createTempDirectory("golden");
    TinyModel.model(scratch).writeGraph(folder.resolve("graph.pb"));
    Files.delete(scratch.resolve("tiny-backbone.pb"));
    Files.delete(scratch);
  }
}
