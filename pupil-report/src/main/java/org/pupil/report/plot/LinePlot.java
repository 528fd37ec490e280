package org.pupil.report.plot;

import java.util.List;

/**
 * Lines over an axis, for {@code plot/lines.jte}.
 *
 * @param title what it shows; read aloud where the picture is not seen
 * @param summary the same in a sentence with its numbers, for those who do not see it
 * @param diagonal whether a line from corner to corner shows what chance, or perfection, would be
 */
public record LinePlot(
    String title, String summary, Axis x, Axis y, List<Line> lines, boolean diagonal) {
  public LinePlot {
    lines = List.copyOf(lines);
  }

  /**
   * One line.
   *
   * @param name for the legend; empty if there is only one
   * @param points in the order in which they are joined
   * @param band the lower and upper ends of what is likely, point by point; empty if unknown
   */
  public record Line(String name, List<Point> points, List<Band> band) {
    public Line {
      points = List.copyOf(points);
      band = List.copyOf(band);
    }

    /** A line of which nothing is known but its points. */
    public Line(String name, List<Point> points) {
      this(name, points, List.of());
    }
  }

  /** A point, in the axes' values. */
  public record Point(double x, double y) {}

  /** What is likely at a place of the x axis. */
  public record Band(double x, double low, double high) {}

  /** The frame that the lines are drawn in. */
  public Frame frame() {
    return new Frame(x, y);
  }
}
