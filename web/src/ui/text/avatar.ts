/**
 * The cells of a chat's pattern: five columns mirrored about the middle, seven rows. Made from the digits of the safety number, which
 * come from both sides' keys: so both see the same one, and it changes if a key does.
 */
export function cellsOf(safetyNumber: string): readonly boolean[] {
  const groups = safetyNumber.split(/\s+/).map(Number);
  const bits: boolean[] = [];
  // a group is a number below 100,000: its three low bits are evenly spread
  for (const group of groups) for (let bit = 0; bit < 2; bit++) bits.push(((group >> bit) & 1) === 1);
  const cells: boolean[] = [];
  for (let row = 0; row < 7; row++) {
    const left = [bits[row * 3] ?? false, bits[row * 3 + 1] ?? false, bits[row * 3 + 2] ?? false];
    cells.push(left[0] ?? false, left[1] ?? false, left[2] ?? false, left[1] ?? false, left[0] ?? false);
  }
  return cells;
}
