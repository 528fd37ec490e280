// Makes elements. What comes from a log is only ever text.

// element('button', { class: 'x', onclick: f, title: 't' }, 'text', child, ...)
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null) continue;
    if (key.startsWith('aria-')) made.setAttribute(key, value);
    else if (value === false) continue;
    else if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

// The same for the elements of a drawing; listeners are added by the caller.
export function svg(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// The only place where HTML is taken: the server made it from Markdown and removed what could do harm.
export function sanitizedHtml(target, html) {
  target.innerHTML = html;
  for (const link of target.querySelectorAll('a[href]')) {
    link.rel = 'noopener noreferrer';
    link.target = '_blank';
  }
}
