// What the picture marks beside the sound: moments, waiting, and what is put on the line. Pure: a call gives a list.

/** The rows of marks, from above. */
export const ROWS = [
  { name: "moments", title: "Moments" },
  { name: "waiting", title: "Waiting" },
  { name: "line", title: "On the line" },
];

const owned = (event) => (event.owner ? `, ${event.owner}'s turn` : "");

/** How each kind is marked: its row, its shape, and what is written beside it, more of it where there is room. */
const KINDS = {
  interruption: ["moments", "arrow", (event) => (event.outcome === "failed"
    ? [`${event.by} tries to interrupt`, "tries to interrupt"] : [`${event.by} interrupts`, "interrupts"])],
  backchannel: ["moments", "dot", () => "mm-hm"],
  escalation: ["moments", "diamond", (event) => `${event.by ?? "a party"} escalates`],
  transfer: ["moments", "flag", () => "transfer"],
  dead_air: ["waiting", "bar", (event, length) => [`nobody speaks ${length}${owned(event)}`, `nobody speaks ${length}`, length]],
  hold: ["waiting", "bar", (event, length) => [`hold${event.kind ? ` with ${event.kind}` : ""} ${length}`, `hold ${length}`, "hold"]],
  ringback: ["line", "bar", () => "ringing"],
  prompt: ["line", "bar", () => "recorded prompt"],
  leg_dead: ["line", "bar", (event) => `${event.leg ?? "a"} line dead`],
  busy_tone: ["line", "bar", () => "busy"],
  congestion_tone: ["line", "bar", () => "congestion"],
  dial_tone: ["line", "bar", () => "dial tone"],
  sit: ["line", "bar", () => "information tones"],
  dtmf: ["line", "bar", () => "keys"],
  fax: ["line", "bar", () => "fax"],
};

/** The marks of a call, by start. Each has the number of its line in the table of moments as `id`. */
export function marksOf(call, voices, lengthOf) {
  const marks = call.events.map((event, index) => {
    const [row, shape, text] = KINDS[event.type] ?? ["line", "bar", () => event.type.replaceAll("_", " ")];
    return {
      id: `event-${index}`, kind: event.type, row, shape, start: event.start_s, end: event.end_s,
      party: event.by ?? event.owner ?? event.leg ?? null, isHollow: event.outcome === "failed",
      texts: [text(event, lengthOf(event.end_s - event.start_s))].flat(),
    };
  });
  for (const voice of voices) {
    const line = (voice === "speech" ? call.mixed : call.parties[voice])?.line;
    for (const [name, span] of [["Lost", line?.dropout_span_s], ["Repeated", line?.repeat_span_s]]) {
      if (!span) continue;
      marks.push({
        id: `${name.toLowerCase()}-${voice}`, kind: "loss", row: "line", shape: "bar", start: span[0], end: span[1],
        party: voice, isHollow: false, texts: [`${name.toLowerCase()} packets, ${voice}`, "loss"],
      });
    }
  }
  (call.conversation.same_sound_s ?? []).forEach(([start, end], index) => marks.push({
    id: `same-${index}`, kind: "same", row: "line", shape: "bar", start, end, party: null, isHollow: false,
    texts: ["same sound on both channels", "same sound"],
  }));
  marks.push(endingOf(call));
  return marks.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The mark of the end: where a party is cut off, its last word. */
function endingOf(call) {
  const { ending } = call;
  const duration = call.recording.duration_s;
  const last = ending.cut_party ? call.parties[ending.cut_party].talkspurts?.at(-1)?.[1] : undefined;
  const words = {
    natural: "end", cut_off: `${ending.cut_party ?? "somebody"} cut off`, abandoned_on_hold: "left on hold",
    abandoned_in_queue: "left the queue", system_prompt: "line closes", voicemail: "voicemail", fax: "fax",
    no_conversation: "nobody there", truncated_recording: "recording stops",
  };
  return {
    id: "ending", kind: "ending", row: "moments", shape: ending.abrupt ? "cross" : "stop",
    start: Math.min(last ?? duration, duration), end: duration, party: ending.abrupt ? null : ending.cut_party,
    isHollow: false, isAbrupt: ending.abrupt,
    texts: [words[ending.kind] ?? "end"],
  };
}

/** Where both parties speak: what their talkspurts share. */
export function overlapsOf(first, second) {
  const shared = [];
  let one = 0, other = 0;
  while (one < first.length && other < second.length) {
    const start = Math.max(first[one][0], second[other][0]);
    const end = Math.min(first[one][1], second[other][1]);
    if (end > start) shared.push([start, end]);
    if (first[one][1] < second[other][1]) one += 1;
    else other += 1;
  }
  return shared;
}
