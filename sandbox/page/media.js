// What a photo, a voice message or a place looks like here: pictures where there are any, else drawings.

import { el, svg, t } from "./dom.js";

export function mediaNode(message) {
  const draw = DRAWINGS[message.kind];
  if (!draw) return null;
  const node = draw(message.media, message);
  node.classList.add("media", `media-${message.kind}`);
  if (message.spoiler) node.classList.add("media-spoiler");
  return node;
}

const address = (media) => `/sandbox/file?id=${encodeURIComponent(media.file_id)}`;
const seconds = (value) => `${Math.floor(value / 60)}:${String(value % 60).padStart(2, "0")}`;

function picture(media) {
  if (media.picture) return el("img", { src: address(media), alt: t("kind.photo"), loading: "lazy" });
  return el("div", { class: "drawn", role: "img", "aria-label": t("kind.photo") }, landscape(media.file_id));
}

function landscape(seed = "") {
  const hue = [...seed].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) % 360, 7);
  return svg("svg", { viewBox: "0 0 160 110", preserveAspectRatio: "xMidYMid slice", "aria-hidden": "true" },
    svg("rect", { width: 160, height: 110, fill: `hsl(${hue} 55% 78%)` }),
    svg("circle", { cx: 122, cy: 28, r: 13, fill: `hsl(${(hue + 40) % 360} 85% 90%)` }),
    svg("path", { d: "M0 88 L44 42 L76 78 L104 54 L160 96 V110 H0 Z", fill: `hsl(${hue} 35% 50%)` }),
    svg("path", { d: "M0 100 L52 72 L98 98 L160 84 V110 H0 Z", fill: `hsl(${hue} 40% 34%)` }));
}

function playing(kind, media, label) {
  return el("div", { class: "drawn", role: "img", "aria-label": t(`kind.${kind}`) }, landscape(media.file_id),
    el("span", { class: "play", "aria-hidden": "true" }, triangle()), el("span", { class: "badge", text: label }));
}

function triangle() {
  return svg("svg", { viewBox: "0 0 24 24", width: 20, height: 20, "aria-hidden": "true" },
    svg("path", { d: "M8 5 L19 12 L8 19 Z", fill: "currentColor" }));
}

function voice(media) {
  const bars = svg("svg", { viewBox: "0 0 120 24", width: 120, height: 24, "aria-hidden": "true" });
  for (let index = 0; index < 30; index += 1) {
    const height = 4 + ((index * 37 + media.file_id.charCodeAt(index % media.file_id.length)) % 18);
    bars.append(svg("rect", { x: index * 4, y: 12 - height / 2, width: 2.4, height, rx: 1.2, fill: "currentColor" }));
  }
  return el("div", { role: "img", "aria-label": t("kind.voice") },
    el("span", { class: "round", "aria-hidden": "true" }, triangle()), bars,
    el("span", { class: "quiet", text: seconds(media.duration ?? 0) }));
}

function file(kind, title, media) {
  return el("div", {}, el("span", { class: "round", "aria-hidden": "true", text: kind === "audio" ? "♪" : "⇩" }),
    el("a", { href: address(media), download: title }, title));
}

function map(title) {
  return el("div", { role: "img", "aria-label": title }, svg("svg", { viewBox: "0 0 200 100", "aria-hidden": "true" },
    svg("rect", { width: 200, height: 100, fill: "#dfe8d8" }),
    svg("path", { d: "M0 30 L200 55 M60 0 L85 100 M140 0 L120 100 M0 80 L200 78", stroke: "#fff", "stroke-width": 7,
      fill: "none" }),
    svg("path", { d: "M0 62 Q90 40 200 20", stroke: "#9cc3e6", "stroke-width": 9, fill: "none" }),
    svg("path", { d: "M100 66 C86 48 88 32 100 32 C112 32 114 48 100 66 Z", fill: "#d33" }),
    svg("circle", { cx: 100, cy: 44, r: 4.5, fill: "#fff" })), el("span", { class: "caption-line", text: title }));
}

const DRAWINGS = {
  photo: picture,
  video: (media) => playing("video", media, seconds(media.duration ?? 0)),
  video_note: (media) => playing("video_note", media, seconds(media.duration ?? 0)),
  animation: (media) => playing("animation", media, "GIF"),
  voice,
  audio: (media) => file("audio", [media.performer, media.title].filter(Boolean).join(" – ") || t("kind.audio"), media),
  document: (media) => file("document", media.file_name ?? t("kind.document"), media),
  sticker: (media) => el("div", { role: "img", "aria-label": t("kind.sticker"), text: media.emoji ?? "🙂" }),
  dice: (media) => el("div", { text: `${media.emoji} ${media.value}` }),
  contact: (media) => el("div", {}, el("span", { class: "round", "aria-hidden": "true", text: "☎" }),
    el("span", {}, el("strong", { text: [media.first_name, media.last_name].filter(Boolean).join(" ") }), el("br"),
      el("span", { text: media.phone_number }))),
  location: (media) => map(`${media.latitude.toFixed(4)}, ${media.longitude.toFixed(4)}`),
  venue: (media) => map(`${media.title}, ${media.address}`),
  poll: (media) => el("div", {}, el("strong", { text: media.question }),
    el("ul", {}, media.options.map((option) => el("li", { text: option.text })))),
  story: () => el("div", { text: t("kind.story") }),
};
