package org.pupil.backbone;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupil.backbone.MobileNetV1.Width;
import org.pupil.errors.EditDistance;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/** From what a person types after {@code --architecture} to an {@link Architecture}. */
final class ArchitectureNames {
  private static final int STEP = 32;
  private static final int LARGEST = 1024;

  private static final Pattern EFFICIENTNET = Pattern.compile("efficientnet_lite0(?:_(\\d{1,5}))?");
  private static final Pattern MOBILENET =
      Pattern.compile("mobilenet(?:_v1)?_([0-9.]{1,5})_(\\d{1,5})(_quant(?:ized)?)?");

  /** The architectures that need neither a file nor a network, as a person can type them. */
  static final List<String> BUILT_IN =
      List.of("efficientnet_lite0_" + EfficientNetLite0.DEFAULT_SIZE, "mobilenet_0.25_224");

  private static final Message FAMILIES =
      Message.of(
          "efficientnet_lite0_{32,64,...,1024} and mobilenet_0.25_{32,64,...,1024} are built in,"
              + " mobilenet_{1.0,0.75,0.50}_{224,192,160,128}[_quantized] and inception_v3 are found"
              + " in ",
          Setting.MODEL_DIR,
          " or downloaded; or give the path of a frozen .pb, a SavedModel or an .onnx");

  private ArchitectureNames() {}

  /**
   * Reads a name in any letter case.
   *
   * @return empty when no family has such a name
   * @throws PupilException of kind USAGE when the family is known and has no such size or width
   */
  static Optional<Architecture> find(String typed) {
    String name = typed.toLowerCase(Locale.ROOT);
    if (name.equals("inception_v3")) {
      return Optional.of(new InceptionV3());
    }
    Matcher efficientNet = EFFICIENTNET.matcher(name);
    if (efficientNet.matches()) {
      String size = efficientNet.group(1);
      return Optional.of(
          new EfficientNetLite0(
              size == null
                  ? EfficientNetLite0.DEFAULT_SIZE
                  : anySize(typed, "efficientnet_lite0_", Integer.parseInt(size))));
    }
    Matcher mobileNet = MOBILENET.matcher(name);
    if (mobileNet.matches()) {
      return Optional.of(
          mobileNet(
              typed,
              mobileNet.group(1),
              Integer.parseInt(mobileNet.group(2)),
              mobileNet.group(3) != null));
    }
    return Optional.empty();
  }

  private static Architecture mobileNet(
      String typed, String widthText, int size, boolean quantized) {
    Width width =
        Width.of(widthText)
            .orElseThrow(
                () ->
                    PupilException.usage(
                        Message.of(
                            Setting.ARCHITECTURE,
                            " "
                                + typed
                                + ": MobileNet comes in the widths 1.0, 0.75, 0.50 and 0.25")));
    if (MobileNetV1.SIZES.contains(size)) {
      return new MobileNetV1(width, size, quantized);
    }
    if (width == Width.W025 && !quantized) {
      return new MobileNetV1(width, anySize(typed, "mobilenet_0.25_", size), false);
    }
    throw PupilException.usage(
        Message.of(
            Setting.ARCHITECTURE,
            " "
                + typed
                + ": mobilenet_"
                + width.longText()
                + " comes in the sizes 224, 192, 160 and 128"));
  }

  private static int anySize(String typed, String stem, int size) {
    if (size % STEP == 0 && size >= STEP && size <= LARGEST) {
      return size;
    }
    int nearest = Math.min(LARGEST, Math.max(STEP, Math.round(size / (float) STEP) * STEP));
    throw PupilException.usage(
        Message.of(
            Setting.ARCHITECTURE,
            " "
                + typed
                + ": the size is a multiple of 32 from 32 to 1024; the nearest is "
                + stem
                + nearest));
  }

  /** The error for a name that nobody knows. */
  static PupilException unknown(String typed) {
    String lower = typed.toLowerCase(Locale.ROOT);
    String example =
        Collections.min(
            examples(), Comparator.comparingInt(name -> EditDistance.between(lower, name)));
    String nearest = find(example).orElseThrow().name();
    return PupilException.usage(
        Message.of(
            Setting.ARCHITECTURE,
            " " + typed + " is not known; the nearest is " + nearest + ". Possible values: ",
            FAMILIES));
  }

  private static List<String> examples() {
    List<String> names = new ArrayList<>();
    for (int size : List.of(288, 224, 192, 256, 320)) {
      names.add(new EfficientNetLite0(size).name());
    }
    for (Width width : Width.values()) {
      for (int size : MobileNetV1.SIZES) {
        names.add(new MobileNetV1(width, size, false).name());
        names.add("mobilenet_" + width.shortText() + "_" + size);
        names.add(new MobileNetV1(width, size, true).name());
      }
    }
    names.add(new InceptionV3().name());
    return names;
  }
}
