// ./secrets web-sign: a detached signature over the list of a build's files.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BuildError, LIST, readFolder, SIGNATURE } from './build.mjs';
import { formatPublicKey, verifySignature } from './minisign.mjs';
import { createKey, KeyError, openKey, signFile } from './minisign-key.mjs';
import { askPassword, Exit, plain, run, UsageError } from './terminal.mjs';

const HELP = `Usage: ./secrets web-sign --key FILE [FOLDER]
       ./secrets web-sign --new-key FILE

Signs the built web app in FOLDER (default: artifacts/web, which \`./secrets up\` builds): writes build.json.sig beside build.json,
which lists the SHA-256 of every file. Each file is compared with the list first; what differs is named, and nothing is signed.
A relay that serves the folder serves the signature too, once it is restarted.

  --key FILE      the secret key; its password is asked for, or is the first line of standard input
  --new-key FILE  makes a key: FILE (mode 0600, under a password: one GiB of scrypt for each guess), and prints the public key

Keys and signatures are minisign's: what is made here, \`minisign\` reads, and the other way round. So anyone checks with
  minisign -Vm build.json -P PUBLIC-KEY -x build.json.sig

Publish the public key in places that whoever runs the host can't change: your repository, your card, your friends' sites.
Keep the secret key off the host, and sign on a machine that built the app itself.

Exit codes: 0 done, 1 refused (with the reason), 2 wrong usage.
`;

await run(async (words) => {
  const options = { key: { type: 'string' }, 'new-key': { type: 'string' }, help: { type: 'boolean', short: 'h' } };
  const { values, positionals } = parseArgs({ args: words, allowPositionals: true, options });
  if (values.help) return void process.stdout.write(HELP);
  const making = values['new-key'] !== undefined;
  if (making === (values.key !== undefined) || positionals.length > (making ? 0 : 1)) throw new UsageError('Either --key FILE, and a folder; or --new-key FILE. See: ./secrets web-sign --help');
  try {
    return await (making ? make(values['new-key']) : sign(values.key, positionals[0] ?? path.join(import.meta.dirname, '../../artifacts/web')));
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return Exit.differs;
  }
});

async function make(file) {
  const taken = new KeyError(`${file} is there already, and a key is not written over. Nothing was made.`);
  if (existsSync(file)) throw taken;
  const key = await createKey(await askPassword('Password for the new key: ', { again: 'Once more: ' }));
  try {
    writeFileSync(file, key.file, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw error.code === 'EEXIST' ? taken : error;
  }
  process.stdout.write(`untrusted comment: minisign public key ${key.id}\n${key.publicLine}\n`);
  process.stderr.write(`Publish the line above. The secret half is in ${file}: keep a copy of that file, and its password elsewhere.\n`);
  return Exit.same;
}

async function sign(keyFile, folder) {
  let build;
  try {
    build = readFolder(folder);
  } catch (error) {
    throw error instanceof BuildError ? new UsageError(error.message) : error;
  }
  if (build.faults.length > 0) {
    process.stderr.write(`${build.faults.join('\n')}\nThe folder is not what its ${LIST} says: nothing was signed.\n`);
    return Exit.differs;
  }
  let text;
  try {
    text = readFileSync(keyFile, 'utf8');
  } catch {
    throw new UsageError(`${keyFile} can't be read. --new-key FILE makes a key.`);
  }
  const key = await openKey(text, () => askPassword(`Password of ${keyFile}: `));
  const comment = `timestamp:${Math.floor(Date.now() / 1000)}\tfile:${LIST}\thashed\tversion:${plain(build.list.version)}`;
  const signature = signFile(key, build.bytes, comment);
  // a signature that a fault of memory or disk spoiled would be noticed by everybody but us
  if (verifySignature(signature, build.bytes, { id: key.id, key: key.publicKey }).comment !== comment) throw new KeyError('The signature does not verify. Nothing was written.');
  const file = path.join(folder, SIGNATURE);
  writeFileSync(`${file}.next`, signature);
  renameSync(`${file}.next`, file);
  process.stdout.write(`${file}\nversion ${build.list.version}\nhash    ${build.list.hash}\nkey     ${formatPublicKey(key.id, key.publicKey)}\n`);
  return Exit.same;
}
