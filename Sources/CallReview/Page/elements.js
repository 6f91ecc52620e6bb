// Elements of the page: found, made, and saved as files.

/** The first element of a selector. */
export const find = (selector) => document.querySelector(selector);

/** All elements of a selector, as an array. */
export const findAll = (selector) => [...document.querySelectorAll(selector)];

/** An element of HTML with properties and children; text stays text. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Saves bytes or text as a file of the reader's. */
export function download(content, type, name) {
  const anchor = element("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}
