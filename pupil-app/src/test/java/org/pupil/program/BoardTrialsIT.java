package org.pupil.program;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.log.EventWriter;
import org.pupil.log.HParams;
import org.pupil.log.SummaryValues;

/** The pages of texts, of precision and recall, and of hyperparameters, in a real browser. */
class BoardTrialsIT {
  private static final String PLANTED = "<svg onload=\"window.planted=1\"></svg>";

  @TempDir private Path folder;
  private BoardServer board;
  private BrowserPage browser;
  private Page page;

  @BeforeEach
  void boardAndBrowser() throws IOException {
    var chromium = BrowserPage.browser();
    assumeTrue(
        chromium.isPresent(), "no chromium on the path, nor in the variable CHROMIUM: not tested");
    Path logs = folder.resolve("logs");
    writeTrial(logs, "slow", 0.001, 0.5f);
    writeTrial(logs, "good", 0.01, 0.875f);
    writeTrial(logs, "wild", 0.1, 0.75f);
    board = BoardServer.start(PupilProgram.in(folder), "--logdir=" + logs).loaded();
    browser = BrowserPage.open(chromium.orElseThrow(), 1400, 900, false);
    page = browser.page();
  }

  @AfterEach
  void end() {
    if (browser != null) {
      browser.close();
    }
    if (board != null) {
      board.close();
    }
  }

