// ./secrets web-hash: what a built web app is, in two lines that can be read out on the telephone or printed.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BuildError, LIST, readFolder } from './build.mjs';
import { cidOf } from './cid.mjs';
import { Exit, run, UsageError } from './terminal.mjs';

const HELP = `Usage: ./secrets web-hash [FOLDER] [--copy NEW] [--json]

Prints what the built web app in FOLDER is (default: artifacts/web, which \`./secrets up\` builds):
  its version, its hash (SHA-256 over the lines "<sha256>  <path>" of build.json, in the order of the paths), and its
  content address on IPFS (CIDv1, profile unixfs-v1-2025).

First each file is compared with the list; one that differs is named, and nothing is printed. The same source gives the same
two values on every machine: that is how you compare a build with somebody else's, or with a published one.

The content address covers the listed files and build.json, and nothing else: compressed copies and build.json.sig stay
outside, so that anyone can compute it from what a host serves.

  --copy NEW   also writes just these files into the folder NEW, to be put onto IPFS or a static host
  --json       prints one JSON object

Exit codes: 0 done, 1 the folder is not what its list says, 2 wrong usage.
`;

await run(async (words) => {
  const { values, positionals } = parseArgs({ args: words, allowPositionals: true, options: { copy: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) return void process.stdout.write(HELP);
  if (positionals.length > 1) throw new UsageError('One folder at a time. See: ./secrets web-hash --help');
  const build = open(positionals[0] ?? path.join(import.meta.dirname, '../../artifacts/web'));
  if (build.faults.length > 0) {
    process.stderr.write(`${build.faults.join('\n')}\nThe folder is not what its ${LIST} says: build it anew.\n`);
    return Exit.differs;
  }
  const { version, hash, files } = build.list;
  const cid = await cidOf(build.bytes, build.contents);
  if (values.copy !== undefined) copy(build, values.copy);
  process.stdout.write(values.json ? `${JSON.stringify({ version, hash, cid, files: files.size })}\n` : `version ${version}\nhash    ${hash}\nCID     ${cid}\n`);
  return Exit.same;
});

function open(folder) {
  try {
    return readFolder(folder);
  } catch (error) {
    throw error instanceof BuildError ? new UsageError(error.message) : error;
  }
}

function copy(build, folder) {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new UsageError(`${folder} is not empty. Nothing was written.`);
  for (const [name, content] of build.contents) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  writeFileSync(path.join(folder, LIST), build.bytes);
}
