package org.pupil.program;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.eventlog.EventWriter;
import org.pupil.eventlog.SummaryValues;

/** The board's page in a real browser, on the logs of a real teaching. */
class BoardPageIT {
  private static final TaughtModel TAUGHT = TaughtModel.BIRDS_AND_FRUIT;
  private static final String PLANTED = "<img src=x onerror=\"window.planted=1\">";

  private static Path chromium;
  private static Path logs;

  @TempDir private Path folder;

  @BeforeAll
  static void browserAndLogs(@TempDir Path shared) {
    var browser = BrowserPage.browser();
    assumeTrue(
        browser.isPresent(), "no chromium on the path, nor in the variable CHROMIUM: not tested");
    chromium = browser.orElseThrow();
    PupilProgram.in(shared)
        .run(
            "retrain",
            "--image_dir=" + TAUGHT.photos(),
            "--bottleneck_dir=" + TAUGHT.bottlenecks(),
            "--how_many_training_steps=60",
            Photos.QUICK)
        .succeeded();
    logs = shared.resolve("pupil-model/logs");
  }

  private BoardServer serve(Path logdir) {
    return BoardServer.start(PupilProgram.in(folder), "--logdir=" + logdir).loaded();
  }

  private static Locator tabs(Page page) {
    return page.locator(".tabs [role=tab]");
  }

  /** The names of all pages that have something to show. */
  private static List<String> tabNames(Page page) {
    assertThat(tabs(page).first()).isVisible();
    return tabs(page).allInnerTexts();
  }

  private static void openTab(Page page, String name) {
    tabs(page).filter(new Locator.FilterOptions().setHasText(name)).first().click();
    assertThat(page.locator("main [role=tabpanel]")).isVisible();
  }

  @ParameterizedTest
  @CsvSource({"1400, 900, false", "1400, 900, true", "390, 800, false", "390, 800, true"})
  void everyTabOpensAndTheBrowserHasNoComplaint(int width, int height, boolean dark) {
    try (BoardServer board = serve(logs);
        BrowserPage browser = BrowserPage.open(chromium, width, height, dark)) {
      Page page = browser.page();
      page.onRequest(request -> assertThat(request.url()).startsWith("" + board.address()));
      page.navigate("" + board.address());
      List<String> names = tabNames(page);
      assertThat(names)
          .contains("Time Series", "Scalars", "Graphs", "Distributions", "Histograms", "Files");
      for (String name : names) {
        openTab(page, name);
        page.waitForTimeout(700);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
            .as(name + " fits the window")
            .isEqualTo(true);
        browser.keepPicture("%s-%d-%s".formatted(name, width, dark ? "dark" : "light"));
      }
      browser.hasNoComplaint();
    }
  }

  @Test
  void theFilesTabSaysHowFarEachFileWasRead() {
    try (BoardServer board = serve(logs);
        BrowserPage browser = BrowserPage.open(chromium, 1400, 900, false)) {
      browser.page().navigate(board.address() + "#files");
      Locator rows = browser.page().locator(".tab-files tbody tr");
      assertThat(rows).hasCount(3);
      assertThat(rows.nth(1)).containsText("train");
      assertThat(rows.nth(1)).containsText("all read");
    }
  }

  @Test
  void runsAreFilteredAndHidden() {
    try (BoardServer board = serve(logs);
        BrowserPage browser = BrowserPage.open(chromium, 1400, 900, false)) {
      Page page = browser.page();
      page.navigate("" + board.address());
      Locator runs = page.locator(".run-list li");
      assertThat(runs).hasCount(3);
      page.locator(".runs input[type=search]").first().fill("VALID");
      assertThat(runs).hasCount(1);
      assertThat(runs).containsText("validation");
      assertThat(page.url()).contains("runFilter=VALID");
      page.locator(".runs input[type=search]").first().fill("(");
      assertThat(runs).hasCount(0);
      assertThat(page.locator(".runs .note")).containsText("no regular expression");
      page.locator(".runs input[type=search]").first().fill("");
      runs.nth(1).locator("input[type=checkbox]").uncheck();
      page.reload();
      assertThat(runs.nth(1).locator("input[type=checkbox]")).not().isChecked();
      browser.hasNoComplaint();
    }
  }

  @Test
  void tabsAreChosenByKeyboardAndStandInTheAddress() {
    try (BoardServer board = serve(logs);
        BrowserPage browser = BrowserPage.open(chromium, 1400, 900, false)) {
      Page page = browser.page();
      page.navigate(board.address() + "#scalars");
      Locator scalars = page.locator("#tab-scalars");
      assertThat(scalars).hasAttribute("aria-selected", "true");
      scalars.focus();
      page.keyboard().press("End");
      page.keyboard().press("Enter");
      assertThat(page.locator("#tab-files")).hasAttribute("aria-selected", "true");
      assertThat(page.url()).endsWith("#files");
      page.goBack();
      assertThat(scalars).hasAttribute("aria-selected", "true");
    }
  }

  @Test
  void newDataAppearsByItself() {
    SummaryValues values = new SummaryValues();
    try (EventWriter writer = EventWriter.open(folder.resolve("live"), Clock.systemUTC(), "test")) {
      writer.write(0, values.scalar("loss", 1));
      try (BoardServer board = serve(folder);
          BrowserPage browser = BrowserPage.open(chromium, 1400, 900, false)) {
        browser.page().navigate(board.address() + "#files");
        Locator records = browser.page().locator(".tab-files tbody tr td.number").first();
        assertThat(records).hasText("3");
        writer.write(1, values.clear().scalar("loss", 0.5f));
        assertThat(records).hasText("4");
        try (EventWriter other =
            EventWriter.open(folder.resolve("other"), Clock.systemUTC(), "test")) {
          other.write(0, values);
          assertThat(browser.page().locator(".run-list li")).hasCount(2);
        }
      }
    }
  }

  @Test
  void anEmptyFolderIsExplained() {
    try (BoardServer board = serve(folder.resolve("nothing"));
        BrowserPage browser = BrowserPage.open(chromium, 1400, 900, false)) {
      browser.page().navigate("" + board.address());
      assertThat(browser.page().locator(".empty")).containsText("does not exist (yet)");
      assertThat(browser.page().locator(".empty")).containsText("--summaries_dir");
      browser.keepPicture("empty");
      browser.hasNoComplaint();
    }
  }

  @Test
  void whatLogsSayIsNeverRunAsAScript() {
    Path run = folder.resolve("run <img src=x onerror=window.planted=1>");
    SummaryValues values = new SummaryValues();
    try (EventWriter writer = EventWriter.open(run, Clock.systemUTC(), "test")) {
      for (int step = 0; step < 3; step++) {
        values.clear();
        values.scalar("tag" + PLANTED, step);
        values.text("text" + PLANTED, "# A\n\n" + PLANTED + "<script>window.planted=1</script>");
        values.histogram("histogram" + PLANTED, new float[] {1, 2, step});
        values.prCurve(PLANTED + "/pr_curves", new int[] {5, 3, 0}, new int[] {4, 1, 0});
        writer.write(step, values);
      }
    }
    try (BoardServer board = serve(folder);
        BrowserPage browser = BrowserPage.open(chromium, 1400, 900, false)) {
      Page page = browser.page();
      page.navigate("" + board.address());
      for (String name : tabNames(page)) {
        openTab(page, name);
        page.waitForTimeout(500);
        assertThat(page.evaluate("window.planted === undefined")).as(name).isEqualTo(true);
        assertThat(page.locator("img[src=x], script:not([src])")).hasCount(0);
      }
      browser.hasNoComplaint();
    }
  }
}
