// The tables of moments and of talk: what is searched, and what is listed when it is asked for.
import { clock, lengthOf, parseTime, linkOfStretch } from "./times.js";
import { find, findAll, element } from "./elements.js";
import { overlapsOf } from "./marks.js";

/** The field that searches the moments; a time goes there at once. */
export function listenToSearch(seek) {
  const field = find("#search");
  const rows = findAll("#moments > .scroll tbody tr");
  const show = () => {
    const words = field.value.trim().toLowerCase();
    const isTime = !Number.isNaN(parseTime(words));
    for (const row of rows) row.hidden = !isTime && !row.textContent.toLowerCase().includes(words);
    const found = rows.filter((row) => !row.hidden).length;
    find("#moments .found").textContent = words && !isTime ? `${found} of ${rows.length} moments` : "";
  };
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      field.value = "";
      show();
    } else if (event.key === "Enter") {
      const time = parseTime(field.value.trim());
      if (!Number.isNaN(time)) seek(time);
      else rows.find((row) => !row.hidden)?.querySelector("a.jump")?.click();
    } else return;
    event.preventDefault();
    field.blur();
  });
}

/** Lists who talks when, once it is opened: a long call has thousands of lines. */
export function listenToTalk(voices, spurts) {
  find("#talk").addEventListener("toggle", () => {
    const lines = voices.flatMap((voice, index) => spurts[index].map(([start, end]) => [start, end, `${voice} talks`]));
    if (spurts.length === 2) lines.push(...overlapsOf(...spurts).map(([start, end]) => [start, end, "both talk"]));
    lines.sort((a, b) => a[0] - b[0]);
    find("#talk tbody").replaceChildren(...lines.map(([start, end, words]) => element("tr", {},
      element("td", {}, element("a", { className: "jump", href: linkOfStretch(start, end), textContent: clock(start, true) })),
      ...[clock(end, true), lengthOf(end - start), words].map((textContent) => element("td", { textContent })))));
  }, { once: true });
}
