// A worker that hashes one password and is ended. A page starts it, as in Firefox a worker can stop for good when a worker of its own ends.
import type { ArgonTask } from './argon';
import type { FromWorker, ToWorker } from './messages';

/** Null if there is not enough memory; rejected where no worker can be started. */
export async function hashInWorker(startWorker: () => Worker, task: ArgonTask): Promise<Uint8Array | null> {
  const worker = startWorker();
  try {
    return await new Promise((resolve, reject) => {
      worker.onerror = reject;
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => (data.kind === 'hash' ? resolve(data.hash) : undefined);
      worker.postMessage({ kind: 'argon', ...task } satisfies ToWorker);
    });
  } finally {
    worker.terminate();
  }
}
