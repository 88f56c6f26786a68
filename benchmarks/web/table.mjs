/** Median and least of some figures. */
export function summary(figures) {
  const sorted = [...figures].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], best: sorted[0], worst: sorted[sorted.length - 1] };
}

/** A row of times in milliseconds. */
export function times(what, wanted, runs, note = '') {
  const { median, best } = summary(runs);
  return { what, wanted: wanted === null ? '' : `≤ ${wanted} ms`, measured: `${Math.round(median)} ms (${Math.round(best)})`, kept: wanted === null ? null : median <= wanted, note };
}

export function row(what, wanted, measured, kept, note = '') {
  return { what, wanted, measured, kept, note };
}

export function printTable(rows) {
  const pad = (text, width) => text + ' '.repeat(Math.max(0, width - [...text].length));
  process.stdout.write('web: the app in Chromium, served by a relay on this machine; medians, in brackets the best run\n');
  process.stdout.write(`  ${pad('', 56)} ${pad('wanted', 12)} ${pad('measured', 20)}\n`);
  for (const { what, wanted, measured, kept, note } of rows) {
    process.stdout.write(`  ${pad(what, 56)} ${pad(wanted, 12)} ${pad(measured, 20)} ${pad(kept === null ? '' : kept ? 'kept' : 'MISSED', 7)} ${note}\n`);
  }
}
