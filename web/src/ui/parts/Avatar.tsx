import { cellsOf } from '../text/avatar';

/** A quiet pattern made from both sides' keys; a ring while nobody is there. */
export function Avatar({ safetyNumber, large = false }: { safetyNumber: string | null; large?: boolean }) {
  return (
    <svg class={large ? 'avatar large' : 'avatar'} viewBox="0 0 48 48" aria-hidden="true">
      <circle class={safetyNumber === null ? 'empty' : 'ground'} cx="24" cy="24" r="23" />
      {safetyNumber !== null && cellsOf(safetyNumber).map((on, i) => on && <rect key={i} x={11.5 + (i % 5) * 5} y={6.5 + Math.floor(i / 5) * 5} width="5" height="5" />)}
    </svg>
  );
}
