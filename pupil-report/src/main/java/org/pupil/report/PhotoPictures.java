package org.pupil.report;

import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.pupil.dataset.PhotoSource;
import org.pupil.images.Alpha;
import org.pupil.images.PhotoPreview;

/**
 * Pictures of photos as they stand in a report: small, in the photos' own shapes, as {@code data:}
 * addresses, each made once. All together they take at most {@value #MOST_CHARACTERS} characters;
 * once that is reached, photos stand there by their names.
 */
public final class PhotoPictures {
  /** So that a report stays below 5 MB. */
  static final int MOST_CHARACTERS = 4_000_000;

  private final Alpha alpha;
  private final IntConsumer listener;
  private final Map<String, String> made = new HashMap<>();
  private int characters;

  /**
   * Pictures for one report.
   *
   * @param alpha what becomes of transparent pixels
   */
  public PhotoPictures(Alpha alpha) {
    this(alpha, made -> {});
  }

  /**
   * Pictures for one report.
   *
   * @param alpha what becomes of transparent pixels
   * @param listener hears of each picture how many have been made
   */
  public PhotoPictures(Alpha alpha, IntConsumer listener) {
    this.alpha = alpha;
    this.listener = listener;
  }

  /**
   * The address of a photo's picture; empty if the photo cannot be read any more, or if the report
   * has enough pictures.
   */
  public String of(PhotoSource photo) {
    if (characters == MOST_CHARACTERS) {
      return "";
    }
    String known = made.get(photo.name());
    if (known == null) {
      known = make(photo);
      made.put(photo.name(), known);
      listener.accept(made.size());
    }
    return counted(known);
  }

  private String make(PhotoSource photo) {
    try {
      return address(PhotoPreview.jpeg(photo.read(), alpha));
    } catch (IOException e) {
      // It was there a moment ago; the report shows its name.
      return "";
    }
  }

  /**
   * The address of another picture, which counts as those of photos do; empty if the report has
   * enough pictures.
   */
  public String ofJpeg(byte[] jpeg) {
    return counted(address(jpeg));
  }

  private static String address(byte[] jpeg) {
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
  }

  /** A picture counts each time that it stands in the report. */
  private String counted(String address) {
    if (characters + address.length() > MOST_CHARACTERS) {
      characters = MOST_CHARACTERS;
      return "";
    }
    characters += address.length();
    return address;
  }
}
