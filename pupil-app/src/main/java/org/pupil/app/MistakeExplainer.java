package org.pupil.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.assessment.Assessment;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFile;
import org.pupil.errors.PupilException;
import org.pupil.explain.Explainer;
import org.pupil.explain.HeatMap;
import org.pupil.images.PhotoPreview;
import org.pupil.labelling.Overrides;
import org.pupil.model.Model;
import org.pupil.network.NetworkEngine;
import org.pupil.report.MistakeExplanation;
import org.pupil.report.PhotoPictures;

/** Explains the surest mistakes of a model, for a report. */
final class MistakeExplainer {
  /** So many mistakes have a heat map: to label as many photos again is all that it costs. */
  private static final int MOST_HEAT_MAPS = 8;

  private final Launcher launcher;
  private final Path graph;
  private final NetworkEngine engine;

  /**
   * @param launcher how Pupil is called, for what is to be typed
   * @param graph the model, which was made by Pupil
   * @param engine runs it
   */
  MistakeExplainer(Launcher launcher, Path graph, NetworkEngine engine) {
    this.launcher = launcher;
    this.graph = graph;
    this.engine = engine;
  }

  /**
   * Explains mistakes, by the names of the photos.
   *
   * @param pictures where the heat maps are counted with all pictures of the report
   */
  Map<String, MistakeExplanation> of(Assessment assessment, PhotoPictures pictures) {
    List<Photo> photos =
        assessment.predictions().mistakes().stream()
            .map(mistake -> assessment.photos().get(mistake.photo()))
            .distinct()
            .toList();
    Map<String, String> heatMaps = heatMaps(photos, pictures);
    Map<String, MistakeExplanation> explanations = new LinkedHashMap<>();
    for (Photo photo : photos) {
      String heatMap = heatMaps.getOrDefault(photo.name(), "");
      explanations.put(photo.name(), new MistakeExplanation(command(photo), heatMap));
    }
    return explanations;
  }

  /** Empty if nobody can type the photo's name. */
  private String command(Photo photo) {
    return photo
        .source()
        .file()
        .map(PhotoFile::path)
        .filter(PhotoCommand::canBeTyped)
        .map(path -> PhotoCommand.parts(launcher, "explain", graph, ShellWord.of(path)))
        .map(parts -> String.join(" ", parts))
        .orElse("");
  }

  private Map<String, String> heatMaps(List<Photo> photos, PhotoPictures pictures) {
    Map<String, String> heatMaps = new LinkedHashMap<>();
    if (photos.isEmpty()) {
      return heatMaps;
    }
    try (Explainer explainer = Explainer.open(Model.read(graph), Overrides.NONE, engine, 1)) {
      for (Photo photo : photos.subList(0, Math.min(MOST_HEAT_MAPS, photos.size()))) {
        Optional<HeatMap> heatMap = heatMap(explainer, photo);
        heatMap.ifPresent(map -> heatMaps.put(photo.name(), pictures.ofJpeg(map.overlay())));
      }
    } catch (PupilException e) {
      // The model was just written or read; without heat maps the report still says all the rest.
      return heatMaps;
    }
    return heatMaps;
  }

  private static Optional<HeatMap> heatMap(Explainer explainer, Photo photo) {
    try {
      return explainer.heatMap(photo.source(), PhotoPreview.SIDE);
    } catch (IOException e) {
      // It was there a moment ago.
      return Optional.empty();
    }
  }
}
