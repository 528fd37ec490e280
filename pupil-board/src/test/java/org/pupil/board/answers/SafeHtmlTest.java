package org.pupil.board.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeHtmlTest {
  /** An element that is allowed, with attributes that are. */
  private static final Pattern ALLOWED =
      Pattern.compile(
          "</?(ul|ol|li|p|pre|code|blockquote|h[1-6]|hr|br|strong|em|table|thead|tbody|td|tr|th) ?/?>"
              + "|<t[hd] align=\"(left|center|right)\">"
              + "|<a( (href|title)=\"[^\"<>]*\")*>|</a>"
              + "|<img( (src|title|alt)=\"[^\"<>]*\")* />");

  private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

  @Test
  void markdownIsRendered() {
    assertThat(SafeHtml.ofMarkdown("# A\n\n*b* **c** `d`\n\n* e\n* f\n\n> g\n\n---\n"))
        .isEqualToIgnoringWhitespace(
            "<h1>A</h1><p><em>b</em> <strong>c</strong> <code>d</code></p>"
                + "<ul><li>e</li><li>f</li></ul><blockquote><p>g</p></blockquote><hr />");
  }

  @Test
  void tablesAreRendered() {
    assertThat(SafeHtml.ofMarkdown("| a | b |\n|---|--:|\n| 1 | 2 |\n"))
        .isEqualToIgnoringWhitespace(
            "<table><thead><tr><th>a</th><th align=\"right\">b</th></tr></thead>"
                + "<tbody><tr><td>1</td><td align=\"right\">2</td></tr></tbody></table>");
  }

  @Test
  void linksAndPicturesKeepHarmlessAddresses() {
    assertThat(SafeHtml.ofMarkdown("[x](http://example.org/?a=1&b=2 \"t\") ![y](z.png)"))
        .contains("title=\"t\"")
        .contains(">x</a>")
        .contains("src=\"z.png\"")
        .contains("alt=\"y\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "<a href=\"  java\tscript:alert(1)\">x</a>",
        "![x](data:text/html,<script>alert(1)</script>)",
        "<svg onload=alert(1)>",
        "<iframe src=//example.org></iframe>",
        "<style>*{display:none}</style>",
        "<p style='position:fixed' class=a id=b>x",
        "<form action=/x><input name=y></form>",
        "<math><mtext></p><img src=1 onerror=alert(1)>",
        "<table><td><script>alert(1)</script>",
        "<table><tr><td align=justify>a<td align='right\" onclick=\"alert(1)'>b<th align=expression(1)>c",
        "<p align=right>a",
        "```<script>\nalert(1)",
        "<!--><script>alert(1)</script>-->",
        "<a href='vbscript:x'>y</a>",
        "<base href=//example.org>",
        "<meta http-equiv=refresh content=0>",
        "</div></body><script src=//example.org/x.js></script>"
      })
  void nothingThatRunsComesThrough(String attack) {
    assertIsSafe(SafeHtml.ofMarkdown(attack));
    assertIsSafe(SafeHtml.of(attack));
  }

  @Provide
  Arbitrary<String> tagSoup() {
    return Arbitraries.of(
            "<script>",
            "</script>",
            "<img src=",
            "onerror=",
            "<a href=",
            "javascript:",
            "\"",
            "'",
            ">",
            "<",
            "`",
            "*",
            "[x](",
            ")",
            "\n",
            "|",
            "---",
            "<!--",
            "-->",
            "<svg",
            "<table>",
            "<td>",
            "</p>",
            "&#x6a;",
            "\0",
            "alert(1)",
            " ",
            "<![CDATA[",
            "]]>",
            "<math>",
            "<style>")
        .list()
        .ofMaxSize(25)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 2000)
  void nothingThatRunsComesOutOfTagSoup(@ForAll("tagSoup") String soup) {
    assertIsSafe(SafeHtml.ofMarkdown(soup));
  }

  @Test
  void nullsGoWithAWarning() {
    assertThat(SafeHtml.ofMarkdown("a\0b\0"))
        .startsWith("<!-- WARNING: discarded 2 null bytes in markdown string")
        .endsWith("<p>ab</p>\n");
  }

  @Test
  void deepNestingIsNoTrouble() {
    assertIsSafe(SafeHtml.ofMarkdown(">".repeat(20_000) + " deep"));
    assertIsSafe(SafeHtml.ofMarkdown("*a **a ".repeat(10_000) + "a** a*".repeat(10_000)));
    assertIsSafe(SafeHtml.ofMarkdown("[".repeat(20_000)));
    assertIsSafe(SafeHtml.ofMarkdown("<p>".repeat(5_000)));
    assertIsSafe(SafeHtml.of("<p>".repeat(20_000)));
    assertIsSafe(SafeHtml.ofMarkdown("* ".repeat(20_000)));
  }

  @Test
  void aTextThatNobodyReadsIsShownAsItIs() {
    assertThat(SafeHtml.ofMarkdown("*a* <b> ".repeat(200_000))).startsWith("<pre>*a* &lt;b&gt; ");
  }

  @Test
  void aShortTextThatWouldBecomeAHugeTableIsShownAsItIs() {
    String table = "|a".repeat(5000) + "\n" + "|-".repeat(5000) + "\n" + "|b\n".repeat(2500);
    assertThat(SafeHtml.ofMarkdown(table)).startsWith("<pre>|a|a").hasSizeLessThan(100_000);
  }

  @Test
  void manyAngleBracketsAreShownAsTheyAre() {
    assertThat(SafeHtml.ofMarkdown("<".repeat(800_000))).startsWith("<pre>&lt;&lt;");
  }

  private static void assertIsSafe(String html) {
    String withoutWarning = html.replaceFirst("^<!-- WARNING: discarded \\d+ null[^<>]*-->\\s", "");
    assertThat(ALLOWED.matcher(withoutWarning).replaceAll("")).doesNotContain("<");
    Matcher address = ADDRESS.matcher(html);
    while (address.find()) {
      assertThat(address.group(1)).matches("(?i)(?:https?:|mailto:)[^:]*|[^:]*|[^:/]*/.*");
    }
  }
}
