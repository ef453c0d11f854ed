// A picture of a page, as wide as it is to be and at least so high.
//
//   node picture.mjs MODULES PAGE.html PICTURE.png WIDTHxHEIGHT
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { browserOptions } from './browser.mjs';

const [modules, source, picture, size] = process.argv.slice(2);
const { chromium } = createRequire(`${modules}/`)('playwright-core');
const [width, height] = size.split('x').map(Number);
const browser = await chromium.launch(browserOptions);
const page = await browser.newPage({ viewport: { width, height } });
await page.goto(pathToFileURL(source).href);
await page.screenshot({ path: picture, fullPage: height < 100 });
await browser.close();
