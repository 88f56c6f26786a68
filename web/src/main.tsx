import './link';
import { connectCore } from './core/connect';
import { start } from './ui/start';

void start(connectCore());
