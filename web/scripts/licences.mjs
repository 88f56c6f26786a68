// Writes what the app contains of others, with their licences, as a text beside the page: dist/licences.txt.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const web = path.dirname(import.meta.dirname);
const { packages } = JSON.parse(readFileSync(path.join(web, 'package-lock.json'), 'utf8'));
const apache = readFileSync(path.join(web, 'node_modules/comlink/LICENSE'), 'utf8');

// whatever comes into the app, in the order of names; types and tools don't
const parts = Object.entries(packages)
  .filter(([folder, { dev }]) => folder !== '' && dev !== true && !folder.includes('/@types/'))
  .map(([folder, { version, license }]) => {
    const found = readdirSync(path.join(web, folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const text = found !== undefined ? readFileSync(path.join(web, folder, found), 'utf8') : license === 'Apache-2.0' ? apache : null;
    if (text === null) throw new Error(`${folder} has no licence`);
    return [`${folder.slice(folder.lastIndexOf('node_modules/') + 13)} ${version} (${license})`, text];
  });
const runtime = ['.NET runtime and libraries (MIT)', `The MIT License (MIT)\n\nCopyright (c) .NET Foundation and Contributors\n\n${mit()}`];
const icons = ['Lucide icons (ISC)', readFileSync(path.join(web, 'node_modules/lucide-static/LICENSE'), 'utf8')];
const segmenter = ['TensorFlow Lite, and the model for selfie segmentation of MediaPipe (Apache-2.0)', apache];
const whole = [...parts, runtime, icons, segmenter].map(([name, text]) => `${name}\n${'='.repeat(name.length)}\n\n${text.replaceAll('\r', '').trim()}\n`).join('\n\n');
writeFileSync(path.join(web, 'dist/licences.txt'), whole);

/** The terms that all under MIT have in common. */
function mit() {
  const text = readFileSync(path.join(web, 'node_modules/preact/LICENSE'), 'utf8');
  return text.slice(text.indexOf('Permission is hereby granted'));
}
