package org.pupil.app;

import java.io.PrintStream;
import java.util.List;
import org.pupil.check.CheckResult;
import org.pupil.check.Finding;
import org.pupil.check.Finding.Kind;
import org.pupil.errors.OneLine;

/** What a check has found, in words for a person: a paragraph for each kind of finding. */
final class CheckPrinter {
  /** How wide the text is at most, but for paths. */
  private static final int COLUMNS = 80;

  /** So many findings of a kind are told. */
  private static final int TOLD = 20;

  /** So many photos of a finding are named. */
  private static final int NAMED = 4;

  private final PrintStream out;
  private final CheckResult report;
  private final String listsAll;

  /**
   * @param listsAll the command that lists all findings
   */
  CheckPrinter(PrintStream out, CheckResult report, String listsAll) {
    this.out = out;
    this.report = report;
    this.listsAll = listsAll;
  }

  void print() {
    line("", summary(report));
    report.findings().stream()
        .map(Finding::kind)
        .distinct()
        .forEach(kind -> print(kind, report.of(kind)));
  }

  /** In one sentence. */
  static String summary(CheckResult report) {
    long serious = report.findings().stream().filter(Finding::isSerious).count();
    long others = report.findings().size() - serious;
    String photos =
        "Checked %d photos of %d labels: "
            .formatted(report.photos(), report.dataset().labels().size());
    if (report.findings().isEmpty()) {
      return photos + "nothing to complain about";
    }
    return photos
        + (serious == 0 ? "nothing serious" : serious + " serious")
        + (others == 0 ? "" : ", " + others + " worth a look");
  }

  private void print(Kind kind, List<Finding> findings) {
    out.println();
    line("", title(kind, findings));
    findings.stream().limit(TOLD).forEach(this::print);
    if (findings.size() > TOLD) {
      line("  ", "and %d more: %s lists all".formatted(findings.size() - TOLD, listsAll));
    }
  }

  private String title(Kind kind, List<Finding> findings) {
    String words = kind.id().replace('_', ' ');
    String title = Character.toUpperCase(words.charAt(0)) + words.substring(1);
    boolean isSerious = findings.stream().anyMatch(Finding::isSerious);
    String count = " (" + findings.size() + ")" + (isSerious ? ", serious" : "");
    if (findings.get(0).detail() instanceof Finding.Detail.Suspect suspect) {
      long wrong = Math.max(1, Math.round(suspect.expected()));
      return "%s%s: of the %d labels about %d %s expected to be wrong"
          .formatted(title, count, report.photos(), wrong, wrong == 1 ? "is" : "are");
    }
    return title + count;
  }

  private void print(Finding finding) {
    if (finding.photos().isEmpty()) {
      line("  ", finding.label().map(label -> label + ": ").orElse("") + finding.message());
      return;
    }
    finding.photos().stream().limit(NAMED).forEach(photo -> line("  ", photo.name()));
    if (finding.photos().size() > NAMED) {
      line("  ", "and %d more".formatted(finding.photos().size() - NAMED));
    }
    line("    ", finding.message());
  }

  /** A line broken at words, every part of it indented alike. */
  private void line(String indent, String text) {
    LineWrap.lines(OneLine.of(text), COLUMNS - indent.length())
        .forEach(part -> out.println(indent + part.strip()));
  }
}
