// What a person sees, and what they are asked.
import { readFileSync } from 'node:fs';

export const Exit = { same: 0, differs: 1, usage: 2, unreachable: 3 };

/** Wrong usage, or something that is missing on this machine. */
export class UsageError extends Error {}

/** Text from elsewhere, without anything that a terminal would obey or that runs the other way. */
export const plain = (text) => String(text).slice(0, 1000).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, '�');

/** Runs a program: its exit code is what it answers; code 1 means "differs" here, so nothing unforeseen may end with it. */
export async function run(program) {
  try {
    process.exitCode = await program(process.argv.slice(2));
  } catch (error) {
    const usage = error instanceof UsageError || String(error.code).startsWith('ERR_PARSE_ARGS');
    process.stderr.write(`${usage ? error.message : `This could not be done: ${plain(error.message)}`}\n`);
    process.exitCode = Exit.usage;
  }
}

/** A line that is drawn over until it is done; only on a terminal, and only if the work takes longer than a second. */
export function progress(text) {
  const started = Date.now();
  let drawn = false;
  return {
    step(done, of) {
      if (!process.stderr.isTTY || Date.now() - started < 1000) return;
      drawn = true;
      process.stderr.write(`\r\x1b[K${text} ${done} of ${of} …`);
    },
    end() {
      if (drawn) process.stderr.write('\r\x1b[K');
    },
  };
}

/** A password: typed unseen at a terminal, else the first line of standard input. Never an argument: those are seen by others. */
export async function askPassword(question, { again } = {}) {
  if (!process.stdin.isTTY) return readFileSync(0, 'utf8').split(/\r?\n/, 1)[0];
  const first = await typeUnseen(question);
  if (again && first !== (await typeUnseen(again))) throw new UsageError('The two are not the same. Nothing was made.');
  return first;
}

// What was typed ahead of a question belongs to the next one.
let ahead = '';

function typeUnseen(question) {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let typed = [];
    const end = (finish) => {
      stdin.off('data', take);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      finish();
    };
    const take = (text) => {
      const keys = [...ahead, ...text];
      ahead = '';
      while (keys.length > 0) {
        const key = keys.shift();
        if (key === '\r' || key === '\n') {
          ahead = keys.join('');
          return end(() => resolve(typed.join('')));
        }
        if (key === '\u0003' || key === '\u0004') return end(() => reject(new UsageError('Nothing was done.')));
        if (key === '\u007f' || key === '\b') typed.pop();
        else if (key === '\u0015') typed = [];
        else if (key >= ' ') typed.push(key);
      }
    };
    stdin.on('data', take);
    stdin.resume();
    if (ahead !== '') take('');
  });
}
