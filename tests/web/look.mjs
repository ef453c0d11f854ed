// Opens an HTML report in headless Chromium and prints, as JSON, what a person would notice: on a
// desk's screen, on a phone's, in the dark, with its style taken away; and on paper.
//
//   node look.mjs MODULES REPORT.html PDF
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { browserOptions } from './browser.mjs';

const [modules, report, pdf] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const url = pathToFileURL(report).href;

const screens = [
  { name: 'desk', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'phone', viewport: { width: 360, height: 740 }, colorScheme: 'light' },
  { name: 'dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
];

/// In the page: what is there, and what can be seen.
function seen() {
  const shown = (element) => element.checkVisibility();
  return {
    title: document.title,
    lang: document.documentElement.lang,
    width: document.documentElement.scrollWidth,
    text: document.body.innerText,
    is_styled: getComputedStyle(document.querySelector('.figures')).display === 'flex',
    ground: getComputedStyle(document.body).backgroundColor,
    elements: [...new Set([...document.querySelectorAll('*')].map((one) => one.localName))].sort(),
    attributes: [...new Set([...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames()))].sort(),
    bars: [...document.querySelectorAll('svg')].filter((one) => shown(one) && one.getBoundingClientRect().width > 50).length,
    tables: [...document.querySelectorAll('table')].map((table) => ({
      caption: table.caption?.innerText,
      heads: [...table.querySelectorAll('th')].every((one) => one.scope !== ''),
    })),
  };
}

const browser = await chromium.launch(browserOptions);
const outcome = { requests: [], messages: [] };
for (const { name, ...options } of screens) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('request', (request) => outcome.requests.push(request.url().slice(0, 200)));
  page.on('console', (message) => outcome.messages.push(message.text()));
  page.on('pageerror', (error) => outcome.messages.push(String(error)));
  page.on('dialog', (dialog) => { outcome.messages.push('a dialog'); dialog.dismiss(); });
  const begun = performance.now();
  await page.goto(url, { waitUntil: 'load' });
  const opened_in = performance.now() - begun;
  outcome[name] = { ...(await page.evaluate(seen)), opened_in };
  if (name === 'desk') await page.pdf({ path: pdf, format: 'A4' });
  await page.evaluate(axe);  // by the debugger, as the page itself runs no scripts
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  outcome[name].violations = violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
  if (name === 'desk') {
    outcome.bare = await page.evaluate(() => {
      document.querySelector('style').remove();
      return document.body.innerText;
    });
  }
  await context.close();
}
await browser.close();
outcome.requests = outcome.requests.filter((one) => one !== url);
console.log(JSON.stringify(outcome));
