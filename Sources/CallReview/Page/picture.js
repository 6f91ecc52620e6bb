// The picture of the call: both waveforms, the marks below, the overview above, and the pointer on them.
import { clock, lengthOf } from "./times.js";
import { Folds } from "./folds.js";
import { find, findAll, element } from "./elements.js";
import { Peaks, bytesOfBase64 } from "./peaks.js";
import { ROWS, marksOf, overlapsOf } from "./marks.js";
import { View } from "./view.js";
import { drawWaveform } from "./waveform.js";
import { drawRow, drawBands, drawAxis, svg } from "./lane.js";

/** A move of the pointer below so many pixels is a click. */
const CLICK = 5;

/** What is drawn of a call. `heard` is told of a time that was clicked, `selected` of a stretch. */
export class Picture {
  constructor(data, { heard, selected }) {
    this.data = data;
    this.heard = heard;
    this.selected = selected;
    this.duration = data.call.recording.duration_s;
    this.chosen = -1;
    this.selection = null;
    this.marks = marksOf(data.call, data.voices, lengthOf);
    this.spurts = data.voices.map((voice) => (voice === "speech" ? data.call.mixed : data.call.parties[voice])?.talkspurts ?? []);
    if (data.picture) this.peaks = new Peaks(bytesOfBase64(data.picture.data), data.picture.channels, data.picture.stretch_s);
    this.words = new Map(findAll("#moments tr[data-mark]").map((row) => [row.dataset.mark, row.lastElementChild.textContent]));
    this.view = new View(new Folds(this.duration, []), 100);
    this.overview = new View(new Folds(this.duration, []), 100);
    this.head = element("span", { className: "head" });
    this.#build();
    this.#listenToPlot(find("#plot"));
    this.#listenToOverview(find("#overview"));
  }

