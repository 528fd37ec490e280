package org.pupil.board.plugins.reports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.PageFile;
import org.pupil.record.ReportFile;

/** The reports among the event files. Each HTML file is looked into once, until it changes. */
final class Reports {
  private final EventLogs logs;
  private Map<PageFile, Optional<String>> titles = new HashMap<>();

  Reports(EventLogs logs) {
    this.logs = logs;
  }

  /**
   * A report.
   *
   * @param title what it says that it is about
   */
  record Report(PageFile page, String title) {}

  /** Those that are there now, the newest first. */
  synchronized List<Report> all() {
    Map<PageFile, Optional<String>> known = new HashMap<>();
    List<Report> reports = new ArrayList<>();
    for (PageFile page : logs.pages()) {
      Optional<String> title = titles.get(page);
      if (title == null) {
        title = ReportFile.title(page.file());
      }
      known.put(page, title);
      title.ifPresent(told -> reports.add(new Report(page, told)));
    }
    titles = known;
    reports.sort(
        Comparator.comparing((Report report) -> report.page().modified())
            .reversed()
            .thenComparing(report -> report.page().file()));
    return List.copyOf(reports);
  }

  /** The HTML of a report; empty if there is none of that name in that run (any more). */
  Optional<String> html(String run, String name) {
    return logs.pages().stream()
        .filter(page -> page.run().equals(run) && page.name().equals(name))
        .findFirst()
        .flatMap(page -> ReportFile.read(page.file()));
  }
}
