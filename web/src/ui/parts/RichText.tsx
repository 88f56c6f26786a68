import { useMemo } from 'preact/hooks';
import { partsOf } from '../text/links';
import { neutralText } from '../text/neutralise';

/** A text of another person: letters, and web links that say where they lead. Nothing in it is ever taken for more. */
export function RichText({ text }: { text: string }) {
  const parts = useMemo(() => partsOf(neutralText(text)), [text]);
  return (
    <>
      {parts.map((part, i) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <bdi key={i} dir="ltr">
            <a href={part.href} target="_blank" rel="noreferrer noopener" title={part.href}>
              {part.text}
            </a>
            {part.host !== null && <span class="real-host"> ({part.host})</span>}
          </bdi>
        ),
      )}
    </>
  );
}
