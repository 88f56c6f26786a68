// Empties functions of the runtime's WebAssembly that are never called: the SDK's one ready-made runtime has all of ICU in it, which knows
// languages and calendars, and the core is built to ask nothing of it (InvariantGlobalization). Every other byte stays as it is.
const code = 10;
const imports = 2;
const functionKind = 0;
// no locals, unreachable, end: who would call it all the same stops at once
const empty = Buffer.from([0x00, 0x00, 0x0b]);

/** The runtime with ICU's functions emptied. `symbols` is the SDK's list of functions: a line `number:name` each. */
export function slim(wasm, symbols) {
  const unused = new Set(
    symbols
      .split('\n')
      .map((line) => line.split(/:(.*)/s))
      .filter(([, name]) => name?.startsWith('icu::'))
      .map(([index]) => Number(index)),
  );
  const parts = [wasm.subarray(0, 8)];
  let imported = 0;
  for (let at = 8; at < wasm.length; ) {
    const [size, from] = number(wasm, at + 1);
    const end = from + size;
    if (wasm[at] === imports) imported = importedFunctions(wasm, from);
    if (wasm[at] === code) {
      const section = bodies(wasm, from, (index) => unused.has(imported + index));
      parts.push(Buffer.from([code]), leb(section.length), section);
    } else {
      parts.push(wasm.subarray(at, end));
    }
    at = end;
  }
  return Buffer.concat(parts);
}

function bodies(wasm, from, isUnused) {
  const [count, first] = number(wasm, from);
  const parts = [leb(count)];
  let emptied = 0;
  for (let i = 0, at = first; i < count; i++) {
    const [size, start] = number(wasm, at);
    if (isUnused(i)) {
      parts.push(leb(empty.length), empty);
      emptied++;
    } else {
      parts.push(wasm.subarray(at, start + size));
    }
    at = start + size;
  }
  if (emptied < 1000) throw new Error(`only ${emptied} functions are ICU's: the runtime or its list of functions is another than this knows`);
  return Buffer.concat(parts);
}

function importedFunctions(wasm, from) {
  let [count, at] = number(wasm, from);
  let functions = 0;
  for (; count > 0; count--) {
    for (let names = 0; names < 2; names++) {
      const [length, start] = number(wasm, at);
      at = start + length;
    }
    if (wasm[at] !== functionKind) throw new Error('the runtime imports more than functions');
    functions++;
    [, at] = number(wasm, at + 1);
  }
  return functions;
}

/** An unsigned LEB128 number, and where what follows it begins. */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

function leb(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80);
  return Buffer.from([...bytes, value]);
}
