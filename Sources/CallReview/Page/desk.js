// Where a reviewer judges findings and writes notes: buttons, the dialog, the list.
import { clock } from "./times.js";
import { find, findAll, element, download } from "./elements.js";
import { Notebook } from "./notebook.js";

const VERDICTS = [["right", "✓ Right"], ["wrong", "✗ Wrong"], ["unsure", "? Unsure"]];

/** The findings and notes of one call. */
export class Desk {
  constructor(recording, findings) {
    this.recording = recording;
    this.findings = findings;
    this.notebook = new Notebook();
    for (const item of findAll("li.finding")) item.lastElementChild.append(this.#buttons(Number(item.dataset.finding)));
    find("#note").addEventListener("close", () => this.#keepNote());
    window.addEventListener("beforeunload", (event) => { if (!this.notebook.isSaved) event.preventDefault(); });
  }

  #buttons(index) {
    const bar = element("p", { className: "verdicts" });
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", `Is finding ${index + 1} right?`);
    for (const [verdict, text] of VERDICTS) {
      const button = element("button", { type: "button", textContent: text });
      button.dataset.verdict = verdict;
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => this.judge(index, verdict));
      bar.append(button);
    }
    return bar;
  }

  judge(index, verdict) {
    this.notebook.judge(index, verdict);
    this.#show();
  }

  /** Takes the last verdict or note back; false where there is none. */
  undo() {
    const isDone = this.notebook.undo();
    this.#show();
    return isDone;
  }

  /** Asks for a note at a time. */
  askNote(time) {
    this.noteTime = time;
    const dialog = find("#note");
    find("#note-title").textContent = `Note at ${clock(time)}`;
    dialog.querySelector("textarea").value = "";
    dialog.returnValue = "";
    dialog.showModal();
    dialog.querySelector("textarea").focus();
  }

  #keepNote() {
    const text = find("#note textarea").value.trim();
    if (find("#note").returnValue !== "keep" || !text) return;
    this.notebook.note(this.noteTime, text);
    this.#show();
  }

  /** Saves everything as a file. */
  save() {
    const review = this.notebook.exported(this.recording, this.findings);
    download(`${JSON.stringify(review, null, 2)}\n`, "application/json", "review.json");
    this.notebook.isSaved = true;
    this.#show();
  }

  #show() {
    for (const button of findAll("[data-verdict]")) {
      const index = Number(button.closest("li.finding").dataset.finding);
      button.setAttribute("aria-pressed", String(this.notebook.verdicts.get(index) === button.dataset.verdict));
    }
    find("#notes").hidden = this.notebook.notes.length === 0;
    find("#notes ul").replaceChildren(...this.notebook.notes.map((note) => {
      const remove = element("button", { type: "button", textContent: "Remove" });
      remove.addEventListener("click", () => { this.notebook.remove(note); this.#show(); });
      const jump = element("a", { className: "jump", href: `#t=${note.time.toFixed(1)}`, textContent: clock(note.time) });
      return element("li", {}, jump, " ", note.text, " ", remove);
    }));
    find("#save").disabled = this.notebook.isSaved;
  }
}
