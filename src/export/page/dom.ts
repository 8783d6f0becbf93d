/** The little of a browser that the page's script touches; `src` is compiled without the browser's own types. */
export type Element = {
  id: string;
  hidden: boolean;
  value: string;
  className: string;
  textContent: string | null;
  dataset: Record<string, string | undefined>;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
  addEventListener(type: string, listener: (event: { preventDefault(): void }) => void): void;
};

declare const document: { querySelector(selector: string): Element | null; querySelectorAll(selector: string): Iterable<Element> };

/** @throws Error where the page lacks the element: it is not the page that this script was made for. */
export function element(selector: string): Element {
  const found = document.querySelector(selector);
  if (found === null) throw new Error(`This page has no ${selector}.`);
  return found;
}

export const elements = (selector: string): Element[] => [...document.querySelectorAll(selector)];
