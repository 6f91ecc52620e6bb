// What each key does. The help is made from this list.

/** Keys as `KeyboardEvent.key` has them, what they are called, what they do, and the name of the action. */
export const KEYS = [
  { keys: [" ", "k", "K"], called: "Space, K", does: "play or pause; playing goes on 3 s earlier", action: "toggle" },
  { keys: ["j", "J"], called: "J", does: "5 s back", action: "back" },
  { keys: ["l", "L"], called: "L", does: "5 s on", action: "on" },
  { keys: ["ArrowLeft"], called: "←", does: "1 s back", action: "stepBack" },
  { keys: ["ArrowRight"], called: "→", does: "1 s on", action: "stepOn" },
  { keys: ["Home"], called: "Home", does: "to the beginning", action: "first" },
  { keys: ["End"], called: "End", does: "to the end", action: "last" },
  { keys: ["ArrowUp", "+"], called: "↑, +", does: "see less, in more detail", action: "closer" },
  { keys: ["ArrowDown", "-"], called: "↓, -", does: "see more of the call", action: "wider" },
  { keys: ["0"], called: "0", does: "see the whole call", action: "whole" },
  { keys: ["n", "N"], called: "N", does: "next finding", action: "next" },
  { keys: ["p", "P"], called: "P", does: "previous finding", action: "previous" },
  { keys: ["r", "R"], called: "R", does: "repeat the finding or the chosen stretch", action: "loop" },
  { keys: ["a", "A"], called: "A", does: "hear the agent alone", action: "soloAgent" },
  { keys: ["c", "C"], called: "C", does: "hear the customer alone", action: "soloCustomer" },
  { keys: ["b", "B"], called: "B", does: "hear both", action: "soloBoth" },
  { keys: ["[", "<"], called: "[, <", does: "slower", action: "slower" },
  { keys: ["]", ">"], called: "], >", does: "faster", action: "faster" },
  { keys: ["f", "F"], called: "F", does: "fold hold and dead air away, or show them", action: "fold" },
  { keys: ["y", "Y"], called: "Y", does: "the finding is right", action: "right" },
  { keys: ["x", "X"], called: "X", does: "the finding is wrong", action: "wrong" },
  { keys: ["u", "U"], called: "U", does: "unsure about the finding", action: "unsure" },
  { keys: ["z", "Z"], called: "Z", does: "undo a verdict or a note", action: "undo" },
  { keys: ["m", "M"], called: "M", does: "note at this second", action: "note" },
  { keys: ["e", "E"], called: "E", does: "save the finding or the chosen stretch as WAV", action: "clip" },
  { keys: ["/"], called: "/", does: "search moments, or go to a time as 1:50", action: "search" },
  { keys: ["?", "h", "H"], called: "?, H", does: "this help", action: "help" },
];

/** The action of a key; undefined where text is typed, a command of the browser is meant, or a control takes the key. */
export function actionOf(event) {
  // Some keyboards have [ and ] on AltGr, which Windows tells as Ctrl and Alt.
  const isCommand = (event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph");
  if (isCommand || event.metaKey || event.defaultPrevented) return undefined;
  const { target, key } = event;
  if (target.closest("dialog[open], textarea, select")) return undefined;
  if (target.matches("input") && (target.type !== "range" || key.startsWith("Arrow"))) return undefined;
  // Who moves by keyboard presses what has the focus; after a click the key is for the player.
  if (key === " " && target.matches("button:focus-visible, a:focus-visible, summary:focus-visible, input")) return undefined;
  return KEYS.find((entry) => entry.keys.includes(key))?.action;
}
