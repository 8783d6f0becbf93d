/** Small drawings of the page's own, so that nothing depends on the fonts of a machine. */
const PATHS = {
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5z',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.2a6.5 6.5 0 0 1 3.5 5.8',
  pin: 'M9 3h6l-1 7 4 4H6l4-4zM12 14v7',
  clip: 'M20 11.5 12 19.4a5 5 0 0 1-7-7l8.4-8.3a3.3 3.3 0 0 1 4.7 4.7L9.7 17a1.6 1.6 0 0 1-2.4-2.3l7.6-7.5',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M8.5 14a4.2 4.2 0 0 0 7 0M9 9.2v.6M15 9.2v.6',
  reply: 'M4 5h16v11H10l-5 4v-4H4z',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  home: 'M4 11.5 12 4l8 7.5V20h-5.5v-5h-5v5H4z',
  start: 'M5 21V4h11l-1.5 4L16 12H5',
  send: 'M4 12 20 4l-5 16-3.5-6.5z',
};

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing beside words, or in a button that has a label of its own. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
