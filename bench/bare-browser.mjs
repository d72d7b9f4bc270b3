// What any program pays that prints one page with a browser: start it, print, close it.
import puppeteer from 'puppeteer-core';
import { likelyBrowser } from '../dist/browser/find.js';

const asRoot = process.platform === 'linux' && process.getuid() === 0;
const browser = await puppeteer.launch({
  executablePath: await likelyBrowser({ env: process.env }),
  args: asRoot ? ['--no-sandbox'] : [],
  pipe: true,
});
const page = await browser.newPage();
await page.setContent('<h1>A page</h1>');
await page.pdf({ width: '335mm', height: '235mm', printBackground: true });
await browser.close();
