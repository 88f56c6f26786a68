import { speaking } from '../../messages/messages';

/** A number of bytes in words: 12 kB, 3.4 MB. */
export function sizeWords(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1000)), 'kilobyte'] : [Math.round(bytes / 100_000) / 10, 'megabyte'];
  return new Intl.NumberFormat(speaking.value.language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}