  private static void writeTrial(Path logs, String name, double learningRate, float accuracy)
      throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("optimizer", name.equals("good") ? "auto" : "gradient_descent");
    settings.put("learning_rate", learningRate);
    settings.put("note", PLANTED);
    List<HParams.Metric> metrics = List.of(new HParams.Metric("", "accuracy", "Accuracy"));
    try (EventWriter writer = EventWriter.open(logs.resolve(name), Clock.systemUTC(), "test")) {
      writer.write(
          0,
          new SummaryValues()
              .hparams(HParams.experiment(settings, metrics, Instant.EPOCH))
              .hparams(HParams.sessionStart(settings, "", Instant.EPOCH)));
      writer.write(
          0,
          new SummaryValues().prCurve("robin/pr_curves", new int[] {4, 2, 1}, new int[] {6, 3, 2}));
      for (int step = 0; step < 12; step++) {
        writer.write(
            step,
            new SummaryValues()
                .scalar("accuracy", accuracy * (step + 1) / 12)
                .text("diary", "**" + name + "** " + PLANTED + " at " + step));
      }
      writer.write(
          11,
          new SummaryValues().prCurve("robin/pr_curves", new int[] {4, 3, 1}, new int[] {6, 1, 0}));
      writer.write(
          11,
          new SummaryValues().hparams(HParams.sessionEnd(HParams.Outcome.SUCCESS, Instant.EPOCH)));
    }
  }

  private void open(String tab) {
    page.navigate(board.address() + "#" + tab);
  }

  private void nothingWasPlanted() {
    assertThat(page.evaluate("window.planted")).isNull();
    browser.hasNoComplaint();
  }

  @Test
  void textsStandNewestFirstAndTheOlderOnesFollowWhenAskedFor() {
    open("text");
    Locator good = page.locator(".text-card").filter(has("good"));
    Locator texts = good.locator(".text-entry");
    assertThat(texts).hasCount(10);
    assertThat(texts.first()).containsText("Step 11");
    assertThat(texts.first().locator("strong")).hasText("good");
    good.getByText("2 older").click();
    assertThat(texts).hasCount(12);
    assertThat(texts.last()).containsText("Step 0");
    browser.keepPicture("texts");
    nothingWasPlanted();
  }

  @Test
  void aCurveTellsItsThresholdAndCountsUnderThePointer() {
    open("pr_curves");
    Locator card = page.locator(".pr-card");
    assertThat(card.locator("h3")).hasText("robin");
    assertThat(card.locator(".step-label")).containsText("step 11");
    pointAt(card, 0.75, 0.75);
    Locator cells = page.locator(".tooltip tbody tr").first().locator("td");
    assertThat(cells)
        .hasText(new String[] {"", "slow", "0.5", "0.75", "0.75", "3", "1", "5", "1", "11"});
    browser.keepPicture("pr-curves");
    card.locator(".step-slider input").focus();
    page.keyboard().press("Home");
    assertThat(card.locator(".step-label")).containsText("step 0");
    card.getByText("Values").click();
    assertThat(card.locator(".pr-values tbody tr").nth(1).locator("td"))
        .hasText(new String[] {"0.5", "0.4", "0.5", "2", "3", "3", "2"});
    nothingWasPlanted();
  }

  @Test
  void aPointerThatRestsIsToldWhatHasComeMeanwhile() throws IOException {
    open("pr_curves");
    Locator card = page.locator(".pr-card");
    assertThat(card.locator(".step-label")).containsText("step 11");
    pointAt(card, 0.75, 0.75);
    Locator step = page.locator(".tooltip tbody tr").first().locator("td").last();
    assertThat(step).hasText("11");
    try (EventWriter writer =
        EventWriter.open(folder.resolve("logs/slow"), Clock.systemUTC(), "test")) {
      writer.write(
          12,
          new SummaryValues().prCurve("robin/pr_curves", new int[] {4, 4, 1}, new int[] {6, 0, 0}));
    }
    assertThat(step).hasText("12");
    nothingWasPlanted();
  }

  /** Rests on a place of the plane of recall and precision, which is drawn from -0.03 to 1.03. */
  private void pointAt(Locator card, double recall, double precision) {
    BoundingBox plot = browser.placeOf(card.locator(".u-over"));
    page.mouse()
        .move(
            plot.x + plot.width * (recall + 0.03) / 1.06,
            plot.y + plot.height * (1 - (precision + 0.03) / 1.06));
  }

  @Test
  void trialsAreSortedFilteredOpenedAndDownloaded() throws IOException {
    open("hparams");
    Locator rows = page.locator(".hp-table tbody th");
    assertThat(rows).hasCount(3);
    Locator byAccuracy = page.locator(".hp-sort").filter(has("Accuracy"));
    byAccuracy.click();
    byAccuracy.click();
    assertThat(rows).hasText(new String[] {"▸good", "▸wild", "▸slow"});
    page.getByLabel("Minimum of Accuracy").fill("0.6");
    assertThat(page.locator(".hp-count")).hasText("2 of 3 trials");
    page.locator(".hp-open").first().click();
    assertThat(page.locator(".hp-chart .note")).hasText("Last 0.875 at step 11");
    browser.keepPicture("trials");
    page.reload();
    assertThat(rows).hasText(new String[] {"▸good", "▸wild"});
    Download csv = page.waitForDownload(() -> page.getByText("CSV").click());
    List<String> lines = Files.readAllLines(csv.path());
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).isEqualTo("learning_rate,optimizer,Accuracy");
    assertThat(lines.get(1)).startsWith("0.01,").endsWith(",auto,0.875");
    nothingWasPlanted();
  }

  @Test
  void whatCameOutAndWhatDiffersIsSeenWithoutScrolling() {
    page.setViewportSize(1280, 800);
    open("hparams");
    assertThat(page.locator(".hp-sort"))
        .hasText(new String[] {"Trial", "Status", "Accuracy", "learning_rate", "optimizer"});
    Locator table = page.locator(".hp-table .scroll");
    assertThat(table.evaluate("box => box.scrollWidth <= box.clientWidth")).isEqualTo(true);
    assertThat(page.getByText("The same in all trials (1)")).isVisible();
    double before = browser.placeOf(table).width;
    page.getByText("Columns and filters").click();
    assertThat(page.locator(".hp-filters.closed")).isVisible();
    assertThat(browser.placeOf(table).width).isGreaterThan(before + 200);
    browser.keepPicture("trials-closed-panel");
    nothingWasPlanted();
  }

  @Test
  void aMarkOnAnAxisKeepsTheTrialsThroughIt() {
    open("hparams");
    page.getByText("Parallel coordinates").click();
    assertThat(page.locator(".hp-lines path.in")).hasCount(3);
    Locator axis = page.locator(".hp-axis").filter(has("Accuracy")).locator(".overlay");
    BoundingBox box = browser.placeOf(axis);
    page.mouse().move(box.x + box.width / 2, box.y + 1);
    page.mouse().down();
    page.mouse().move(box.x + box.width / 2, box.y + box.height * 0.5);
    page.mouse().up();
    assertThat(page.locator(".hp-count")).hasText("2 of 3 trials");
    assertThat(page.locator(".hp-lines path.out")).hasCount(1);
    browser.keepPicture("parallel-coordinates");
    page.getByText("Scatter matrix").click();
    assertThat(page.locator(".hp-cell")).hasCount(3);
    page.getByText("Clear selection").click();
    assertThat(page.locator(".hp-count")).hasText("3 trials");
    nothingWasPlanted();
  }

  /** Another width asks for another drawing; the half-drawn mark would be lost with the old one. */
  @Test
  void aMarkInAPlotIsNotLostWhenThePageChangesMeanwhile() {
    open("hparams&hparams=%7B%22view%22:%22scatter%22%7D");
    assertThat(page.locator(".hp-cell")).hasCount(3);
    BoundingBox box = browser.placeOf(page.locator(".hp-brush .overlay").first());
    page.mouse().move(box.x + 1, box.y + 1);
    page.mouse().down();
    page.mouse().move(box.x + box.width / 2, box.y + box.height / 3);
    narrowWindow();
    page.mouse().move(box.x + box.width - 1, box.y + box.height / 2);
    page.mouse().up();
    assertThat(page.locator(".hp-count")).hasText("2 of 3 trials");
    nothingWasPlanted();
  }

  @Test
  void aMarkOnAnAxisIsNotLostWhenThePageChangesMeanwhile() {
    open("hparams&hparams=%7B%22view%22:%22parallel%22%7D");
    assertThat(page.locator(".hp-lines path.in")).hasCount(3);
    Locator axis = page.locator(".hp-axis").filter(has("Accuracy")).locator(".overlay");
    BoundingBox box = browser.placeOf(axis);
    page.mouse().move(box.x + box.width / 2, box.y + 1);
    page.mouse().down();
    page.mouse().move(box.x + box.width / 2, box.y + box.height / 4);
    narrowWindow();
    page.mouse().move(box.x + box.width / 2, box.y + box.height / 2);
    page.mouse().up();
    assertThat(page.locator(".hp-count")).hasText("2 of 3 trials");
    nothingWasPlanted();
  }

  private void narrowWindow() {
    page.setViewportSize(1100, 900);
    page.evaluate("new Promise((done) => setTimeout(done, 200))");
  }

  @Test
  void axesAreMovedWithTheArrowKeys() {
    open("hparams&hparams=%7B%22view%22:%22parallel%22%7D");
    Locator titles = page.locator(".hp-axis-title");
    assertThat(titles.first()).containsText("learning_rate");
    titles.first().focus();
    page.keyboard().press("ArrowRight");
    assertThat(titles.nth(1)).containsText("learning_rate");
    assertThat(titles.nth(1)).isFocused();
    nothingWasPlanted();
  }

  private static Locator.FilterOptions has(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
