// What Lighthouse says of the first screen, at its settings for a phone.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { executablePath } from './browser.mjs';
import { row, summary } from './table.mjs';

const runs = 3;
const wanted = { accessibility: 100, 'best-practices': 100, performance: 90 };

export async function rate({ address }) {
  const scores = { accessibility: [], 'best-practices': [], performance: [] };
  const notes = {};
  for (let i = 0; i < runs; i++) {
    const chrome = await launch({ chromePath: executablePath, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
    try {
      const { lhr } = await lighthouse(address, { port: chrome.port, output: 'json', logLevel: 'error', onlyCategories: Object.keys(wanted) });
      for (const [name, list] of Object.entries(scores)) list.push(Math.round((lhr.categories[name].score ?? 0) * 100));
      for (const name of Object.keys(scores)) notes[name] = failed(lhr, name);
      notes.performance = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'speed-index'].map((id) => `${short(id)} ${lhr.audits[id].displayValue}`).join(', ');
    } finally {
      await chrome.kill();
    }
  }
  return Object.entries(wanted).map(([name, least]) => {
    const { median } = summary(scores[name]);
    return row(`Lighthouse, phone: ${name}`, `≥ ${least}`, String(median), median >= least, notes[name]);
  });
}

const short = (id) => id.split('-').map((word) => word[0].toUpperCase()).join('');

function failed(lhr, category) {
  return lhr.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
    .map(({ id }) => id)
    .join(', ');
}
