// Puts the page together: what keys, buttons and links do with the picture and the sound.
import { clock, lengthOf, stretchOfLink, linkOfStretch } from "./times.js";
import { Folds } from "./folds.js";
import { find, findAll, element, download } from "./elements.js";
import { bytesOfBase64 } from "./peaks.js";
import { Picture } from "./picture.js";
import { Player } from "./player.js";
import { clipOf } from "./clip.js";
import { Desk } from "./desk.js";
import { listenToSearch, listenToTalk } from "./tables.js";
import { KEYS, actionOf } from "./keys.js";

/** Who hears a finding needs what led to it, in seconds. */
const LEAD_IN = 4;
/** A finding is opened with so much around it, in seconds; a call that is not much longer is shown as a whole. */
const AROUND = 15, SHORT = 90;

/** The page of one call. */
class Page {
  constructor(data, wave) {
    this.data = data;
    this.wave = wave;
    this.findings = data.findings;
    this.duration = data.call.recording.duration_s;
    this.isApart = new Set(data.places).size > 1;
    this.waiting = data.call.events.filter(({ type }) => type === "hold" || type === "dead_air")
      .map(({ start_s, end_s }) => [start_s, end_s]);
    const url = wave ? URL.createObjectURL(new Blob([wave], { type: "audio/wav" })) : null;
    this.player = new Player(url, data.sound_channels, data.places, this.duration);
    this.player.changed = () => this.showTime();
    this.picture = new Picture(data, { heard: (time) => this.seek(time), selected: () => this.refreshLoop() });
    this.desk = new Desk(data.call.recording, this.findings);
  }

  /** Opens the page at its link or at its worst finding. */
  start() {
    find("#player").hidden = false;
    this.buildControls();
    this.listen();
    listenToSearch((time) => this.seek(time));
    listenToTalk(this.data.voices, this.picture.spurts);
    this.picture.resize();
    if (!this.openLink()) {
      if (this.findings.length) this.choose(0);
      else this.seek(0);
    }
    if (!this.player.canPlay) this.say(this.silence);
    requestAnimationFrame(() => this.tick());
  }

  buildControls() {
    const canHear = this.player.canPlay;
    const canPart = canHear && this.isApart;
    for (const id of ["#play", "#speed", "#loop", "#clip"]) find(id).disabled = !canHear;
    for (const button of findAll("#solo button")) button.disabled = !canPart;
    for (const button of findAll("[data-action=next], [data-action=previous]")) button.disabled = !this.findings.length;
    if (!this.isApart) find("#solo").title = "Both parties are on one channel: neither can be heard alone.";
    const { saved } = this.foldsOf(true);
    find("#fold").hidden = saved === 0;
    find("#fold").textContent = `Fold waiting (saves ${lengthOf(saved)})`;
    find("#gains").hidden = !canPart;
    this.data.voices.forEach((voice, index) => {
      const input = element("input", { type: "range", min: 0, max: 4, step: 0.1, value: 1 });
      input.addEventListener("input", () => this.player.setGain(index, Number(input.value)));
      find("#gains").append(element("label", {}, `${voice} `, input));
    });
    find("#help tbody").append(...KEYS.map(({ called, does }) => element("tr", {},
      element("th", { scope: "row", textContent: called }), element("td", { textContent: does }))));
  }

