// The desk with the four phones: the clock, the language, the stream of changes.

import { LANGUAGES, ask, currentLanguage, el, loadWords, moment, post, remember, remembered, setLanguage, t } from "./dom.js";
import { Phone } from "./phone.js";

const KINDS = ["seeker", "group", "lawyer", "coordinator"];
const JUMPS = { "jump.10m": 600, "jump.1h": 3600, "jump.1d": 86400, "jump.1w": 604800 };

class Desk {
  constructor() {
    this.phones = KINDS.map((kind) => new Phone(kind, this));
    this.lastTap = new Map();
    this.answersSeen = new Map();
    this.newestSeen = new Map();
    this.first = true;
    this.refreshing = false;
    this.again = false;
    document.querySelector("#phones").append(...this.phones.map((phone) => phone.node));
    this.show(remembered("phone") ?? "seeker");
    this.bar();
    this.stream();
    setInterval(() => this.tick(), 1000);
  }

  // The bar above

  bar() {
    this.time = el("time", { class: "clock" });
    this.waiting = el("span", { class: "quiet", role: "status" });
    this.jumps = el("div", { class: "jumps", role: "group", "aria-label": t("clock") },
      Object.entries(JUMPS).map(([key, seconds]) => el("button", { type: "button", text: t(key),
        on: { click: () => this.send("clock", { seconds }, this.phones[0]) } })));
    const languages = el("select", { "aria-label": t("language"), on: { change: (event) => this.speak(event.target.value) } },
      Object.entries(LANGUAGES).map(([code, name]) => el("option", { value: code, text: name, lang: code,
        selected: code === currentLanguage() })));
    document.querySelector("#bar").replaceChildren(el("h1", { text: t("title") }), this.waiting,
      el("div", { class: "time" }, this.time, this.jumps), languages);
    this.tabs();
  }

  tabs() {
    const nav = document.querySelector("#tabs");
    nav.setAttribute("aria-label", t("phones"));
    nav.replaceChildren(...KINDS.map((kind) => el("button", { type: "button", role: "tab", "aria-controls": `phone-${kind}`,
      "aria-selected": kind === this.visible, text: t(`phone.${kind}`), on: { click: () => this.show(kind) } })));
    this.news();
  }

  // A dot on the tab of a phone behind the others, when the bot has said something there.
  news() {
    const nav = document.querySelector("#tabs");
    for (const [index, phone] of this.phones.entries()) {
      if (phone.kind === this.visible || !this.newestSeen.get(phone.kind)) this.newestSeen.set(phone.kind, phone.newest);
      const news = this.newestSeen.get(phone.kind) !== phone.newest && phone.newestFromBot;
      const dot = nav.children[index].querySelector(".news");
      if (news && !dot) nav.children[index].append(el("span", { class: "news", role: "img", "aria-label": t("news") }));
      if (!news) dot?.remove();
    }
  }

  show(kind) {
    this.visible = kind;
    remember("phone", kind);
    for (const phone of this.phones) phone.node.classList.toggle("visible", phone.kind === kind);
    this.tabs();
  }

  speak(code) {
    setLanguage(code);
    this.bar();
    this.draw();
  }

  tick() {
    this.tell();
    if (this.state?.counters.pending_updates) this.refresh(); // the bot may take one and say nothing
  }

  tell() {
    if (!this.state) return;
    const now = new Date(this.serverNow + Date.now() - this.fetchedAt);
    this.time.textContent = moment(now);
    this.time.setAttribute("datetime", now.toISOString());
  }

  // Changes

  stream() {
    const source = new EventSource("/sandbox/events");
    source.addEventListener("changed", () => this.refresh());
    source.addEventListener("error", () => { this.waiting.textContent = t("offline"); });
  }

  async refresh() {
    if (this.refreshing) {
      this.again = true;
      return;
    }
    this.refreshing = true;
    try {
      this.state = await ask("state");
      this.serverNow = Date.parse(this.state.now);
      this.fetchedAt = Date.now();
      this.draw();
      this.answers();
    } finally {
      this.refreshing = false;
      if (this.again) {
        this.again = false;
        this.refresh();
      }
    }
  }

  draw() {
    if (!this.state) return;
    for (const phone of this.phones) phone.update(this.state);
    this.news();
    this.jumps.hidden = !this.state.clock_moves;
    const count = this.state.counters.pending_updates;
    this.waiting.textContent = count ? t("waiting", { count }) : "";
    this.tell();
  }

  // Answers to taps go to the phone that was tapped.

  tapped(accountId, phone) {
    this.lastTap.set(accountId, phone);
  }

  answers() {
    for (const account of this.state.accounts) {
      const seen = this.answersSeen.get(account.id);
      const known = new Set(account.answers.map((answer) => answer.callback_query_id));
      this.answersSeen.set(account.id, known);
      if (this.first) continue;
      for (const answer of account.answers) {
        if (!seen?.has(answer.callback_query_id)) this.lastTap.get(account.id)?.answered(answer);
      }
    }
    this.first = false;
  }

  // What phones ask of it

  async send(path, body, phone) {
    try {
      return await post(path, body);
    } catch (error) {
      phone.sheet.toast(error.message);
      return null;
    }
  }

  async openPrivate(accountId, payload) {
    const phone = this.phones.find((one) => !one.isGroup && one.choices.some((account) => account.id === accountId));
    if (!phone) return;
    phone.choose(accountId);
    this.show(phone.kind);
    const act = { account: accountId, do: "start" };
    if (payload) act.payload = payload;
    await this.send("act", act, phone);
  }
}

await loadWords();
new Desk();
