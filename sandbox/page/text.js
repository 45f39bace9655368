// Formatted text: entities (offsets in UTF-16, as JavaScript counts) become nodes, text stays text.

import { el, t } from "./dom.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote" };

export function richText(text, entities, context) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return el("div", { class: "text" }, part(text, 0, text.length, sorted, context));
}

function part(text, start, end, entities, context) {
  const nodes = [];
  let position = start;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    if (entity.offset < position || entity.offset >= end) continue;
    const stop = Math.min(end, entity.offset + entity.length);
    if (entity.offset > position) nodes.push(text.slice(position, entity.offset));
    const inner = part(text, entity.offset, stop, entities.slice(index + 1), context);
    nodes.push(entityNode(entity, text.slice(entity.offset, stop), inner, context));
    position = stop;
  }
  if (position < end) nodes.push(text.slice(position, end));
  return nodes;
}

function entityNode(entity, own, inner, context) {
  if (entity.type in TAGS) return el(TAGS[entity.type], {}, inner);
  if (entity.type === "spoiler") return spoiler(inner);
  if (entity.type === "text_link" || entity.type === "url") return link(entity.url ?? own, inner, context);
  if (entity.type === "bot_command") {
    return el("button", { type: "button", class: "inline-link", on: { click: () => context.command(own) } }, inner);
  }
  return el("span", { class: entity.type === "custom_emoji" ? null : "mention" }, inner);
}

function spoiler(inner) {
  const reveal = () => node.classList.add("shown");
  const node = el("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": t("spoiler"),
    on: { click: reveal, keydown: (event) => event.key === "Enter" && reveal() } }, el("span", {}, inner));
  return node;
}

function link(address, inner, context) {
  const whole = /^[a-z]+:/i.test(address) ? address : `https://${address}`;
  const open = (event) => {
    event.preventDefault();
    context.openLink(whole);
  };
  return el("a", { href: safe(whole) ? whole : "#", rel: "noopener noreferrer", on: { click: open } }, inner);
}

export function safe(address) {
  return /^(https?:|tel:|mailto:)/i.test(address);
}
