package org.pupil.program;

import com.microsoft.playwright.Frame;
import java.util.List;

/**
 * What a page lacks for people who read it with a keyboard, a screen reader or weak eyes: the rules
 * of WCAG 2.2, level AA, that a program can look at. Written out plainly, so that it needs no
 * script from elsewhere.
 */
final class PageAudit {
  private static final String RULES =
      """
      () => {
        const lacks = [];
        const all = (selector) => [...document.querySelectorAll(selector)];
        const shown = (element) => {
          for (let at = element; at; at = at.parentElement) {
            if (at.matches('details:not([open])') && !element.closest('summary')) return false;
          }
          const box = element.getBoundingClientRect();
          return box.width > 1 && box.height > 1;
        };
        const short = (element) => element.outerHTML.replace(/data:[^"]*/g, 'data:').slice(0, 120);

        // --- landmarks, headings, names
        if (!document.documentElement.lang) lacks.push('the page says no language');
        if (!document.title) lacks.push('the page has no title');
        for (const one of ['main', 'h1', 'body > header', 'body > footer']) {
          if (all(one).length !== 1) lacks.push(`${all(one).length} of ${one}`);
        }
        let level = 0;
        for (const heading of all('h1, h2, h3, h4, h5, h6')) {
          const next = Number(heading.tagName[1]);
          if (next > level + 1) lacks.push(`a level is skipped before ${short(heading)}`);
          if (!heading.textContent.trim()) lacks.push('an empty heading');
          level = next;
        }
        for (const image of all('img')) {
          if (!(image.getAttribute('alt') ?? '').trim()) lacks.push(`no words for ${short(image)}`);
          if (!image.complete || image.naturalWidth === 0) {
            if (image.loading !== 'lazy') lacks.push(`cannot be seen: ${short(image)}`);
          }
        }
        for (const plot of all('svg')) {
          const named = plot.getAttribute('role') === 'img' && plot.getAttribute('aria-label');
          if (!named && plot.getAttribute('aria-hidden') !== 'true') lacks.push(`no words for ${short(plot)}`);
        }
        for (const one of all('a[href], button, summary, [role=region], iframe')) {
          const name = one.getAttribute('aria-label') ?? one.getAttribute('title') ?? one.textContent;
          if (!name.trim()) lacks.push(`no name: ${short(one)}`);
        }
        for (const table of all('table')) {
          const heads = [...table.querySelectorAll('th')];
          if (heads.length === 0 || heads.some((head) => !head.scope)) lacks.push(`heads without scope in ${short(table)}`);
        }
        const ids = all('[id]').map((one) => one.id);
        ids.filter((id, i) => ids.indexOf(id) < i).forEach((id) => lacks.push(`twice the id ${id}`));
        for (const link of all('a[href^="#"]')) {
          if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) lacks.push(`leads nowhere: ${short(link)}`);
        }
        for (const list of all('ul, ol, dl')) {
          const fits = list.tagName === 'DL' ? 'DT DD DIV' : 'LI';
          if ([...list.children].some((child) => !fits.includes(child.tagName))) lacks.push(`not only items in ${short(list)}`);
        }

        // --- keyboard: what scrolls can be reached
        for (const one of all('*')) {
          if (one.scrollWidth > one.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.tabIndex < 0) {
            lacks.push(`scrolls, but not by keyboard: ${short(one)}`);
          }
        }

        // --- contrast of every text with what is behind it
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const rgba = (colour) => {
          canvas.clearRect(0, 0, 1, 1);
          canvas.fillStyle = colour;
          canvas.fillRect(0, 0, 1, 1);
          const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
          return [r, g, b, a / 255];
        };
        const over = (front, back) => [0, 1, 2].map((i) => front[3] * front[i] + (1 - front[3]) * back[i]).concat(1);
        const behind = (element) => {
          const layers = [];
          for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
          return layers.reverse().reduce((back, layer) => over(layer, back), [255, 255, 255, 1]);
        };
        const light = (colour) => {
          const [r, g, b] = colour.map((value) => value / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          const element = texts.currentNode.parentElement;
          if (!texts.currentNode.textContent.trim() || !shown(element)) continue;
          const style = getComputedStyle(element);
          const inSvg = element.closest('svg') !== null;
          if (inSvg && element.tagName === 'title') continue;
          const back = behind(element);
          const front = over(rgba(inSvg ? style.fill : style.color), back);
          const [high, low] = [light(front), light(back)].sort((a, b) => b - a);
          const ratio = (high + 0.05) / (low + 0.05);
          const size = parseFloat(style.fontSize);
          const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
          if (ratio < (large ? 3 : 4.5)) lacks.push(`contrast ${ratio.toFixed(2)}: ${short(element)}`);
        }
        return [...new Set(lacks)];
      }
      """;

  private PageAudit() {}

  /** What is lacking, a sentence each. */
  @SuppressWarnings("unchecked") // the script gives an array of texts
  static List<String> lacks(Frame page) {
    return (List<String>) page.evaluate(RULES);
  }
}
