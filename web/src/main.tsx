import './link';
import { connectCore } from './core/connect';
import { readEarly } from './core/early';
import { start } from './ui/start';

// asked before our own worker can take the lock
const early = readEarly();
void start(connectCore(), early);
