// Draws marks, findings and the time axis into SVG. A mark says by its shape and its words what it is; colour adds whose.

const SVG = "http://www.w3.org/2000/svg";

/** An element of SVG with attributes and children. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const SHAPES = {
  arrow: (up) => (up ? "M0 -6 L6 5 L-6 5 Z" : "M0 6 L6 -5 L-6 -5 Z"),
  dot: () => "M-3.5 0 a3.5 3.5 0 1 0 7 0 a3.5 3.5 0 1 0 -7 0",
  diamond: () => "M0 -7 L7 0 L0 7 L-7 0 Z",
  flag: () => "M-5 6 L-5 -6 L6 -2 L-5 2",
  cross: () => "M-5 -5 L5 5 M5 -5 L-5 5",
  stop: () => "M-4 -4 L4 -4 L4 4 L-4 4 Z",
};

const HEIGHT = 22;

/** Draws the marks of one row into `root`. `wordsOf` gives the sentence of a mark. */
export function drawRow(root, marks, view, wordsOf) {
  root.replaceChildren();
  root.setAttribute("height", HEIGHT);
  const seen = marks.filter((mark) => view.x(mark.end) >= -8 && view.x(mark.start) <= view.width + 8);
  let free = 0, last = {};
  seen.forEach((mark, index) => {
    const x = view.x(mark.start);
    // Marks of one kind on one pixel are one mark.
    if (mark.shape !== "bar" && last.kind === mark.kind && last.party === mark.party && x - last.x < 2) return;
    last = { kind: mark.kind, party: mark.party, x };
    const end = mark.shape === "bar" ? Math.max(x + 3, view.x(mark.end)) : x;
    const next = seen[index + 1] ? view.x(seen[index + 1].start) : view.width;
    const group = svg(
      "g", { class: ["mark", mark.kind, mark.party, mark.isAbrupt && "abrupt"].filter(Boolean).join(" "), "data-mark": mark.id, "data-start": mark.start, "data-end": mark.end },
      svg("title", {}, wordsOf(mark)));
    if (mark.shape === "bar") group.append(barOf(x, end, view.width));
    else group.append(shapeOf(mark, x));
    free = writeText(group, mark, x, end, next, free, view.width);
    root.append(group);
  });
}

/** A bar from its start to its end, as much of it as is in view. */
function barOf(x, end, width) {
  const [from, to] = [Math.max(x, -4), Math.min(end, width + 4)];
  return svg("rect", { class: "bar", x: from, y: 3, width: Math.max(3, to - from), height: HEIGHT - 6, rx: 3 });
}

function shapeOf(mark, x) {
  const path = SHAPES[mark.shape](mark.party === "customer");
  return svg("path", {
    class: mark.isHollow ? "shape hollow" : "shape", d: path, transform: `translate(${x} ${HEIGHT / 2})`,
  });
}

/** Writes the longest words that have room inside a bar or beside a shape; returns where the row is free again. */
function writeText(group, mark, x, end, next, free, width) {
  const [from, to] = [Math.max(x, 0), Math.min(end, width)];
  for (const text of mark.texts) {
    const room = text.length * 6.4;
    const places = mark.shape === "bar"
      ? [[from + 6, to - 4, "inside"], [end + 5, Math.min(next - 8, width), "beside"]]
      : [[x + 10, Math.min(next - 8, width), "beside"]];
    // The end of a call is at the edge.
    if (mark.kind === "ending") places.push([x - room - 10, width, "beside"]);
    const place = places.find(([at, limit]) => at >= free && at + room <= limit);
    if (!place) continue;
    group.append(svg("text", { x: place[0], y: HEIGHT / 2 + 4, class: place[2] }, text));
    return Math.max(place[0] + room, end) + 4;
  }
  return Math.max(free, end + 4);
}

/** Draws the bands of findings with their numbers, of the chosen stretch and of folds. */
export function drawBands(root, view, findings, chosen, selection, height) {
  root.replaceChildren();
  for (const [start, end] of view.folds.stretches) {
    const [x, to] = [view.x(start), view.x(end)];
    root.append(svg("rect", { class: "fold", x, y: 0, width: Math.max(2, to - x), height }));
  }
  if (selection) {
    const x = view.x(selection[0]);
    root.append(svg("rect", { class: "selection", x, y: 0, width: Math.max(1, view.x(selection[1]) - x), height }));
  }
  const taken = [];
  findings.forEach((finding, index) => {
    const [x, to] = [view.x(finding.start_s), view.x(finding.end_s)];
    if (to < 0 || x > view.width) return;
    const isChosen = index === chosen;
    const group = svg("g", {
      class: `band ${finding.severity}${isChosen ? " chosen" : ""}`, "data-finding": index,
      "data-start": finding.start_s, "data-end": finding.end_s,
    }, svg("title", {}, `${index + 1}: ${finding.message}`));
    group.append(svg("rect", { class: "area", x, y: 0, width: Math.max(2, to - x), height }));
    let badge = Math.min(Math.max(x, 0), view.width - 18);
    while (taken.some((other) => Math.abs(other - badge) < 19)) badge += 20;
    taken.push(badge);
    group.append(
      svg("rect", { class: "badge", x: badge, y: 0, width: 18, height: 16, rx: 2 }),
      svg("text", { class: "badge-text", x: badge + 9, y: 12, "text-anchor": "middle" }, String(index + 1)));
    if (isChosen) root.append(group);
    else root.insertBefore(group, root.querySelector(".chosen"));
  });
}

/** Draws round times along the bottom. */
export function drawAxis(root, view, clock) {
  root.replaceChildren();
  const ticks = view.ticks(64);
  const tenths = ticks.length > 1 && ticks[1] - ticks[0] < 1;
  for (const tick of ticks) {
    const x = view.x(tick);
    root.append(svg("line", { x1: x, x2: x, y1: 0, y2: 5 }));
    const anchor = x < 16 ? "start" : x > view.width - 18 ? "end" : "middle";
    root.append(svg("text", { x: Math.min(Math.max(0, x), view.width), y: 17, "text-anchor": anchor }, clock(tick, tenths)));
  }
}
