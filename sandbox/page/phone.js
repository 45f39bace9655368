// One phone: whose it is, its chat, and everything a person can do in it.

import { bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { LANGUAGES, day, el, icon, post, t } from "./dom.js";
import { Sheet } from "./sheet.js";
import { safe } from "./text.js";

const QUICK = ["👍", "❤", "🔥", "🙏", "😢", "👌"];
const WAIT = 15000; // milliseconds: a tap that nobody answers stops waiting, as in the app

export class Phone {
  constructor(kind, desk) {
    this.kind = kind;
    this.desk = desk;
    this.isGroup = kind === "group";
    this.groupId = null; // which group the phone shows; without one the first
    this.selected = null; // whose private chat it is; in the group, who speaks
    this.thread = null;
    this.shown = new Map();
    this.waiting = new Map();
    this.title = el("h2");
    this.people = el("div", { class: "people", role: "group" });
    this.name = el("div", { class: "name" });
    this.status = el("div", { class: "quiet" });
    this.avatar = el("div", { class: "avatar", "aria-hidden": "true" });
    this.topics = el("select", { class: "topics", on: { change: () => this.chooseTopic() } });
    this.list = el("ol", { class: "messages", tabindex: 0, on: { scroll: () => this.scrolled() } });
    this.atEnd = true;
    this.top = 0;
    this.list.addEventListener("load", () => this.stay(), true);
    new ResizeObserver(() => this.stay()).observe(this.list);
    this.down = el("button", { type: "button", class: "down", on: { click: () => this.toEnd() } },
      icon("M12 5v13M6 12.5l6 6 6-6"));
    this.live = el("div", { class: "unseen", "aria-live": "polite" });
    this.menuButton = el("button", { type: "button", class: "tool", on: { click: (event) => this.menu(event) } },
      icon("M12 6h.01M12 12h.01M12 18h.01"));
    this.composer = new Composer(this);
    this.screen = el("div", { class: "screen" }, el("div", { class: "chat-head" }, this.avatar,
      el("div", { class: "who" }, this.name, this.status), this.topics, this.menuButton),
    el("div", { class: "view" }, this.list, this.down), this.live, this.composer.node);
    this.sheet = new Sheet(this.screen);
    this.node = el("section", { class: `phone phone-${kind}`, id: `phone-${kind}` },
      el("div", { class: "above" }, this.title, this.people), this.screen);
  }

  // What it shows

  update(state) {
    this.state = state;
    const ids = state.phones[this.kind] ?? [];
    const groups = this.isGroup ? state.groups.filter((group) => ids.includes(group.id)) : [];
    this.group = groups.find((group) => group.id === this.groupId) ?? groups[0] ?? null;
    this.choices = (this.isGroup ? this.group?.members ?? [] : ids)
      .map((id) => state.accounts.find((account) => account.id === id)).filter(Boolean);
    if (!this.choices.some((account) => account.id === this.selected)) this.selected = this.first(state)?.id ?? null;
    this.account = this.choices.find((account) => account.id === this.selected) ?? null;
    this.chat = this.isGroup ? this.group?.chat : this.account?.chat;
    this.chatId = this.chat?.chat_id ?? null;
    this.drawHead();
    this.drawTopics();
    this.drawMessages();
    this.composer.update();
  }

  // In the group the lawyer speaks first: that is who claims.
  first(state) {
    return (this.isGroup && this.choices.find((account) => state.phones.lawyer.includes(account.id))) || this.choices[0];
  }

  drawHead() {
    const title = t(`phone.${this.kind}`);
    this.title.textContent = title;
    this.node.setAttribute("aria-label", title);
    this.list.setAttribute("aria-label", t("messages"));
    this.menuButton.setAttribute("aria-label", t("menu"));
    this.down.setAttribute("aria-label", t("newest"));
    const { bot } = this.state;
    const name = this.isGroup ? this.group?.title ?? "" : bot.name;
    this.name.textContent = name;
    this.avatar.textContent = [...name][0]?.toUpperCase() ?? "";
    this.status.textContent = this.isGroup
      ? t("members", { count: (this.group?.members.length ?? 0) + (this.botIsIn() ? 1 : 0) })
      : this.account?.blocked ? t("blocked") : `@${bot.username}`;
    this.people.setAttribute("aria-label", t(this.isGroup ? "speaks" : "whose"));
    const tabs = this.choices.map((account) => el("button", { type: "button", "aria-pressed": account.id === this.selected,
      text: account.first_name, on: { click: () => this.choose(account.id) } }));
    const label = t(this.isGroup ? "join" : "person.add");
    const add = el("button", { type: "button", class: "add", "aria-label": label, title: label, text: "+",
      on: { click: (event) => this.addPerson(event) } });
    const key = JSON.stringify([this.choices.map((account) => [account.id, account.first_name]), this.selected, label]);
    if (key !== this.peopleKey) this.people.replaceChildren(...tabs, add);
    this.peopleKey = key;
  }

  botIsIn() {
    return ["member", "administrator"].includes(this.group?.bot_role);
  }

  drawTopics() {
    const topics = this.chat?.topics ?? [];
    this.topics.hidden = !topics.length;
    if (!topics.some((topic) => topic.thread_id === this.thread)) this.thread = null;
    this.topics.setAttribute("aria-label", t("topics"));
    this.topics.replaceChildren(el("option", { value: "", text: t("topics.all") }), ...topics.map((topic) => el("option",
      { value: topic.thread_id, selected: topic.thread_id === this.thread, text: topic.name })));
  }

  chooseTopic() {
    this.thread = Number(this.topics.value) || null;
    this.update(this.state);
  }

  drawMessages() {
    const items = this.items();
    const nodes = items.map(({ key, content, make }) => {
      const old = this.shown.get(key);
      return old && old.content === content ? old.node : make();
    });
    const before = this.newest;
    this.shown = new Map(items.map(({ key, content }, index) => [key, { content, node: nodes[index] }]));
    place(this.list, nodes);
    const last = this.chat?.messages.at(-1);
    this.newest = `${this.chatId} ${last?.id}`;
    this.newestFromBot = Boolean(last?.from_bot);
    if (before?.split(" ")[0] !== String(this.chatId)) this.atEnd = true;
    this.stay();
    if (before && before !== this.newest && last?.from_bot) this.live.textContent = last.text || last.caption;
  }

  scrolled() {
    const { clientHeight, scrollHeight, scrollTop } = this.list;
    if (!clientHeight) return; // the phone is behind another tab
    if (scrollHeight - scrollTop - clientHeight < 60) this.atEnd = true;
    else if (scrollTop < this.top) this.atEnd = false; // she scrolled up; the rest is the page growing
    this.top = scrollTop;
    this.down.hidden = this.atEnd;
  }

  stay() {
    if (this.atEnd) this.list.scrollTop = this.list.scrollHeight;
    this.down.hidden = this.atEnd;
  }

  toEnd() {
    this.atEnd = true;
    this.stay();
    this.list.focus();
  }

  items() {
    const found = [];
    if (this.kind === "seeker" && this.account && !this.account.started) {
      found.push({ key: "hint", content: t("hint"), make: () => el("li", { class: "row service" },
        el("span", { class: "hint", text: t("hint") })) });
    }
    let today = "";
    for (const messages of this.groups()) {
      const date = day(messages[0].date);
      const language = document.documentElement.lang;
      if (date !== today) {
        found.push({ key: `day ${date}`, content: date, make: () => el("li", { class: "row service" },
          el("span", { text: date })) });
      }
      today = date;
      const waits = messages[0].buttons.flat().map((button) => this.isWaiting(messages[0], button));
      found.push({ key: `${this.chatId} ${messages[0].id}`,
        content: JSON.stringify([messages, waits, this.selected, language, this.chat.topics]),
        make: () => bubble(messages, this) });
    }
    return found;
  }

  groups() {
    const groups = [];
    for (const message of this.chat?.messages ?? []) {
      if (this.thread && message.thread_id !== this.thread) continue;
      const last = groups.at(-1);
      if (last && message.album && last[0].album === message.album) last.push(message);
      else groups.push([message]);
    }
    return groups;
  }

  replyKeyboard() {
    const last = this.chat?.messages.findLast((message) => message.reply_keyboard);
    return last?.reply_keyboard.keyboard ? last.buttons : [];
  }

  // What the bubbles ask of it

  get me() {
    return this.selected;
  }

  topicName(threadId) {
    return this.thread ? null : this.chat?.topics.find((topic) => topic.thread_id === threadId)?.name;
  }

  command(text) {
    this.act({ do: "says", text });
  }

  isWaiting(message, button) {
    return (this.waiting.get(`${message.id} ${button.data}`) ?? 0) > Date.now();
  }

  async tap(message, button) {
    if (button.copy_text) {
      await navigator.clipboard?.writeText(button.copy_text).catch(() => {});
      this.sheet.toast(t("copied", { text: button.copy_text }));
    } else if (button.url) this.openLink(button.url);
    else if (button.data !== null) {
      const key = `${message.id} ${button.data}`;
      this.waiting.set(key, Date.now() + WAIT);
      this.drawMessages();
      this.desk.tapped(this.selected, this);
      setTimeout(() => this.drawMessages(), WAIT + 50);
      await this.act({ do: "taps", label_or_data: button.data, by: "data", on: message.id });
    }
  }

  answered(answer) {
    this.waiting.clear();
    this.drawMessages();
    if (answer.url) this.openLink(answer.url);
    if (!answer.text) return;
    if (answer.show_alert) this.sheet.alert(answer.text);
    else this.sheet.toast(answer.text);
  }

  openLink(address) {
    const prefix = `t.me/${this.state.bot.username}`;
    const plain = address.replace(/^https?:\/\//i, "");
    if (plain === prefix || plain.startsWith(`${prefix}?`)) {
      const payload = new URLSearchParams(plain.slice(prefix.length)).get("start");
      this.desk.openPrivate(this.selected, payload);
    } else if (safe(address)) window.open(address, "_blank", "noopener,noreferrer");
    else if (/^[\w-]+(\.[\w-]+)+/.test(address)) window.open(`https://${address}`, "_blank", "noopener,noreferrer");
    else this.sheet.toast(address);
  }

  react(message, emoji) {
    this.act({ do: "reacts", message: message.id, emoji });
  }

  actions(message, opener) {
    const own = message.sender.id === this.selected;
    const items = [{ icon: "↩", label: t("reply"), run: () => this.composer.begin("reply", message) }];
    if (own && (message.text || message.caption)) {
      items.push({ icon: "✎", label: t("edit"), run: () => this.composer.begin("edit", message) });
    }
    if (own || !this.isGroup) {
      items.push({ icon: "✕", label: t("delete"), danger: true,
        run: () => this.act({ do: "deletes", message: message.id }) });
    }
    const mine = message.reactions.find((one) => one.by === this.selected)?.emoji;
    const quick = el("div", { class: "quick" }, QUICK.map((emoji) => el("button", { type: "button", text: emoji,
      "aria-label": t("react", { emoji }), "aria-pressed": emoji === mine,
      on: { click: () => { this.sheet.close(); this.react(message, emoji === mine ? null : emoji); } } })));
    this.sheet.menu(t("message.actions"), items, opener, quick);
  }

  // What the person does

  async act(...acts) {
    const bodies = acts.map((act) => {
      const inGroup = this.isGroup && !("group" in act) && act.do !== "start";
      return { account: this.selected, ...act, ...(inGroup && { group: this.group.id }) };
    });
    return this.desk.send("act", bodies.length === 1 ? bodies[0] : bodies, this);
  }

  choose(id) {
    this.selected = id;
    this.composer.reply = this.composer.edit = null;
    this.waiting.clear();
    this.update(this.state);
  }

  menu(event) {
    const items = this.isGroup ? this.groupItems() : this.privateItems();
    if (items.length) this.sheet.menu(t("menu"), items, event.currentTarget);
  }

  privateItems() {
    if (!this.account) return [];
    const { blocked } = this.account;
    const items = [{ icon: blocked ? "○" : "⊘", label: t(blocked ? "unblock" : "block"), danger: !blocked,
      run: () => this.act({ do: blocked ? "unblocks" : "blocks" }) }];
    for (const group of this.state.groups) {
      const inside = group.members.includes(this.selected);
      items.push({ icon: inside ? "⇤" : "⇥", label: t(inside ? "group.leave" : "group.join", { title: group.title }),
        run: () => this.act({ do: inside ? "leaves" : "joins", group: group.id }) });
    }
    return items;
  }

  groupItems() {
    const others = this.state.groups.filter((group) => group.id !== this.group?.id).map((group) => ({ icon: "⇄",
      label: group.title, run: () => this.showGroup(group.id) }));
    const found = { icon: "+", label: t("group.new"), run: () => this.foundGroup() };
    if (!this.account || !this.group) return [...others, found];
    const botIn = this.botIsIn();
    return [
      ...others, found,
      { icon: "⇤", label: t("group.leave", { title: this.group.title }), run: () => this.act({ do: "leaves" }) },
      { icon: "⚙", label: t(botIn ? "bot.remove" : "bot.add"), danger: botIn,
        run: () => this.act(botIn ? { do: "removes_bot" } : { do: "adds_bot" }) },
    ];
  }

  showGroup(id) {
    this.groupId = id;
    this.update(this.state);
  }

  // A second operator group begins empty: people and the bot are added to it.
  foundGroup() {
    const fields = [{ name: "title", label: t("group.title") }];
    return this.sheet.form(t("group.new"), fields, this.menuButton, async (group) => {
      const made = await this.desk.send("groups", group, this);
      if (made) this.showGroup(made.id);
    });
  }

  addPerson(event) {
    if (this.isGroup) return this.invite(event);
    const fields = [{ name: "first_name", label: t("person.name") },
      { name: "language_code", label: t("person.language"), options: LANGUAGES }];
    return this.sheet.form(t("person.add"), fields, event.currentTarget, async (person) => {
      const made = await this.desk.send("accounts", { ...person, phone: this.kind }, this);
      if (made) this.selected = made.id;
    });
  }

  invite(event) {
    const outside = this.state.accounts.filter((account) => !this.group?.members.includes(account.id));
    const items = outside.map((account) => ({ icon: "+", label: account.first_name,
      run: () => this.act({ account: account.id, do: "joins" }) }));
    if (items.length) this.sheet.menu(t("join"), items, event.currentTarget);
    else this.sheet.toast(t("join.nobody"));
  }
}

function place(list, nodes) {
  nodes.forEach((node, index) => {
    if (list.children[index] === node) return;
    const focused = list.children[index]?.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    list.insertBefore(node, list.children[index] ?? null);
    if (focused) node.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  });
  while (list.children.length > nodes.length) list.lastChild.remove();
}
