package org.pupil.explain;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.pupil.errors.OneLine;
import org.pupil.errors.PupilException;
import org.pupil.images.PhotoPreview;
import org.pupil.pictures.HeatMapPicture;

/** Where on a photo the evidence for its likeliest labels lies: numbers, and a picture of them. */
public final class HeatMap {
  /**
   * What one part of the picture shows.
   *
   * @param label the label
   * @param probability of the label, 0 to 1
   * @param against the one label that it is compared with; empty if with the mean of all others
   * @param evidence where on the photo it lies
   */
  public record Panel(
      String label, float probability, Optional<String> against, EvidenceMap evidence) {
    /** The label, its probability, and what it is compared with, on one line. */
    public String title() {
      return isolated(label)
          + " "
          + Explanation.rounded(probability)
          + against.map(other -> ", not " + isolated(other)).orElse("");
    }
  }

  /** Whatever way a label is written, what stands beside it goes from left to right. */
  private static String isolated(String label) {
    return "\u2068" + OneLine.of(label) + "\u2069";
  }

  private final BufferedImage photo;
  private final String name;
  private final List<Panel> panels;

  /**
   * @param photo upright; it belongs to the heat map from now on
   * @param name what the photo is called
   * @param panels at least one
   */
  HeatMap(BufferedImage photo, String name, List<Panel> panels) {
    this.photo = photo;
    this.name = name;
    this.panels = List.copyOf(panels);
  }

  /** The maps that the picture shows, that of the likeliest label first. */
  public List<Panel> panels() {
    return panels;
  }

  /** The photo without any map, as a JPEG file. */
  public byte[] photoJpeg() {
    return PhotoPreview.jpeg(photo);
  }

  /**
   * Draws only the map of the likeliest label over the photo, without a title or a scale.
   *
   * @return a JPEG file, in the shape of the photo
   */
  public byte[] overlay() {
    return jpegs(drawn(panels.subList(0, 1))).get(0);
  }

  /**
   * Draws each map over the photo, without titles or a scale.
   *
   * @return a JPEG file for each of {@link #panels()}, in the shape of the photo
   */
  public List<byte[]> overlays() {
    return jpegs(drawn(panels));
  }

  /** What the strongest colour of the maps stands for, as a text: the scale goes to it. */
  public String scale() {
    return HeatMapPicture.number(HeatMapPicture.most(drawn(panels)));
  }

  private List<byte[]> jpegs(List<HeatMapPicture.Map> maps) {
    return HeatMapPicture.overlays(photo, maps).stream().map(PhotoPreview::jpeg).toList();
  }

  /**
   * Draws the picture: the photo, and each map over it.
   *
   * @return a PNG file
   * @throws PupilException (unavailable) if this machine's Java cannot draw text
   */
  public byte[] png() {
    return HeatMapPicture.png(photo, OneLine.of(name), drawn(panels));
  }

  private static List<HeatMapPicture.Map> drawn(List<Panel> panels) {
    return panels.stream()
        .map(
            panel ->
                new HeatMapPicture.Map(
                    panel.title(),
                    panel.evidence().rows(),
                    panel.evidence().columns(),
                    panel.evidence().values()))
        .toList();
  }
}
