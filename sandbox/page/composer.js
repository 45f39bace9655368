// Where a person writes: text, attachments, commands; or presses Start.

import { el, icon, t } from "./dom.js";

const ATTACH = { photo: "🖼", album: "🗂", voice: "🎙", video: "🎬", video_note: "⏺", audio: "🎵", animation: "🎞",
  document: "📄", sticker: "🙂", contact: "☎", location: "📍", view_once: "①" };
const CAPTIONED = new Set(["photo", "album", "voice", "video", "audio", "animation", "document", "view_once"]);

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.reply = null;
    this.edit = null;
    this.drafts = new Map();
    this.node = el("div", { class: "composer" });
    this.key = "";
  }

  update() {
    const { phone } = this;
    const account = phone.account;
    const state = !account ? "none" : phone.isGroup ? "write" : account.blocked ? "blocked"
      : account.started ? "write" : "start";
    const key = JSON.stringify([state, phone.chatId, account?.id, this.reply?.id, this.edit?.id, document.documentElement.lang]);
    if (key !== this.key) {
      this.key = key;
      this.node.replaceChildren(...this.parts(state));
    }
    this.updateKeys(state);
  }

  parts(state) {
    if (state === "none") return [];
    if (state !== "write") {
      const label = t(state === "start" ? "start" : "restart");
      return [el("button", { type: "button", class: "start", text: label,
        on: { click: () => this.phone.act({ do: "start" }) } })];
    }
    this.field = el("textarea", { rows: 1, "aria-label": t("message"), placeholder: t("message"), on: {
      keydown: (event) => this.keydown(event), input: () => this.grow() } });
    this.field.value = this.edit ? this.edit.text || this.edit.caption : this.drafts.get(this.draftKey()) ?? "";
    requestAnimationFrame(() => this.grow());
    this.replyKeys = el("div", { class: "reply-keys" });
    return [this.banner(), el("div", { class: "line" },
      this.tool("commands", "M7 4h10a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3ZM14 8l-4 8", (event) => this.commands(event)), this.field,
      this.tool("attach", "M20 11.5 12.5 19a5 5 0 0 1-7-7L13 4.5a3.3 3.3 0 0 1 4.7 4.7L10.3 16.6a1.6 1.6 0 0 1-2.3-2.3L14.5 8",
        (event) => this.attach(event)),
      this.tool("send", "M4 12 20 4 14 20 11 13Z", () => this.send())), this.replyKeys];
  }

  tool(name, path, run) {
    return el("button", { type: "button", class: `tool ${name}`, "aria-label": t(name), title: t(name),
      on: { click: run } }, icon(path));
  }

  banner() {
    const about = this.edit ?? this.reply;
    if (!about) return el("div", { hidden: true });
    return el("div", { class: "banner" }, el("span", {}, el("strong", { text: t(this.edit ? "editing" : "replying") }),
      ` ${(about.text || about.caption || t(`kind.${about.kind}`)).slice(0, 60)}`),
    el("button", { type: "button", "aria-label": t("cancel"), text: "✕", on: { click: () => this.forget() } }));
  }

  updateKeys(state) {
    if (state !== "write") return;
    const rows = this.phone.replyKeyboard();
    this.replyKeys.replaceChildren(...rows.map((row) => el("div", { class: "keys" }, row.map((button) => el("button",
      { type: "button", class: "key", text: button.text, on: { click: () => this.phone.act({ do: "taps",
        label_or_data: button.text }) } })))));
  }

  keydown(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape") this.forget();
  }

  grow() {
    this.field.style.height = "";
    if (this.field.scrollHeight) this.field.style.height = `${Math.min(this.field.scrollHeight, 120)}px`;
    if (!this.edit) this.drafts.set(this.draftKey(), this.field.value);
  }

  draftKey() {
    return `${this.phone.account?.id} ${this.phone.chatId}`;
  }

  begin(kind, message) {
    this.reply = kind === "reply" ? message : null;
    this.edit = kind === "edit" ? message : null;
    this.update();
    this.field.focus();
  }

  forget() {
    this.reply = this.edit = null;
    this.update();
    this.field?.focus();
  }

  taken() {
    const text = this.field.value;
    this.field.value = "";
    this.drafts.delete(this.draftKey());
    this.grow();
    return text;
  }

  place() {
    const where = { reply_to: this.reply?.id };
    if (this.phone.thread && !this.reply) where.thread_id = this.phone.thread;
    return where;
  }

  async send() {
    if (!this.field.value.trim()) return;
    const { edit } = this;
    const where = this.place();
    const text = this.taken();
    this.reply = this.edit = null;
    this.update();
    if (edit) await this.phone.act({ do: "edits", message: edit.id, text });
    else await this.phone.act({ do: "says", text, ...where });
    this.field?.focus();
  }

  attach(event) {
    const items = Object.entries(ATTACH).map(([kind, sign]) => ({ icon: sign, label: t(`kind.${kind}`),
      run: () => this.sendKind(kind) }));
    this.phone.sheet.menu(t("attach"), items, event.currentTarget);
  }

  async sendKind(kind) {
    const caption = CAPTIONED.has(kind) && this.field.value.trim() ? this.taken() : undefined;
    const act = { do: "sends", caption, ...this.place() };
    this.reply = null;
    if (kind === "album") {
      const album = `album-${crypto.randomUUID()}`;
      const parts = ["photo", "video", "photo"].map((part, number) => ({ ...act, kind: part, album,
        caption: number ? undefined : caption }));
      await this.phone.act(...parts); // at once, as the app sends it: nothing comes between
    } else if (kind === "view_once") await this.phone.act({ ...act, kind: "photo", view_once: true });
    else if (kind === "contact") await this.phone.act({ ...act, kind, first_name: this.phone.account.first_name });
    else await this.phone.act({ ...act, kind });
    this.update();
  }

  commands(event) {
    const known = this.phone.account.menus[String(this.phone.chatId)] ?? [];
    const items = known.map((one) => ({ icon: "/", label: `/${one.command} – ${one.description}`,
      run: () => this.phone.act({ do: "says", text: `/${one.command}` }) }));
    if (items.length) this.phone.sheet.menu(t("commands"), items, event.currentTarget);
    else this.phone.sheet.toast(t("commands.none"));
  }
}
