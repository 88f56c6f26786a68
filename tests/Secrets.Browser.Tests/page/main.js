import { startWorker } from '../../../web/src/core/trusted';

startWorker('/worker.js').postMessage({ kind: 'start' });
