package org.pupil.example;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.pupil.labelling.Labeller;
import org.pupil.labelling.LabellingModel;
import org.pupil.labelling.PhotoSource;
import org.pupil.model.ModelFile;
import org.pupil.run.RunListener;
import org.pupil.run.RunReport;
import org.pupil.run.RunSettings;
import org.pupil.run.TrainingRun;

public class TeachAndLabel {
  /** The folder of photos, the folder for the model, a photo to label. */
  public static void main(String[] arguments) {
    RunSettings settings = RunSettings.defaults(arguments[0], Path.of(arguments[1]), 2);
    TrainingRun run =
        new TrainingRun(settings, Clock.systemUTC(), System.getenv(), RunListener.NONE);
    RunReport report = run.run();
    System.out.println("Right on test photos: " + report.test().accuracy());

    ModelFile file = ModelFile.read(report.outputs().graph());
    LabellingModel model = LabellingModel.of(file, Optional.empty(), LabellingModel.Overrides.NONE);
    try (Labeller labeller = Labeller.open(model, 1, 1)) {
      labeller.label(
          List.of(PhotoSource.file(Path.of(arguments[2]))),
          photo -> System.out.println(photo.labels().get(0)));
    }
  }
}