  listen() {
    document.addEventListener("keydown", (event) => {
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      this.act(action);
    });
    document.addEventListener("click", (event) => this.click(event));
    find("#speed").addEventListener("change", (event) => this.player.setSpeed(Number(event.target.value)));
    window.addEventListener("hashchange", () => this.openLink());
    window.addEventListener("resize", () => this.picture.resize());
    for (const [event, isPaper] of [["beforeprint", true], ["afterprint", false]]) {
      window.addEventListener(event, () => {
        document.body.classList.toggle("on-paper", isPaper);
        this.picture.resize();
      });
    }
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.picture.draw());
  }

  click(event) {
    const button = event.target.closest("[data-action]");
    const anchor = event.target.closest("a.jump");
    const mark = event.target.closest("#rows .mark");
    if (button) this.act(button.dataset.action);
    if (mark) this.open({ start: Number(mark.dataset.start), end: Number(mark.dataset.end) });
    if (!anchor) return;
    event.preventDefault();
    const item = anchor.closest("li.finding");
    if (item) return this.choose(Number(item.dataset.finding), this.player.canPlay);
    history.replaceState(null, "", anchor.getAttribute("href"));
    this.openLink();
  }

  /** Does what a key or a button asks for. */
  act(action) {
    const { player, picture, desk } = this;
    const places = {
      back: player.time - 5, on: player.time + 5, stepBack: player.time - 1, stepOn: player.time + 1, first: 0, last: this.duration,
    };
    if (action in places) return this.seek(places[action]);
    const judge = () => { if (picture.chosen >= 0) desk.judge(picture.chosen, action); };
    const actions = {
      toggle: () => this.toggle(), closer: () => picture.zoom(0.5, player.time), wider: () => picture.zoom(2, player.time),
      whole: () => picture.whole(), next: () => this.chooseBeside(1), previous: () => this.chooseBeside(-1),
      loop: () => this.toggleLoop(), soloAgent: () => this.setSolo("agent"), soloCustomer: () => this.setSolo("customer"),
      soloBoth: () => this.setSolo(null), slower: () => this.changeSpeed(-1), faster: () => this.changeSpeed(1),
      fold: () => this.toggleFold(), right: judge, wrong: judge, unsure: judge, undo: () => this.undo(),
      note: () => desk.askNote(player.time), save: () => desk.save(), clip: () => this.saveClip(), link: () => this.copyLink(),
      search: () => find("#search").focus(), help: () => find("#help").showModal(),
    };
    return actions[action]?.();
  }

  // MARK: Where

  seek(time) {
    this.player.seek(time);
    this.showTime();
  }

  /** Chooses the finding before or behind the chosen one, the gravest first; behind the last one, that one again. */
  chooseBeside(step) {
    const wanted = this.picture.chosen + step;
    const index = Math.min(Math.max(wanted, 0), this.findings.length - 1);
    this.choose(index);
    if (index >= 0 && index !== wanted) this.say(step < 0 ? "This is the first finding." : "This is the last finding.");
  }

  /** Chooses a finding: shows it, stands 4 s before it, and plays on where the sound was playing. */
  choose(index, plays = this.player.isPlaying) {
    if (!this.findings[index]) return this.say("This call has no findings.");
    const { start_s, end_s } = this.findings[index];
    const from = Math.max(0, start_s - LEAD_IN);
    for (const item of findAll("li.finding")) item.classList.toggle("chosen", Number(item.dataset.finding) === index);
    this.picture.chosen = index;
    this.stand(from, Math.min(end_s, start_s + SHORT), null);
    if (plays) this.attempt(this.player.play(from));
    return this.player.canPlay ? undefined : this.say(this.silence);
  }

  /** Opens the stretch of the link in the address; false where there is none. */
  openLink() {
    const stretch = stretchOfLink(location.hash, this.duration);
    if (stretch) this.open(stretch);
    return stretch !== null;
  }

  /** Shows a stretch and plays it; without an end, plays on from its start. */
  open({ start, end }) {
    const isStretch = end !== null && end > start;
    this.stand(start, isStretch ? end : start + 10, isStretch ? [start, end] : null);
    if (this.player.canPlay) this.attempt(this.player.play(start, isStretch ? end : null));
  }

  /** Stands at the start of a stretch, with what is around it in sight. */
  stand(start, end, selection) {
    this.picture.selection = selection;
    if (this.duration > SHORT) this.picture.view.show(Math.max(0, start - AROUND), end + AROUND);
    this.player.seek(start);
    this.refreshLoop();
    this.picture.draw();
    this.showTime();
  }

  // MARK: What is heard

  toggle() {
    return this.player.canPlay ? this.attempt(this.player.toggle()) : this.say(this.silence);
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

  /** Why nothing is heard, and how it would be. */
  get silence() {
    return "The sound is not in this page. Make it with: talkspurt inspect CALL --html FILE --embed-audio, or cut a "
      + `moment with: talkspurt clip CALL --at ${clock(this.player.time)} --output moment.wav`;
  }

  setSolo(voice) {
    const index = voice === null ? null : this.data.voices.indexOf(voice);
    if (index === -1 || !this.isApart) return this.say("Neither party can be heard alone: they are on one channel.");
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
    if (this.picture.selection) return this.picture.selection;
    const finding = this.findings[this.picture.chosen];
    if (finding) return [Math.max(0, finding.start_s - LEAD_IN), Math.min(this.duration, finding.end_s + 1)];
    return [this.player.time, Math.min(this.duration, this.player.time + 10)];
  }

  toggleLoop() {
    const isOn = this.player.loop === null;
    this.player.loop = isOn ? this.stretch : null;
    find("#loop").setAttribute("aria-pressed", String(isOn));
    this.say(isOn ? `Repeats ${clock(this.player.loop[0])} to ${clock(this.player.loop[1])}.` : "Repeats nothing.");
  }

  refreshLoop() {
    if (this.player.loop) this.player.loop = this.stretch;
  }

  foldsOf(isFolded) {
    return new Folds(this.duration, isFolded ? this.waiting : []);
  }

  toggleFold() {
    const isFolded = this.picture.view.folds.stretches.length === 0;
    const folds = this.foldsOf(isFolded);
    if (isFolded && folds.saved === 0) return this.say("There is no hold and no dead air to fold.");
    this.picture.refold(folds);
    this.player.folds = folds.stretches;
    const saved = lengthOf(this.foldsOf(true).saved);
    find("#fold").setAttribute("aria-pressed", String(isFolded));
    find("#fold").textContent = isFolded ? `Waiting folded (${saved} saved)` : `Fold waiting (saves ${saved})`;
    return undefined;
  }

  // MARK: What is taken along

  undo() {
    if (!this.desk.undo()) this.say("There is nothing to undo.");
  }

  saveClip() {
    if (!this.wave) return this.say(this.silence);
    const [start, end] = this.stretch;
    const name = `clip-${clock(start)}-${clock(end)}.wav`.replaceAll(":", ".");
    return download(clipOf(this.wave, start, end), "audio/wav", name);
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

  // MARK: Showing

  say(text) {
    find("#state").textContent = text;
  }

  showTime() {
    const { time, isPlaying } = this.player;
    find("#clock").textContent = `${clock(time)} / ${clock(Math.round(this.duration))}`;
    find("#play").textContent = isPlaying ? "Pause" : "Play";
    this.picture.showTime(time);
  }

  /** Follows the sound, as often as the screen is drawn. */
  tick() {
    if (this.player.isPlaying) {
      this.player.step();
      this.showTime();
    }
    requestAnimationFrame(() => this.tick());
  }
}

const embedded = find("#sound");
new Page(JSON.parse(find("#data").textContent), embedded && bytesOfBase64(embedded.textContent)).start();
