// The page's small tools: build nodes (never from HTML text), speak a language, ask the server.

let words = {};
let language = "en";

export const LANGUAGES = { kk: "Қазақша", ru: "Русский", en: "English", ky: "Кыргызча" };

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    const state = name.startsWith("aria-") && typeof value === "boolean";
    if (!state && (value === null || value === undefined || value === false)) continue;
    if (state) node.setAttribute(name, String(value));
    else if (name === "on") {
      for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    } else if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

export function icon(path) {
  const drawing = svg("svg", { viewBox: "0 0 24 24", width: 22, height: 22, "aria-hidden": "true" });
  const width = path.includes("h.01") ? 3 : 1.8; // dots are drawn as the shortest of lines
  drawing.append(svg("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": width,
    "stroke-linecap": "round", "stroke-linejoin": "round" }));
  return drawing;
}

export async function loadWords() {
  words = await (await fetch("/words.json")).json();
  const wanted = [remembered("language"), ...navigator.languages.map((tag) => tag.slice(0, 2)), "ru"];
  setLanguage(wanted.find((code) => code in words));
}

export function setLanguage(code) {
  language = code;
  document.documentElement.lang = code;
  document.title = t("title");
  remember("language", code);
}

export function currentLanguage() {
  return language;
}

export function t(key, values = {}) {
  const text = words[language]?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

export function remembered(key) {
  try {
    return localStorage.getItem(`sandbox.${key}`);
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(`sandbox.${key}`, value);
  } catch {
    // private windows may forbid it; then the page forgets
  }
}

export async function ask(path) {
  return answerOf(await fetch(`/sandbox/${path}`));
}

export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answerOf(await fetch(`/sandbox/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answerOf(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? String(response.status));
  return answer;
}

// Few browsers have Kazakh or Kyrgyz dates; numbers in the order both use are read by everybody.
const LOCALES = { kk: "ru", ru: "ru", en: "en-GB", ky: "ru" };
// The phones lie in Kazakhstan, wherever the browser is: "evening, 17–22" must be seen to be evening.
const WHERE = { timeZone: "Asia/Almaty" };
const DATE = { day: "2-digit", month: "2-digit", year: "numeric", ...WHERE };
const TIME = { hour: "2-digit", minute: "2-digit", ...WHERE };

export function clockTime(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(LOCALES[language], TIME);
}

export function day(seconds) {
  return new Date(seconds * 1000).toLocaleDateString(LOCALES[language], DATE);
}

export function moment(date) {
  return date.toLocaleString(LOCALES[language], { ...DATE, ...TIME });
}
