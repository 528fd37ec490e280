package org.pupil.board.answers;

import java.util.List;
import java.util.function.Function;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Makes HTML, which may be put into a page, of what a log says, which may be anything. What comes
 * out has only TensorBoard's choice of elements: paragraphs, headings, lists, quotes, code, tables,
 * emphasis, links and pictures; no script, no style, no attribute besides an address, a title, a
 * picture's text and the side at which a cell of a table stands, which TensorBoard leaves out.
 */
public final class SafeHtml {
  /** A text longer than this is shown as it is: nobody reads it, and to parse it takes long. */
  private static final int LONGEST_MARKDOWN = 1 << 20;

  /** A table is filled to the width of its first line, so a short text can become a huge one. */
  private static final long MOST_CELLS = 200_000;

  /** From each angle bracket on, the parser looks through the rest for the end of an element. */
  private static final long MOST_LETTERS_LOOKED_AT = 100_000_000;

  /** Quotes in quotes in lists, so many of them. */
  private static final int DEEPEST_BLOCKS = 100;

  private static final List<TablesExtension> TABLES =
      List.of((TablesExtension) TablesExtension.create());
  private static final Parser PARSER =
      Parser.builder().extensions(TABLES).maxOpenBlockParsers(DEEPEST_BLOCKS).build();
  private static final HtmlRenderer RENDERER = HtmlRenderer.builder().extensions(TABLES).build();

  private static final PolicyFactory POLICY =
      new HtmlPolicyBuilder()
          .allowElements(
              "ul",
              "ol",
              "li",
              "p",
              "pre",
              "code",
              "blockquote",
              "h1",
              "h2",
              "h3",
              "h4",
              "h5",
              "h6",
              "hr",
              "br",
              "strong",
              "em",
              "a",
              "img",
              "table",
              "thead",
              "tbody",
              "td",
              "tr",
              "th")
          .allowAttributes("href", "title")
          .onElements("a")
          .allowAttributes("src", "title", "alt")
          .onElements("img")
          .allowAttributes("align")
          .matching(true, "left", "center", "right")
          .onElements("th", "td")
          .allowUrlProtocols("http", "https", "mailto")
          .toFactory();

  private SafeHtml() {}

  /** Renders Markdown with tables. */
  public static String ofMarkdown(String markdown) {
    return ofMarkdowns(List.of(markdown), parts -> parts.get(0));
  }

  /**
   * Renders several pieces of Markdown.
   *
   * @param combine puts the HTML of the pieces together, before it is made safe
   */
  public static String ofMarkdowns(List<String> markdowns, Function<List<String>, String> combine) {
    List<String> withoutNulls = markdowns.stream().map(text -> text.replace("\0", "")).toList();
    int nulls = length(markdowns) - length(withoutNulls);
    String warning =
        nulls == 0
            ? ""
            : "<!-- WARNING: discarded %d null bytes in markdown string after UTF-8 decoding -->%n"
                .formatted(nulls);
    return warning + of(combine.apply(withoutNulls.stream().map(SafeHtml::render).toList()));
  }

  private static int length(List<String> texts) {
    return texts.stream().mapToInt(String::length).sum();
  }

  private static String render(String markdown) {
    if (takesLong(markdown)) {
      return asItIs(markdown);
    }
    try {
      return RENDERER.render(PARSER.parse(markdown));
    } catch (StackOverflowError e) {
      // Emphasis in emphasis in emphasis: the renderer goes down into it by recursion.
      return asItIs(markdown);
    }
  }

  private static boolean takesLong(String markdown) {
    if (markdown.length() > LONGEST_MARKDOWN) {
      return true;
    }
    long lines = 1;
    long columns = 1;
    long mostColumns = 1;
    long brackets = 0;
    for (int i = 0; i < markdown.length(); i++) {
      switch (markdown.charAt(i)) {
        case '\n', '\r' -> {
          lines++;
          columns = 1;
        }
        case '|' -> mostColumns = Math.max(mostColumns, ++columns);
        case '<' -> brackets++;
        default -> {}
      }
    }
    return lines * mostColumns > MOST_CELLS
        || brackets * markdown.length() > MOST_LETTERS_LOOKED_AT;
  }

  private static String asItIs(String text) {
    return "<pre>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</pre>";
  }

  /** Takes everything out of HTML that is not harmless. */
  public static String of(String html) {
    return POLICY.sanitize(html);
  }
}
