// What opens inside a phone: menus and forms from below, alerts in the middle, toasts.

import { el, t } from "./dom.js";

export class Sheet {
  constructor(screen) {
    this.screen = screen;
    this.layer = null;
    this.opener = null;
  }

  menu(title, items, opener, top = null) {
    const list = el("div", { role: "menu", "aria-label": title, class: "menu" }, items.map((item) => el("button",
      { type: "button", role: "menuitem", class: item.danger ? "danger" : null,
        on: { click: () => { this.close(); item.run(); } } },
      el("span", { class: "menu-icon", "aria-hidden": "true", text: item.icon ?? "" }), item.label)));
    list.addEventListener("keydown", (event) => move(event, list));
    this.open(el("div", { class: "sheet" }, el("h3", { text: title }), top, list), opener);
  }

  form(title, fields, opener, run) {
    const inputs = fields.map((field) => (field.options
      ? el("select", { name: field.name }, Object.entries(field.options).map(([value, label]) => el("option",
        { value, text: label })))
      : el("input", { name: field.name, required: true, maxlength: 64, autocomplete: "off" })));
    const form = el("form", { class: "sheet", on: { submit: (event) => {
      event.preventDefault();
      this.close();
      run(Object.fromEntries(new FormData(form)));
    } } }, el("h3", { text: title }), fields.map((field, index) => el("label", {}, el("span", { text: field.label }),
      inputs[index])), el("div", { class: "form-buttons" },
    el("button", { type: "button", on: { click: () => this.close() }, text: t("cancel") }),
    el("button", { type: "submit", class: "primary", text: t("add") })));
    this.open(form, opener);
  }

  alert(text, opener) {
    const ok = el("button", { type: "button", class: "primary", text: t("ok"), on: { click: () => this.close() } });
    this.open(el("div", { class: "alert", role: "alertdialog", "aria-label": text }, el("p", { text }), ok), opener);
  }

  toast(text) {
    this.screen.querySelector(".toast")?.remove();
    const toast = el("div", { class: "toast", role: "status", text });
    this.screen.append(toast);
    setTimeout(() => toast.remove(), 4000);
  }

  open(content, opener) {
    this.close();
    this.opener = opener ?? document.activeElement;
    const layer = el("div", { class: "layer" }, content);
    layer.addEventListener("click", (event) => event.target === layer && this.close());
    layer.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.layer = layer;
    this.screen.append(layer);
    (content.querySelector("input, select, [role=menuitem], .primary, button") ?? content).focus();
  }

  close() {
    if (!this.layer) return;
    this.layer.remove();
    this.layer = null;
    if (this.opener?.isConnected) this.opener.focus();
  }
}

function move(event, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...list.children];
  const next = (items.indexOf(document.activeElement) + step + items.length) % items.length;
  items[next].focus();
}
