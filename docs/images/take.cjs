// Takes the pictures of the README from a sandbox at work. Needs Chromium and pngquant, so it is no part of the tests:
//
//   python -m sandbox --port 8099 --no-open --language en
//   npm install --prefix /tmp/pictures playwright-core
//   NODE_PATH=/tmp/pictures/node_modules node docs/images/take.cjs http://127.0.0.1:8099
//
// It plays by clicking and typing, as a visitor would, and ends with an error where a button isn't there.

const { execFileSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { chromium } = require("playwright-core");

const BASE = process.argv[2] ?? "http://127.0.0.1:8080";
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = 3000; // milliseconds: the bot leaves a second between two messages to one chat, three for an album of three

const catalog = readFileSync(join(__dirname, "../../locales/en/LC_MESSAGES/hotline.po"), "utf8");
const label = (key) => catalog.split(`msgid "${key}"\nmsgstr `)[1].split("\n\n")[0].trim().split("\n").map(JSON.parse).join("");
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function settled() {
  let before = "";
  let since = Date.now();
  while (Date.now() - since < QUIET) {
    const { by_outcome: calls, pending_updates: waiting } = await (await fetch(`${BASE}/sandbox/counters`)).json();
    delete calls["getUpdates 200"];
    const now = JSON.stringify([calls, waiting]);
    if (now !== before || waiting) since = Date.now();
    before = now;
    await sleep(100);
  }
}

class Play {
  constructor(page) {
    this.page = page;
  }

  phone(kind) {
    return this.page.locator(`.phone-${kind}`);
  }

  async tap(kind, ...labels) {
    for (const text of labels) {
      const exact = new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
      const key = this.phone(kind).locator(".key", { hasText: exact });
      if (!(await key.count())) {
        const more = this.phone(kind).locator(".key", { hasText: label("button.more") });
        if (await more.count()) await more.last().click(); // the option stands on another page
        await settled();
      }
      await key.last().click({ timeout: 20000 });
      await this.page.waitForTimeout(1300);
    }
  }

  async say(kind, text) {
    await this.phone(kind).locator("textarea").fill(text);
    await this.phone(kind).locator("textarea").press("Enter");
    await settled();
  }

  async answerTo(kind, text, answer) {
    const row = this.phone(kind).locator(".row", { hasText: text }).last();
    await row.hover();
    await row.locator(".more").click();
    await this.phone(kind).locator("[role=menuitem]").first().click();
    await this.say(kind, answer);
  }

  async join(name) {
    await this.phone("seeker").locator(".add").click();
    await this.phone("seeker").locator(".sheet input").fill(name);
    await this.phone("seeker").locator(".sheet .primary").click();
    await this.phone("seeker").locator(".people button", { hasText: name }).click();
    await this.begin();
  }

  async begin() {
    await this.phone("seeker").locator(".start").click();
    await this.tap("seeker", label("language.en"), label("button.continue"));
  }

  async appeal(region, category, subcategory, words) {
    await this.tap("seeker", label("button.new"), label("option.for_whom.self"), label("option.age.25_34"),
      label("option.country.KZ"), region, category, subcategory);
    for (const question of ["happened", "officials"]) {
      const open = await this.phone("seeker").locator(".text").last().textContent();
      if (open.startsWith(label(`question.${question}`).split("\n")[0])) await this.tap("seeker", label("button.skip"));
    }
    await this.say("seeker", words);
    await this.tap("seeker", label("option.words.done"), label("option.contact.any_time"), label("option.share.yes"),
      label("option.statistics.yes"), label("option.follow_up.yes"), label("button.send"));
    await settled();
  }

  async claim() {
    await this.tap("group", label("button.claim"));
    await this.phone("group").locator(".alert .primary, .toast").first().waitFor({ timeout: 20000 });
    await this.phone("group").locator(".alert .primary").click({ timeout: 1000 }).catch(() => {});
    await settled();
  }

  async picture(name, locator) {
    const path = join(__dirname, `${name}.png`);
    await this.page.mouse.move(2, 2);
    await this.page.evaluate(() => document.activeElement?.blur());
    await this.page.waitForTimeout(4500); // toasts go
    await locator.screenshot({ path });
    execFileSync("pngquant", ["--force", "--strip", "--quality=70-95", "--output", path, path]);
  }
}

async function main() {
  const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"] });
  const page = await browser.newPage({ viewport: { width: 1640, height: 980 }, deviceScaleFactor: 1.5, locale: "en",
    colorScheme: "light" });
  await page.goto(BASE);
  await page.locator(".phone-seeker .start").waitFor();
  const play = new Play(page);
  try {
    await play.begin();
    await play.appeal("Almaty", "Documents, registration, migration", "Someone keeps my documents",
      "My papers were taken and are not given back.");
    await play.claim();
    await play.say("lawyer", "Thank you for writing. Are you safe now?");
    await play.answerTo("seeker", "Are you safe now?", "Yes, I am with a friend.");
    await play.say("lawyer", "Good. We will ask for your papers in writing.");
    await play.picture("seeker", play.phone("seeker").locator(".screen"));
    await play.picture("lawyer", play.phone("lawyer").locator(".screen"));
    for (const [name, ...appeal] of [
      ["Guest 1", "Shymkent", "Stalking, blackmail, harassment", "Sexual harassment at work or study", "It goes on."],
      ["Guest 2", "Astana", "Housing, money, work", "Wages or pay withheld", "My pay is late."],
      ["Guest 3", "Shymkent", "Food, shelter, urgent needs", "Nowhere to sleep tonight", "We are two."],
    ]) {
      await play.join(name);
      await play.appeal(...appeal);
      if (name === "Guest 1") await play.claim();
    }
    await play.picture("group", play.phone("group").locator(".screen"));
    await play.say("coordinator", "/week");
    await play.picture("coordinator", play.phone("coordinator").locator(".screen"));
    await play.phone("seeker").locator(".people button").first().click();
    await play.picture("sandbox", page.locator("body"));
  } finally {
    await browser.close();
  }
}

main();