  #build() {
    for (const row of ROWS) {
      if (!this.marks.some((mark) => mark.row === row.name)) continue;
      find("#rows").append(element("div", { className: "row" }, element("span", { className: "row-title", textContent: row.title }),
        svg("svg", { "data-row": row.name, "aria-hidden": "true" })));
    }
    const sides = findAll("#plot .side");
    this.data.voices.forEach((voice, index) => {
      sides[index].textContent = voice[0].toUpperCase() + voice.slice(1);
      sides[index].classList.add(voice);
    });
    find("#plot .both").hidden = this.spurts.length < 2 || overlapsOf(...this.spurts).length === 0;
    find("#plot").setAttribute("aria-valuemax", this.duration.toFixed(1));
    find("#plot").append(this.head);
  }

  // MARK: The pointer

  #listenToPlot(plot) {
    const timeOf = (event) => this.view.time(event.clientX - plot.getBoundingClientRect().left);
    let from = null;
    const isDrag = (event) => Math.abs(event.clientX - from.x) >= CLICK;
    plot.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      from = { time: timeOf(event), x: event.clientX };
      plot.setPointerCapture(event.pointerId);
    });
    plot.addEventListener("pointermove", (event) => {
      if (!from || !isDrag(event)) return;
      this.selection = [from.time, timeOf(event)].sort((a, b) => a - b);
      this.drawBands();
    });
    plot.addEventListener("pointerup", (event) => {
      if (!from) return;
      if (!isDrag(event)) this.selection = null;
      this.heard(this.selection ? this.selection[0] : from.time);
      this.selected();
      this.drawBands();
      from = null;
    });
    plot.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      if (event.ctrlKey) this.zoom(event.deltaY > 0 ? 1.25 : 0.8, timeOf(event));
      else this.#pan(Math.sign(event.deltaY || event.deltaX) * 0.15 * (this.view.to - this.view.from));
    }, { passive: false });
  }

  #listenToOverview(overview) {
    const move = (event) => {
      const time = this.overview.time(event.clientX - overview.getBoundingClientRect().left);
      this.#pan(this.view.folds.shown(time) - (this.view.from + this.view.to) / 2);
      return time;
    };
    overview.addEventListener("pointerdown", (event) => {
      overview.setPointerCapture(event.pointerId);
      this.heard(move(event));
    });
    overview.addEventListener("pointermove", (event) => { if (event.buttons & 1) move(event); });
  }

  // MARK: What is in view

  zoom(factor, time) {
    this.view.zoom(factor, time);
    this.draw();
  }

  whole() {
    this.view.fit();
    this.draw();
  }

  refold(folds) {
    this.view.refold(folds);
    this.draw();
  }

  #pan(seconds) {
    this.view.pan(seconds);
    this.draw();
  }

  resize() {
    const width = find("#plot").clientWidth;
    if (width === 0) return;
    this.view.width = width;
    this.overview.width = width;
    this.draw();
  }

  // MARK: Drawing

  get #colours() {
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(["agent", "customer", "speech", "both", "quiet", "axis"]
      .map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  }

  /** Draws all that depends on what is in view. */
  draw() {
    const { view } = this;
    const colours = this.#colours;
    const voices = this.data.voices.map((voice, index) => ({
      place: this.data.places[index], spurts: this.spurts[index], colour: colours[voice],
    }));
    drawWaveform(find("#plot canvas"), view, this.peaks, voices, colours);
    const drawn = `${view.width} ${colours.agent}`;
    if (this.overviewDrawn !== drawn) drawWaveform(find("#overview canvas"), this.overview, this.peaks, voices, colours);
    this.overviewDrawn = drawn;
    for (const row of findAll("#rows svg")) {
      const marks = this.marks.filter((mark) => mark.row === row.dataset.row);
      drawRow(row, marks, view, (mark) => this.words.get(mark.id) ?? mark.texts[0]);
    }
    drawAxis(find("#axis"), view, clock);
    this.drawBands();
    this.#drawWindow();
    this.showHead();
  }

  drawBands() {
    drawBands(find("#bands"), this.view, this.data.findings, this.chosen, this.selection, find("#plot").clientHeight);
  }

  #drawWindow() {
    const { overview, view } = this;
    const height = find("#overview").clientHeight;
    const [x, end] = [view.from, view.to].map((place) => overview.x(view.folds.time(place)));
    const box = find("#overview .window");
    box.setAttribute("x", x);
    box.setAttribute("width", Math.max(3, end - x));
    box.setAttribute("height", height - 1);
    find("#overview .outside").setAttribute("d", `M0 0 H${overview.width} V${height} H0 Z M${x} 0 V${height} H${end} V0 Z`);
    find("#overview .findings").replaceChildren(...this.data.findings.map((finding) => svg("path", {
      class: `tick ${finding.severity}`, d: "M0 0 L4 0 L0 7 L-4 0 Z",
      transform: `translate(${Math.min(Math.max(4, overview.x(finding.start_s)), overview.width - 4)} 0)`,
    })));
  }

  // MARK: The time

  /** Stands at a time; moves the view there if it is out of sight. */
  showTime(time) {
    this.time = time;
    if (this.view.follow(time)) this.draw();
    else this.showHead();
    const plot = find("#plot");
    plot.setAttribute("aria-valuenow", time.toFixed(1));
    plot.setAttribute("aria-valuetext", `${clock(time)} of ${clock(this.duration)}, ${this.#talkers(time)}`);
  }

  showHead() {
    const time = this.time ?? 0;
    this.head.style.transform = `translateX(${this.view.x(time)}px)`;
    this.head.hidden = this.view.x(time) < -1 || this.view.x(time) > this.view.width + 1;
    const line = find("#overview .head");
    for (const end of ["x1", "x2"]) line.setAttribute(end, this.overview.x(time));
    line.setAttribute("y2", find("#overview").clientHeight);
  }

  /** Who talks at a time, in words. */
  #talkers(time) {
    const who = this.data.voices.filter((voice, index) => this.spurts[index].some(([start, end]) => start <= time && time < end));
    return who.length ? `${who.join(" and ")} ${who.length > 1 ? "talk" : "talks"}` : "nobody talks";
  }
}
