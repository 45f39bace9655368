// One message (or one album) as a bubble, with its buttons, reactions and actions.

import { clockTime, el, icon, t } from "./dom.js";
import { mediaNode } from "./media.js";
import { richText } from "./text.js";

const LINK = "M8 16 17 7M9 7h8v8";
const COPY = "M9 9h10v11H9ZM5 15V4h10";

export function bubble(messages, context) {
  const [message] = messages;
  if (message.kind === "service") return serviceLine(message);
  const own = message.sender.id === context.me;
  const bare = message.kind === "sticker" || message.kind === "video_note";
  const body = el("div", { class: `bubble${bare ? " bare" : ""}` }, head(message, own, context), media(messages),
    words(messages, context), foot(messages.at(-1), own));
  const row = el("li", { class: `row ${own ? "own" : "other"}`, "data-id": message.id }, el("div", { class: "stack" },
    el("div", { class: "with-actions" }, body, actions(message, context)),
    message.inline && keyboard(message, context), reactions(message, context)));
  return row;
}

function head(message, own, context) {
  const parts = [];
  if (!own && context.isGroup) parts.push(el("div", { class: "sender", text: message.sender.name }));
  const topic = context.topicName(message.thread_id);
  if (topic) parts.push(el("div", { class: "topic", text: `# ${topic}` }));
  if (message.forwarded_from) {
    parts.push(el("div", { class: "quiet", text: t("forwarded", { name: message.forwarded_from }) }));
  }
  if (message.reply_text !== null) parts.push(el("div", { class: "reply", text: message.reply_text }));
  return parts;
}

function media(messages) {
  const nodes = messages.map(mediaNode).filter(Boolean);
  if (nodes.length < 2) return nodes;
  return el("div", { class: `album album-${Math.min(nodes.length, 4)}` }, nodes);
}

function words(messages, context) {
  return messages.map((one) => ({ ...one, written: written(one) })).filter((one) => one.written)
    .map((one) => richText(one.written, one.entities, context));
}

// The app doesn't show what a link carries behind /start.
function written(message) {
  return !message.from_bot && message.text.startsWith("/start ") ? "/start" : message.text || message.caption;
}

function foot(message, own) {
  const marks = [message.protected && t("protected"), message.edited && !message.from_bot && t("edited"),
    own && !message.seen_by_bot && t("unseen")];
  return el("div", { class: "foot" }, marks.filter(Boolean).map((text) => el("span", { text })),
    el("time", { datetime: new Date(message.date * 1000).toISOString(), text: clockTime(message.date) }));
}

function actions(message, context) {
  return el("button", { type: "button", class: "more", "data-key": `more-${message.id}`,
    "aria-label": t("message.actions"), title: t("message.actions"),
    on: { click: (event) => context.actions(message, event.currentTarget) } }, icon("M6 12h.01M12 12h.01M18 12h.01"));
}

function keyboard(message, context) {
  return el("div", { class: "keyboard" }, message.buttons.map((row, line) => el("div", { class: "keys" },
    row.map((button, column) => {
      const waiting = context.isWaiting(message, button);
      return el("button", { type: "button", class: `key ${button.style ?? ""}${waiting ? " waiting" : ""}`,
        title: button.text, disabled: button.disabled, "aria-busy": waiting ? "true" : null, "data-key": `key-${message.id}-${line}-${column}`,
        on: { click: () => context.tap(message, button) } }, button.text,
      (button.url || button.copy_text) && el("span", { class: "corner", "aria-hidden": "true" }, icon(button.url ? LINK : COPY)));
    }))));
}

function reactions(message, context) {
  if (!message.reactions.length) return null;
  const count = new Map();
  for (const one of message.reactions) count.set(one.emoji, [...(count.get(one.emoji) ?? []), one.by]);
  return el("div", { class: "reactions" }, [...count].map(([emoji, by]) => el("button", { type: "button",
    class: by.includes(context.me) ? "mine" : null, "data-key": `react-${message.id}-${emoji}`,
    on: { click: () => context.react(message, by.includes(context.me) ? null : emoji) } },
  by.length > 1 ? `${emoji} ${by.length}` : emoji)));
}

function serviceLine(message) {
  const names = message.service_names.filter(Boolean).join(", ");
  const alone = message.service === "new_chat_members" && names === message.sender.name;
  const text = t(alone ? "service.joined" : `service.${message.service}`, { who: message.sender.name, names });
  return el("li", { class: "row service" }, el("span", { text }));
}
