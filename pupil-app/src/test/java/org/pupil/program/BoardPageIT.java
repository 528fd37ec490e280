package org.pupil.program;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.log.EventWriter;
import org.pupil.log.SummaryValues;

/** The board's page in a real browser, on the logs of a real teaching. */
class BoardPageIT {
  private static final TaughtModel TAUGHT = TaughtModel.BIRDS_AND_FRUIT;
  private static final String PLANTED = "<img src=\"page/icon.svg\" onload=\"window.planted=1\">";

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
    logs = shared.resolve("pupil-model/runs/run-1");
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
      assertThat(rows.nth(1)).containsText("read to the end");
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
      assertThat(page.locator(".runs .note")).containsText("not a valid regular expression");
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
  void newDataAppearsByItself() throws IOException {
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

  private static Locator card(Page page, String name) {
    return page.locator("article[aria-label^='" + name + "']").first();
  }

  @Test
  void theTooltipShowsWhatTheLogSays() {
    try (BoardServer board = serve(logs);
        BrowserPage browser = BrowserPage.open(chromium, 1400, 900, false)) {
      Page page = browser.page();
      page.navigate(board.address() + "#scalars&smoothing=0");
      Locator chart = card(page, "cross_entropy_1").locator(".u-over");
      chart.hover();
      Locator row = page.locator(".tooltip tr").filter(textOf("validation"));
      assertThat(row).isVisible();
      List<String> cells = row.locator("td").allInnerTexts();
      double value = Double.parseDouble(cells.get(cells.size() - 4));
      int step = Integer.parseInt(cells.get(cells.size() - 3));
      assertThat(value)
          .isCloseTo(logged(board, "validation", "cross_entropy_1", step), within(5e-5));
      browser.hasNoComplaint();
    }
  }

  private static Locator.FilterOptions textOf(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  /** The value of a scalar at a step, as the API gives it. */
  private static double logged(BoardServer board, String run, String tag, int step) {
    String csv =
        board.request("data/plugin/scalars/scalars?format=csv&run=" + run + "&tag=" + tag).body();
    return csv.lines()
        .map(line -> line.split(",", -1))
        .filter(fields -> fields[1].equals(Integer.toString(step)))
        .mapToDouble(fields -> Double.parseDouble(fields[2]))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void smoothingZoomAndPinsAreKept() {
    try (BoardServer board = serve(logs);
        BrowserPage browser = BrowserPage.open(chromium, 1400, 900, false)) {
      Page page = browser.page();
      page.navigate(board.address() + "#timeseries");
      page.getByLabel("Smoothing as a number").fill("0.9");
      page.getByLabel("Smoothing as a number").press("Enter");
      assertThat(page).hasURL(Pattern.compile("smoothing=0\\.9"));
      Locator accuracy = card(page, "accuracy_1");
      Locator plot = accuracy.locator(".u-over");
      var box = browser.placeOf(plot);
      page.mouse().move(box.x + 40, box.y + 30);
      page.mouse().down();
      page.mouse().move(box.x + 120, box.y + 120, new Mouse.MoveOptions().setSteps(5));
      page.mouse().up();
      browser.keepPicture("zoomed");
      plot.dblclick();
      accuracy.locator("button[title*='Pin']").click();
      assertThat(page.locator(".pinned article")).hasCount(1);
      assertThat(page).hasURL(Pattern.compile("pinnedCards="));
      page.reload();
      assertThat(page.locator(".pinned article")).hasCount(1);
      assertThat(page.getByLabel("Smoothing as a number")).hasValue("0.9");
      browser.hasNoComplaint();
    }
  }

  @Test
  void imagesAreSteppedThroughAndStickToTheNewest() throws IOException {
    SummaryValues values = new SummaryValues();
    byte[] png = {
      (byte) 0x89,
      'P',
      'N',
      'G',
      13,
      10,
      26,
      10,
      0,
      0,
      0,
      13,
      'I',
      'H',
      'D',
      'R',
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      1,
      8,
      0,
      0,
      0,
      0,
      0x3a,
      0x7e,
      (byte) 0x9b,
      0x55,
      0,
      0,
      0,
      10,
      'I',
      'D',
      'A',
      'T',
      0x78,
      (byte) 0x9c,
      0x63,
      0x60,
      0,
      0,
      0,
      2,
      0,
      1,
      0x48,
      (byte) 0xaf,
      (byte) 0xa4,
      0x71,
      0,
      0,
      0,
      0,
      'I',
      'E',
      'N',
      'D',
      (byte) 0xae,
      0x42,
      0x60,
      (byte) 0x82
    };
    try (EventWriter writer = EventWriter.open(folder.resolve("run"), Clock.systemUTC(), "test")) {
      for (int step = 0; step < 5; step++) {
        values.clear();
        writer.write(10L * step, images(values, png));
      }
      try (BoardServer board = serve(folder);
          BrowserPage browser = BrowserPage.open(chromium, 1400, 900, false)) {
        Page page = browser.page();
        page.navigate(board.address() + "#images");
        Locator label = page.locator(".step-label").first();
        assertThat(label).containsText("step 40");
        writer.write(50, images(values.clear(), png));
        assertThat(label).containsText("step 50");
        page.locator(".step-slider input").first().focus();
        page.keyboard().press("ArrowLeft");
        assertThat(label).containsText("step 40");
        writer.write(60, images(values.clear(), png));
        assertThat(page.locator(".step-slider input").first()).hasAttribute("max", "6");
        assertThat(label).containsText("step 40");
        browser.hasNoComplaint();
      }
    }
  }

  private static SummaryValues images(SummaryValues values, byte[] png) {
    return values.images("picture", 1, 1, List.of(png), "");
  }

  @Test
  void theGraphOpensAndIsSearched() {
    try (BoardServer board = serve(logs);
        BrowserPage browser = BrowserPage.open(chromium, 1400, 900, false)) {
      Page page = browser.page();
      page.navigate(board.address() + "#graphs");
      Locator backbone = page.locator(".graph-svg [data-id=backbone]");
      assertThat(backbone).isVisible();
      int before = page.locator(".graph-svg [data-id]").count();
      backbone.focus();
      page.keyboard().press("Enter");
      assertThat(page.locator(".graph-svg [data-id=backbone]"))
          .hasAttribute("aria-label", Pattern.compile("open"));
      assertThat(page.locator(".graph-svg [data-id]").count()).isGreaterThan(before);
      page.getByLabel("Search nodes by name").fill("final_weights");
      page.keyboard().press("ArrowDown");
      assertThat(page.locator(".graph-found [role=option]").first()).containsText("final_weights");
      page.locator(".graph-found [role=option]").first().click();
      assertThat(page.locator(".graph-info")).containsText("final_weights");
      browser.keepPicture("graph-open");
      browser.hasNoComplaint();
    }
  }

  @Test
  void theProjectorShowsEachPhotoAndIsTurned() {
    try (BoardServer board = serve(logs);
        BrowserPage browser = BrowserPage.open(chromium, 1400, 900, false)) {
      Page page = browser.page();
      page.navigate(board.address() + "#projector");
      assertThat(page.locator(".projector-foot")).containsText("24 points");
      Locator canvas = page.locator(".projector-canvas");
      assertThat(canvas).isVisible();
      page.waitForTimeout(1500);
      byte[] before = canvas.screenshot();
      var box = browser.placeOf(canvas);
      page.mouse().move(box.x + 200, box.y + 200);
      page.mouse().down();
      page.mouse().move(box.x + 320, box.y + 260, new Mouse.MoveOptions().setSteps(5));
      page.mouse().up();
      page.waitForTimeout(500);
      assertThat(canvas.screenshot()).isNotEqualTo(before);
      page.getByText("t-SNE", new Page.GetByTextOptions().setExact(true)).click();
      page.waitForTimeout(1500);
      browser.keepPicture("projector-tsne");
      browser.hasNoComplaint();
    }
  }

  @Test
  void theOverviewSaysHowItWentInASentence() {
    try (BoardServer board = serve(logs);
        BrowserPage browser = BrowserPage.open(chromium, 1400, 1400, false)) {
      Page page = browser.page();
      page.navigate("" + board.address());
      assertThat(page.locator("#tab-overview")).hasAttribute("aria-selected", "true");
      assertThat(page.locator("main")).containsText("photos");
      assertThat(page.locator("main")).containsText("Finished");
      browser.keepPicture("overview");
      browser.hasNoComplaint();
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
  void whatLogsSayIsNeverRunAsAScript() throws IOException {
    Path run = folder.resolve("run <img src=page%2Ficon.svg onload=window.planted=1>");
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
        assertThat(page.locator("[onload], script:not([src])")).hasCount(0);
      }
      browser.hasNoComplaint();
    }
  }
}
