// Runs the test program. Like the app's own worker it also hashes passwords, when it is started for that.
import { hashPassword } from '../../../web/src/core/argon';
import { hashInWorker } from '../../../web/src/core/hasher';
import { createSodium } from '../../../web/src/core/sodium';
import { startWorker } from '../../../web/src/core/trusted';
import { storage, storageTests } from './storage';

const post = (kind, body) => fetch(`/${kind}`, { method: 'POST', body });

addEventListener('message', ({ data }) => {
  if (data.kind === 'argon') void hashPassword(data).then((hash) => postMessage({ kind: 'hash', hash }));
  else run().then((good) => post('end', good ? 'good' : 'bad'), (error) => post('end', `${error} ${error?.stack}`));
});

async function run() {
  const { dotnet } = await import(/* @vite-ignore */ new URL('program/dotnet.js', location.href).href);
  const { config, files, filter, share } = await (await fetch('plan.json')).json();
  // most tests hash passwords by the hundred at the least cost: starting a worker costs more
  let workers = false;
  const sodium = await createSodium(async (task) => {
    if (!workers) throw new DOMException('no workers here', 'SecurityError');
    return hashInWorker(() => startWorker(location.href), task);
  });
  const runtime = await dotnet.withConfig(config).create();
  runtime.setModuleImports('sodium', sodium);
  runtime.setModuleImports('storage', storage);
  runtime.setModuleImports('tests', { ...storageTests, report: (line) => void post('report', line), allowWorkers: (allowed) => (workers = allowed) });
  const program = (await runtime.getAssemblyExports(config.mainAssemblyName)).Secrets.Browser.Tests.Program;
  await runtime.runMain(config.mainAssemblyName, []);
  await Promise.all(files.map(async (name) => program.AddFile(name, new Uint8Array(await (await fetch(`files${name}`)).arrayBuffer()))));
  return program.RunAsync(filter, share);
}
