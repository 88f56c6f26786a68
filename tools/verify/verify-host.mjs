// ./secrets verify-host: does a host serve the web app that was built?
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BuildError, parseList, readFolder } from './build.mjs';
import { compare } from './compare.mjs';
import { Host, NotReached } from './host.mjs';
import { parsePublicKey } from './minisign.mjs';
import { Exit, plain, progress, run, UsageError } from './terminal.mjs';

const HELP = `Usage: ./secrets verify-host URL [what you trust]... [--json]

Asks the host at URL for the web app, file by file, as a browser would, and compares it with what you trust:

  --folder DIR        a build in a folder: your own, made from source that you read or got from people you trust
  --list FILE         a build.json that you got elsewhere
  --public-key KEY    a signature of the host's list, by this key (the line that begins with RW, or a file with it)
  --signature FILE    … which lies in FILE, where the host doesn't serve it as build.json.sig
Without any of these: your own build in artifacts/web (\`./secrets up\` makes it). Several may be given; all must agree.

Looked at: build.json and each file it lists, asked for plain, compressed as over TLS and compressed as without; that the page
loads nothing else; that a made-up path is not answered; that nothing redirects; and the headers of every answer (the policy
that forbids the page other scripts and other hosts, and what keeps other sites away from it).

  --files-only        leaves the headers out: for static hosts and IPFS gateways, which can't send them
  --proxy ADDRESS     asks through a SOCKS5 proxy, such as Tor's: socks5://127.0.0.1:9050
  --json              prints one JSON object

What "the same" shows: that this host gave these bytes to this machine just now. What it can't show: that it gives them to
everybody. A host may know you by your network address, or tell this program from a browser, and serve others something else, or
you tomorrow. So ask from other places too, through Tor (--proxy), at odd times; and let others ask. No browser does this for you
before it runs what it got; who must be sure serves the app from their own machine with \`./secrets up\`.
docs/guide/verify.md says more, also how to check without this program.

Exit codes: 0 the same, 1 it differs (each reason on a line), 2 wrong usage, or it could not be done, 3 the host was not reached.
`;

await run(async (words) => {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      folder: { type: 'string', multiple: true },
      list: { type: 'string', multiple: true },
      'public-key': { type: 'string', multiple: true },
      signature: { type: 'string' },
      'files-only': { type: 'boolean' },
      proxy: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  if (positionals.length !== 1) throw new UsageError('One address, please. See: ./secrets verify-host --help');
  const base = addressOf(positionals[0]);
  const trusted = trustedOf(values);
  const host = new Host(base, values.proxy === undefined ? undefined : proxyOf(values.proxy));
  const line = progress('Asking for the files:');
  try {
    const report = await compare(host, trusted, { withHeaders: !values['files-only'], onStep: line.step });
    line.end();
    const verdict = report.differences.length > 0 ? 'differs' : report.lost.length > 0 ? 'unreachable' : 'same';
    process.stdout.write(values.json ? `${JSON.stringify({ url: base.href, verdict, headers: !values['files-only'], ...report })}\n` : describe(base, report, verdict, values['files-only']));
    return Exit[verdict];
  } catch (error) {
    line.end();
    if (!(error instanceof NotReached)) throw error;
    if (values.json) process.stdout.write(`${JSON.stringify({ url: base.href, verdict: 'unreachable', reason: error.message })}\n`);
    process.stderr.write(`${base.host} was not reached: ${plain(error.message)}.\n`);
    return Exit.unreachable;
  } finally {
    host.end();
  }
});

function addressOf(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError(`${plain(text)} is no address. It begins with https:// (or http:// for an onion service or this machine).`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new UsageError('Only https:// and http:// can be asked.');
  if (url.username !== '' || url.password !== '') throw new UsageError('An address with a name or password in it is not one for a web app.');
  url.hash = '';
  url.search = '';
  url.pathname = url.pathname.replace(/index\.html$/, '');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function proxyOf(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^socks5h?:$/.test(url.protocol) || url.port === '' || url.username !== '') throw new UsageError('A proxy is written like socks5://127.0.0.1:9050.');
  return url;
}

function trustedOf(values) {
  const sources = [...(values.list ?? []).map(listOf), ...(values.folder ?? []).map((folder) => folderOf(folder, `the build in ${folder}`))];
  const keys = (values['public-key'] ?? []).map(keyOf);
  if (values.signature !== undefined && keys.length === 0) throw new UsageError('--signature wants --public-key: whose signature should it be?');
  const signature = values.signature === undefined ? undefined : read(values.signature);
  if (sources.length === 0 && keys.length === 0) {
    const own = path.join(import.meta.dirname, '../../artifacts/web');
    if (!exists(own)) throw new UsageError('There is nothing to compare with. Build the app with `./secrets up`, or give --list FILE, --folder DIR or --public-key KEY. See: ./secrets verify-host --help');
    sources.push(folderOf(own, 'your own build'));
  }
  return { sources, keys, signature };
}

function listOf(file) {
  const bytes = read(file);
  try {
    return { name: `the list in ${file}`, bytes, list: parseList(bytes) };
  } catch (error) {
    throw error instanceof BuildError ? new UsageError(`${file} ${error.message}.`) : error;
  }
}

function folderOf(folder, name) {
  let build;
  try {
    build = readFolder(folder);
  } catch (error) {
    throw error instanceof BuildError ? new UsageError(error.message) : error;
  }
  if (build.faults.length > 0) throw new UsageError(`${build.faults.join('\n')}\n${folder} is not what its own list says, so nothing can be compared with it. Build it anew.`);
  return { name, bytes: build.bytes, list: build.list };
}

function keyOf(text) {
  const key = parsePublicKey(exists(text) ? read(text).toString('utf8') : text);
  if (key === null) throw new UsageError(`${plain(text)} is neither a public key (a line that begins with RW) nor a file with one.`);
  return { name: key.line, ...key };
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    throw new UsageError(`${file} can't be read.`);
  }
}

function exists(file) {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

function describe(base, report, verdict, filesOnly) {
  const lines = [`${base.href} serves ${report.version === null ? 'no build that names itself' : `Secrets ${report.version}, build ${report.hash}`}.`];
  for (const { with: name, agrees, note } of report.compared) lines.push(`  ${agrees ? 'agrees ' : 'DIFFERS'}  ${name}${note ? ` (${note})` : ''}`);
  if (verdict === 'same') {
    lines.push(`The same: ${report.files} files and the page, plain and compressed${filesOnly ? '. The headers were not looked at' : ', and the headers'} (${report.answers} answers).`);
    lines.push('That is what it gave to this machine just now. Others may be given something else: see --help.');
  } else if (verdict === 'differs') {
    lines.push(`Not the same, for ${report.differences.length === 1 ? 'one reason' : `${report.differences.length} reasons`}:`, ...report.differences.map(({ what, reason }) => `${what}: ${reason}`));
  } else {
    lines.push('The host stopped answering, so nothing can be said:', ...report.lost);
  }
  return lines.map((text) => `${plain(text)}\n`).join('');
}
