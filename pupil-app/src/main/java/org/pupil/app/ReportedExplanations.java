package org.pupil.app;

import org.pupil.explain.Explanation;
import org.pupil.report.ExplanationReport;

/** Puts what is printed into a report, too. Whoever made the report writes it. */
final class ReportedExplanations implements ExplanationPrinter {
  private final ExplanationPrinter printer;
  private final ExplanationReport report;

  ReportedExplanations(ExplanationPrinter printer, ExplanationReport report) {
    this.printer = printer;
    this.report = report;
  }

  @Override
  public void print(Explanation explanation, WrittenPictures pictures) {
    printer.print(explanation, pictures);
    report.add(explanation);
  }

  @Override
  public void printFailure(String image, String reason) {
    printer.printFailure(image, reason);
    report.addUnreadable(image, reason);
  }

  @Override
  public void close() {
    printer.close();
  }
}
