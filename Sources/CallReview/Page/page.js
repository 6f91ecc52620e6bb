// Puts the page together: data, picture, player, findings, keys and links.
import { clock, lengthOf, parseTime, stretchOfLink, linkOfStretch } from "./times.js";
import { Folds } from "./folds.js";
import { Peaks, bytesOfBase64 } from "./peaks.js";
import { ROWS, marksOf, overlapsOf } from "./marks.js";
import { View } from "./view.js";
import { drawWaveform } from "./waveform.js";
import { drawRow, drawBands, drawAxis, svg } from "./lane.js";
import { Player } from "./player.js";
import { clipOf } from "./clip.js";
import { Notebook } from "./notebook.js";
import { KEYS, actionOf } from "./keys.js";

/** Who hears a finding needs what led to it, in seconds. */
const LEAD_IN = 4;
/** A finding is opened with so much around it, in seconds. */
const AROUND = 15;

const find = (selector) => document.querySelector(selector);
const findAll = (selector) => [...document.querySelectorAll(selector)];

/** An element of HTML with properties and children. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** The page of one call. */
class Page {
  constructor(data, wave) {
    this.data = data;
    this.wave = wave;
    this.findings = data.findings;
    this.duration = data.call.recording.duration_s;
    this.chosen = this.findings.length ? 0 : -1;
    this.selection = null;
    this.notebook = new Notebook();
    this.marks = marksOf(data.call, data.voices, lengthOf);
    this.spurts = data.voices.map((voice) => (voice === "speech" ? data.call.mixed : data.call.parties[voice])?.talkspurts ?? []);
    this.waiting = data.call.events.filter(({ type }) => type === "hold" || type === "dead_air")
      .map(({ start_s, end_s }) => [start_s, end_s]);
    if (data.picture) {
      this.peaks = new Peaks(bytesOfBase64(data.picture.data), data.picture.channels, data.picture.stretch_s);
      this.peaks.scaleOfPicture = this.peaks.scale;
    }
    const url = wave ? URL.createObjectURL(new Blob([wave], { type: "audio/wav" })) : null;
    this.player = new Player(url, data.sound_channels, data.places, this.duration);
    this.player.changed = () => this.showTime();
    this.view = new View(new Folds(this.duration, []), 100);
    this.overview = new View(new Folds(this.duration, []), 100);
  }

  /** Builds what only a script can use, and opens the page at its link or at its worst finding. */
  start() {
    find("#player").hidden = false;
    this.buildRows();
    this.buildControls();
    this.buildFindings();
    this.buildHelp();
    this.listen();
    this.resize();
    if (!this.openLink()) {
      if (this.chosen >= 0) this.choose(0);
      else this.seek(0);
    }
    if (!this.player.canPlay) this.say(this.silence);
    requestAnimationFrame(() => this.tick());
  }

  // MARK: Building

  buildRows() {
    const rows = find("#rows");
    for (const row of ROWS) {
      const marks = this.marks.filter((mark) => mark.row === row.name);
      if (!marks.length) continue;
      rows.append(element("div", { className: "row" }, element("span", { className: "row-title", textContent: row.title }),
        svg("svg", { "data-row": row.name, "aria-hidden": "true" })));
    }
    const sides = findAll("#plot .side");
    this.data.voices.forEach((voice, index) => {
      sides[index].textContent = voice[0].toUpperCase() + voice.slice(1);
      sides[index].classList.add(voice);
    });
    find("#plot .both").hidden = this.spurts.length < 2 || overlapsOf(...this.spurts).length === 0;
    this.words = new Map(findAll("#moments tr[data-mark]").map((row) => [row.dataset.mark, row.lastElementChild.textContent]));
  }

