import { encodeQR } from 'qr';
import { useMemo } from 'preact/hooks';

/** A QR code: black on white in both themes, as cameras want it, with its quiet zone. */
export function Qr({ content, label }: { content: string; label: string }) {
  const drawn = useMemo(() => {
    const rows = encodeQR(content, 'raw', { ecc: 'low', border: 4 });
    // one path for all modules: each run of dark ones is a bar
    let path = '';
    rows.forEach((row, y) => {
      for (let x = 0; x < row.length; x++) {
        let end = x;
        while (row[end] === true) end++;
        if (end > x) path += `M${x} ${y}h${end - x}v1h${x - end}z`;
        x = end;
      }
    });
    return { path, size: rows.length };
  }, [content]);
  return (
    <svg class="qr" viewBox={`0 0 ${drawn.size} ${drawn.size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect class="qr-ground" width={drawn.size} height={drawn.size} />
      <path class="qr-ink" d={drawn.path} />
    </svg>
  );
}
