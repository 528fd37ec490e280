package org.pupil.report.plot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The rectangle of a plot, in SVG units: x goes right, y up. */
public record Frame(Axis x, Axis y) {
  public static final int WIDTH = 400;
  public static final int HEIGHT = 280;
  public static final int LEFT = 56;
  public static final int RIGHT = WIDTH - 14;
  public static final int TOP = 10;
  public static final int BOTTOM = HEIGHT - 44;

  /** Where a value of the x axis lies. */
  public String atX(double value) {
    return shareX(x.share(value));
  }

  /** Where a value of the y axis lies. */
  public String atY(double value) {
    return shareY(y.share(value));
  }

  /** Where a part of the x axis ends, 0 to 1. */
  public String shareX(double share) {
    return number(LEFT + share * (RIGHT - LEFT));
  }

  /** Where a part of the y axis ends, 0 to 1. */
  public String shareY(double share) {
    return number(BOTTOM - share * (BOTTOM - TOP));
  }

  /** Distance between two values of the y axis. */
  public String tall(double low, double high) {
    return number((y.share(high) - y.share(low)) * (BOTTOM - TOP));
  }

  /** Distance between two values of the x axis. */
  public String wide(double low, double high) {
    return number((x.share(high) - x.share(low)) * (RIGHT - LEFT));
  }

  /** The points of a {@code polyline}. */
  public String points(List<LinePlot.Point> points) {
    return points.stream()
        .map(point -> atX(point.x()) + "," + atY(point.y()))
        .collect(Collectors.joining(" "));
  }

  /** The points of a {@code polygon} around a band. */
  public String area(List<LinePlot.Band> band) {
    List<LinePlot.Point> around = new ArrayList<>();
    band.forEach(part -> around.add(new LinePlot.Point(part.x(), part.high())));
    List<LinePlot.Band> back = new ArrayList<>(band);
    Collections.reverse(back);
    back.forEach(part -> around.add(new LinePlot.Point(part.x(), part.low())));
    return points(around);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