  buildControls() {
    const canHear = this.player.canPlay;
    const isApart = new Set(this.data.places).size > 1;
    find("#play").disabled = !canHear;
    for (const button of findAll("#solo button")) button.disabled = !canHear || !isApart;
    for (const id of ["#speed", "#loop", "#clip"]) find(id).disabled = !canHear;
    for (const button of findAll("[data-action=next], [data-action=previous]")) button.disabled = this.findings.length === 0;
    find("#fold").hidden = this.foldsOf(true).saved === 0;
    find("#fold").textContent = `Fold waiting (saves ${lengthOf(this.foldsOf(true).saved)})`;
    find("#gains").hidden = !canHear || !isApart;
    if (!isApart && canHear) find("#solo").title = "Both parties are on one channel: neither can be heard alone.";
    this.data.voices.forEach((voice, index) => {
      const input = element("input", { type: "range", min: 0, max: 4, step: 0.1, value: 1 });
      input.addEventListener("input", () => this.player.setGain(index, Number(input.value)));
      find("#gains").append(element("label", {}, `${voice} `, input));
    });
  }

  /** Why nothing is heard, and how it would be. */
  get silence() {
    return "The sound is not in this page. Make it with: talkspurt inspect CALL --html FILE --embed-audio, or cut a "
      + `moment with: talkspurt clip CALL --at ${clock(Math.max(0, this.player.time))} --output moment.wav`;
  }

  buildFindings() {
    for (const item of findAll("li.finding")) {
      const index = Number(item.dataset.finding);
      const bar = element("p", { className: "verdicts" });
      bar.setAttribute("role", "group");
      bar.setAttribute("aria-label", "Is it right?");
      for (const [verdict, text] of [["right", "✓ Right"], ["wrong", "✗ Wrong"], ["unsure", "? Unsure"]]) {
        const button = element("button", { type: "button", textContent: text });
        button.dataset.verdict = verdict;
        button.setAttribute("aria-pressed", "false");
        button.addEventListener("click", () => this.judge(index, verdict));
        bar.append(button);
      }
      item.lastElementChild.append(bar);
    }
  }

  buildHelp() {
    find("#help tbody").append(...KEYS.map(({ called, does }) => element("tr", {},
      element("th", { scope: "row", textContent: called }), element("td", { textContent: does }))));
  }

  // MARK: Listening

