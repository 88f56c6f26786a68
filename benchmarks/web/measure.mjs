// Measures the web app in Chromium: node measure.mjs ADDRESS FEW MANY PASSWORD; files of identities with ten chats, of 100 messages or one of 10,000.
// Each figure is the median of its runs, in brackets the best of them; beside it the processor time of all processes of the browser,
// which says more than the clock where other programs run, too.
import { loads } from './loads.mjs';
import { messages } from './messages.mjs';
import { longChat } from './long-chat.mjs';
import { rate } from './rate.mjs';
import { printTable } from './table.mjs';

const [address, few, many, password] = process.argv.slice(2);
const only = (process.env.BENCH_WEB_PARTS ?? 'loads,messages,long-chat,rate').split(',');
const parts = { loads, messages, 'long-chat': longChat, rate };
const rows = [];
for (const name of only) {
  process.stderr.write(`${name} …\n`);
  rows.push(...(await parts[name]({ address, few, many, password })));
}
printTable(rows);
