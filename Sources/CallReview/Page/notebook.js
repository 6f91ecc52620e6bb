// What a reviewer says of a call: a verdict for a finding, notes at a second. It lives as long as the page does, and is
// kept by saving it as a file.

/** Verdicts and notes, with what was done last at hand to be undone. */
export class Notebook {
  constructor() {
    this.verdicts = new Map();
    this.notes = [];
    this.done = [];
    this.isSaved = true;
  }

  /** `right`, `wrong` or `unsure` for a finding; the same verdict again takes it back. */
  judge(finding, verdict) {
    const before = this.verdicts.get(finding);
    if (before === verdict) this.verdicts.delete(finding);
    else this.verdicts.set(finding, verdict);
    this.#did(() => {
      if (before === undefined) this.verdicts.delete(finding);
      else this.verdicts.set(finding, before);
    });
  }

  note(time, text) {
    const note = { time, text };
    this.notes.push(note);
    this.notes.sort((a, b) => a.time - b.time);
    this.#did(() => this.notes.splice(this.notes.indexOf(note), 1));
  }

  remove(note) {
    this.notes.splice(this.notes.indexOf(note), 1);
    this.#did(() => {
      this.notes.push(note);
      this.notes.sort((a, b) => a.time - b.time);
    });
  }

  /** Takes the last step back; false where there is none. */
  undo() {
    const step = this.done.pop();
    step?.();
    this.isSaved = step ? false : this.isSaved;
    return step !== undefined;
  }

  #did(undoing) {
    this.done.push(undoing);
    this.isSaved = false;
  }

  /** Everything as an object of the schema `talkspurt.review/1`. */
  exported(recording, findings) {
    return {
      schema: "talkspurt.review/1",
      recording: { path: recording.path, path_b64: recording.path_b64, sha256: recording.sha256 },
      verdicts: [...this.verdicts].sort((a, b) => a[0] - b[0]).map(([index, verdict]) => {
        const { code, party, start_s, end_s } = findings[index];
        return { code, party, start_s, end_s, verdict };
      }),
      notes: this.notes.map(({ time, text }) => ({ at_s: Math.round(time * 1000) / 1000, text })),
    };
  }
}