  listen() {
    document.addEventListener("keydown", (event) => {
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      this.act(action);
    });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-action]");
      if (button) this.act(button.dataset.action);
      const jump = event.target.closest("a.jump");
      if (jump) this.jump(event, jump);
    });
    find("#play").addEventListener("click", () => this.act("toggle"));
    find("#speed").addEventListener("change", (event) => this.player.setSpeed(Number(event.target.value)));
    find("#search").addEventListener("input", (event) => this.search(event.target.value));
    find("#search").addEventListener("keydown", (event) => this.searchKey(event));
    find("#note").addEventListener("close", () => this.keepNote());
    window.addEventListener("hashchange", () => this.openLink());
    window.addEventListener("resize", () => this.resize());
    for (const [event, isPaper] of [["beforeprint", true], ["afterprint", false]]) {
      window.addEventListener(event, () => {
        document.body.classList.toggle("on-paper", isPaper);
        this.resize();
      });
    }
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    window.addEventListener("beforeunload", (event) => { if (!this.notebook.isSaved) event.preventDefault(); });
    this.listenToPicture(find("#plot"));
    this.listenToOverview(find("#overview"));
  }

  listenToPicture(plot) {
    const timeOf = (event) => this.view.time(event.clientX - plot.getBoundingClientRect().left);
    let from = null;
    plot.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      from = { time: timeOf(event), x: event.clientX };
      plot.setPointerCapture(event.pointerId);
    });
    plot.addEventListener("pointermove", (event) => {
      if (!from || Math.abs(event.clientX - from.x) < 5) return;
      const time = timeOf(event);
      this.selection = [Math.min(from.time, time), Math.max(from.time, time)];
      this.drawBands();
    });
    plot.addEventListener("pointerup", (event) => {
      if (!from) return;
      const isDrag = Math.abs(event.clientX - from.x) >= 5;
      if (!isDrag) this.selection = null;
      this.seek(isDrag ? this.selection[0] : from.time);
      this.refreshLoop();
      this.drawBands();
      from = null;
    });
    plot.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      if (event.ctrlKey) this.zoom(event.deltaY > 0 ? 1.25 : 0.8, timeOf(event));
      else this.pan(Math.sign(event.deltaY || event.deltaX) * 0.15);
    }, { passive: false });
  }

  listenToOverview(overview) {
    const move = (event) => {
      const time = this.overview.time(event.clientX - overview.getBoundingClientRect().left);
      const half = (this.view.to - this.view.from) / 2;
      const middle = this.view.folds.shown(time);
      this.view.pan(middle - half - this.view.from);
      this.draw();
      return time;
    };
    overview.addEventListener("pointerdown", (event) => {
      overview.setPointerCapture(event.pointerId);
      this.seek(move(event));
    });
    overview.addEventListener("pointermove", (event) => { if (event.buttons & 1) move(event); });
  }

  // MARK: Actions

  /** Does what a key or a button asks for. */
  act(action) {
    const { player } = this;
    const span = { back: -5, on: 5, stepBack: -1, stepOn: 1 }[action];
    if (span !== undefined) return this.seek(player.time + span);
    const verdict = ["right", "wrong", "unsure"].includes(action);
    if (verdict) return this.chosen >= 0 ? this.judge(this.chosen, action) : undefined;
    const actions = {
      toggle: () => this.play(), closer: () => this.zoom(0.5, player.time), wider: () => this.zoom(2, player.time),
      whole: () => { this.view.fit(); this.draw(); }, next: () => this.choose(this.chosen + 1),
      previous: () => this.choose(this.chosen - 1), loop: () => this.toggleLoop(), soloAgent: () => this.setSolo("agent"),
      soloCustomer: () => this.setSolo("customer"), soloBoth: () => this.setSolo(null), slower: () => this.changeSpeed(-1),
      faster: () => this.changeSpeed(1), fold: () => this.toggleFold(), undo: () => this.undo(), note: () => this.askNote(),
      clip: () => this.saveClip(), link: () => this.copyLink(), save: () => this.saveReview(),
      search: () => find("#search").focus(), help: () => find("#help").showModal(),
    };
    return actions[action]?.();
  }

  play() {
    if (!this.player.canPlay) return this.say(this.silence);
    return this.attempt(this.player.toggle());
  }

  /** Waits for a beginning of the sound; a browser may want a key or a click before. */
  async attempt(promise) {
    try {
      await promise;
    } catch (error) {
      if (error.name === "NotAllowedError") this.say("Press Space to hear it.");
      else if (error.name !== "AbortError") this.say(`The sound cannot be played: ${error.message}`);
    }
  }

  seek(time) {
    this.player.seek(time);
    if (this.view.follow(this.player.time)) this.draw();
    this.showTime();
  }

  /** Chooses a finding: shows it, stands 4 s before it, and plays on where the sound was playing. */
  choose(index, plays = this.player.isPlaying) {
    if (index < 0 || index >= this.findings.length) return this.say(index < 0 ? "This is the first finding." : "This is the last finding.");
    this.chosen = index;
    this.selection = null;
    const { start_s, end_s } = this.findings[index];
    const from = Math.max(0, start_s - LEAD_IN);
    const end = Math.min(end_s, start_s + 90);
    if (!this.view.isWhole || this.duration > 90) this.view.show(Math.max(0, from - AROUND), end + AROUND);
    for (const item of findAll("li.finding")) item.classList.toggle("chosen", Number(item.dataset.finding) === index);
    this.player.seek(from);
    this.refreshLoop();
    this.draw();
    if (plays) this.attempt(this.player.play(from));
    return this.player.canPlay ? undefined : this.say(this.silence);
  }

  jump(event, anchor) {
    const item = anchor.closest("li.finding");
    event.preventDefault();
    if (item) return this.choose(Number(item.dataset.finding), this.player.canPlay);
    history.replaceState(null, "", anchor.getAttribute("href"));
    return this.openLink();
  }

  /** Opens the stretch of the link in the address; false where there is none. */
  openLink() {
    const stretch = stretchOfLink(location.hash, this.duration);
    if (!stretch) return false;
    const end = stretch.end ?? Math.min(this.duration, stretch.start + 10);
    this.selection = stretch.end === null ? null : [stretch.start, stretch.end];
    if (this.duration > 90) this.view.show(Math.max(0, stretch.start - AROUND), end + AROUND);
    this.player.seek(stretch.start);
    this.refreshLoop();
    this.draw();
    if (this.player.canPlay) this.attempt(this.player.play(stretch.start, stretch.end));
    return true;
  }

  zoom(factor, time) {
    this.view.zoom(factor, time);
    this.draw();
  }

  pan(part) {
    this.view.pan((this.view.to - this.view.from) * part);
    this.draw();
  }

  // MARK: What is heard

  setSolo(voice) {
    const index = voice === null ? null : this.data.voices.indexOf(voice);
    if (index === -1 || new Set(this.data.places).size < 2) return this.say("Neither party can be heard alone: they are on one channel.");
    this.player.setSolo(index);
    const names = { soloBoth: null, soloAgent: "agent", soloCustomer: "customer" };
    for (const button of findAll("#solo button")) {
      button.setAttribute("aria-pressed", String(names[button.dataset.action] === voice));
    }
    return undefined;
  }

  changeSpeed(step) {
    const speed = find("#speed");
    speed.selectedIndex = Math.min(Math.max(0, speed.selectedIndex + step), speed.options.length - 1);
    this.player.setSpeed(Number(speed.value));
    this.say(`Speed ${speed.value}×`);
  }

  /** What is repeated, linked and saved: the chosen stretch, else the chosen finding with its lead. */
  get stretch() {
    if (this.selection) return this.selection;
    const finding = this.findings[this.chosen];
    if (finding) return [Math.max(0, finding.start_s - LEAD_IN), Math.min(this.duration, finding.end_s + 1)];
    const { time } = this.player;
    return [time, Math.min(this.duration, time + 10)];
  }

  toggleLoop() {
    const isOn = this.player.loop === null;
    this.player.loop = isOn ? this.stretch : null;
    find("#loop").setAttribute("aria-pressed", String(isOn));
    if (isOn) this.say(`Repeats ${clock(this.player.loop[0])} to ${clock(this.player.loop[1])}.`);
    else this.say("Repeats nothing.");
  }

  refreshLoop() {
    if (this.player.loop) this.player.loop = this.stretch;
  }

  foldsOf(isFolded) {
    return new Folds(this.duration, isFolded ? this.waiting.map((stretch) => [...stretch]) : []);
  }

  toggleFold() {
    const isFolded = this.view.folds.stretches.length === 0;
    const folds = this.foldsOf(isFolded);
    if (isFolded && folds.saved === 0) return this.say("There is no hold and no dead air to fold.");
    this.view.refold(folds);
    this.player.folds = folds.stretches;
    find("#fold").setAttribute("aria-pressed", String(isFolded));
    find("#fold").textContent = isFolded ? `Waiting folded (${lengthOf(folds.saved)} saved)` : `Fold waiting (saves ${lengthOf(this.foldsOf(true).saved)})`;
    this.draw();
    return undefined;
  }

  // MARK: Verdicts, notes, files

  judge(index, verdict) {
    this.notebook.judge(index, verdict);
    this.showNotebook();
  }

  undo() {
    if (!this.notebook.undo()) this.say("There is nothing to undo.");
    this.showNotebook();
  }

  askNote() {
    this.noteTime = this.player.time;
    const dialog = find("#note");
    find("#note-title").textContent = `Note at ${clock(this.noteTime)}`;
    dialog.querySelector("textarea").value = "";
    dialog.returnValue = "";
    dialog.showModal();
    dialog.querySelector("textarea").focus();
  }

  keepNote() {
    const text = find("#note textarea").value.trim();
    if (find("#note").returnValue !== "keep" || !text) return;
    this.notebook.note(this.noteTime, text);
    this.showNotebook();
  }

  showNotebook() {
    for (const button of findAll("[data-verdict]")) {
      const index = Number(button.closest("li.finding").dataset.finding);
      button.setAttribute("aria-pressed", String(this.notebook.verdicts.get(index) === button.dataset.verdict));
    }
    find("#notes").hidden = this.notebook.notes.length === 0;
    find("#notes ul").replaceChildren(...this.notebook.notes.map((note) => {
      const remove = element("button", { type: "button", textContent: "Remove" });
      remove.addEventListener("click", () => { this.notebook.remove(note); this.showNotebook(); });
      const jump = element("a", { className: "jump", href: `#t=${note.time.toFixed(1)}`, textContent: clock(note.time) });
      return element("li", {}, jump, " ", note.text, " ", remove);
    }));
    find("#save").disabled = this.notebook.isSaved;
  }

  saveReview() {
    const review = this.notebook.exported(this.data.call.recording, this.findings);
    this.download(new Blob([`${JSON.stringify(review, null, 2)}\n`], { type: "application/json" }), "review.json");
    this.notebook.isSaved = true;
    this.showNotebook();
  }

  saveClip() {
    if (!this.wave) return this.say(this.silence);
    const [start, end] = this.stretch;
    const name = `clip-${clock(start).replaceAll(":", ".")}-${clock(end).replaceAll(":", ".")}.wav`;
    return this.download(new Blob([clipOf(this.wave, start, end)], { type: "audio/wav" }), name);
  }

  download(blob, name) {
    const anchor = element("a", { href: URL.createObjectURL(blob), download: name });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
  }

  async copyLink() {
    const link = linkOfStretch(...this.stretch);
    history.replaceState(null, "", link);
    try {
      await navigator.clipboard.writeText(location.href);
      this.say(`Link to ${link.slice(3)} s copied.`);
    } catch {
      this.say("The link is in the address bar.");
    }
  }

  // MARK: Searching

  search(text) {
    const words = text.trim().toLowerCase();
    const rows = findAll("#moments tbody tr");
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(words) && Number.isNaN(parseTime(words));
    const found = rows.filter((row) => !row.hidden).length;
    find("#moments .found").textContent = words && Number.isNaN(parseTime(words)) ? `${found} of ${rows.length} moments` : "";
  }

  searchKey(event) {
    if (event.key === "Escape") {
      event.target.value = "";
      this.search("");
      event.target.blur();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const time = parseTime(event.target.value.trim());
      const row = findAll("#moments tbody tr").find((other) => !other.hidden);
      if (!Number.isNaN(time)) this.seek(time);
      else row?.querySelector("a.jump")?.click();
      event.target.blur();
    }
  }

  // MARK: Showing

  say(text) {
    find("#state").textContent = text;
  }

  resize() {
    const width = find("#plot").clientWidth;
    if (width === 0) return;
    this.view.width = width;
    this.overview.width = width;
    this.draw();
  }

  get colours() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    return { agent: colour("agent"), customer: colour("customer"), speech: colour("speech"), both: colour("both"), quiet: colour("quiet"), axis: colour("axis") };
  }

  /** Draws everything that depends on what is in view. */
  draw() {
    const { colours, view } = this;
    const voices = this.data.voices.map((voice, index) => ({
      place: this.data.places[index], spurts: this.spurts[index], colour: colours[voice],
    }));
    drawWaveform(find("#plot canvas"), view, this.peaks, voices, colours);
    if (this.overviewWidth !== view.width || this.overviewColour !== colours.agent) {
      [this.overviewWidth, this.overviewColour] = [view.width, colours.agent];
      drawWaveform(find("#overview canvas"), this.overview, this.peaks, voices, colours);
    }
    for (const row of findAll("#rows svg")) {
      drawRow(row, this.marks.filter((mark) => mark.row === row.dataset.row), view, (mark) => this.words.get(mark.id) ?? mark.texts[0]);
    }
    drawAxis(find("#axis"), view, clock);
    this.drawBands();
    this.drawWindow();
    this.showTime();
  }

  drawBands() {
    drawBands(find("#bands"), this.view, this.findings, this.chosen, this.selection, find("#plot").clientHeight);
    find("#plot").append(this.head ??= element("span", { className: "head" }));
  }

  drawWindow() {
    const { overview, view } = this;
    const box = find("#overview .window");
    const [x, end] = [view.from, view.to].map((place) => overview.x(view.folds.time(place)));
    box.setAttribute("x", x);
    box.setAttribute("width", Math.max(3, end - x));
    const height = find("#overview").clientHeight;
    box.setAttribute("height", height - 1);
    find("#overview .outside").setAttribute("d", `M0 0 H${overview.width} V${height} H0 Z M${x} 0 V${height} H${end} V0 Z`);
    find("#overview .findings").replaceChildren(...this.findings.map((finding, index) => svg("path", {
      class: `tick ${finding.severity}${index === this.chosen ? " chosen" : ""}`, d: "M0 0 L4 0 L0 7 L-4 0 Z",
      transform: `translate(${Math.min(Math.max(4, overview.x(finding.start_s)), overview.width - 4)} 0)`,
    })));
  }

  /** Who talks at a time, in words. */
  talkers(time) {
    const who = this.data.voices.filter((voice, index) => this.spurts[index].some(([start, end]) => start <= time && time < end));
    return who.length ? `${who.join(" and ")} ${who.length > 1 ? "talk" : "talks"}` : "nobody talks";
  }

  showTime() {
    const { time } = this.player;
    const plot = find("#plot");
    find("#clock").textContent = `${clock(time)} / ${clock(Math.round(this.duration))}`;
    find("#play").textContent = this.player.isPlaying ? "Pause" : "Play";
    plot.setAttribute("aria-valuemax", this.duration.toFixed(1));
    plot.setAttribute("aria-valuenow", time.toFixed(1));
    plot.setAttribute("aria-valuetext", `${clock(time)} of ${clock(this.duration)}, ${this.talkers(time)}`);
    if (this.head) this.head.style.transform = `translateX(${this.view.x(time)}px)`;
    const line = find("#overview .head");
    line.setAttribute("x1", this.overview.x(time));
    line.setAttribute("x2", this.overview.x(time));
    line.setAttribute("y2", find("#overview").clientHeight);
  }

  /** Follows the sound, as often as the screen is drawn. */
  tick() {
    if (this.player.isPlaying) {
      this.player.step();
      if (this.view.follow(this.player.time)) this.draw();
      this.showTime();
    }
    requestAnimationFrame(() => this.tick());
  }
}

/** Lists the talk of a call in a table when it is asked for: a long call has thousands of lines. */
function fillTalk(page) {
  const lines = page.data.voices.flatMap((voice, index) => page.spurts[index].map(([start, end]) => [start, end, `${voice} talks`]));
  if (page.spurts.length === 2) {
    for (const [start, end] of overlapsOf(...page.spurts)) lines.push([start, end, "both talk"]);
  }
  lines.sort((a, b) => a[0] - b[0]);
  find("#talk tbody").replaceChildren(...lines.map(([start, end, words]) => element("tr", {},
    element("td", {}, element("a", { className: "jump", href: linkOfStretch(start, end), textContent: clock(start, true) })),
    element("td", { textContent: clock(end, true) }), element("td", { textContent: lengthOf(end - start) }), element("td", { textContent: words }))));
}

const embedded = find("#sound");
const page = new Page(JSON.parse(find("#data").textContent), embedded && bytesOfBase64(embedded.textContent));
embedded?.remove();
page.start();
find("#talk").addEventListener("toggle", () => fillTalk(page), { once: true });
