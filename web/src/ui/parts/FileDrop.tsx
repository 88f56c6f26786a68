import { useId, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { neutralName } from '../text/neutralise';
import { Icon } from './Icon';

/** A file, chosen or dropped. */
export function FileDrop({ file, onFile, accept, label, missing }: { file: File | null; onFile: (file: File) => void; accept: string; label: string; missing: string | null }) {
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined): void => {
    const chosen = files?.[0];
    if (chosen !== undefined) onFile(chosen);
  };
  return (
    <div
      class={over ? 'file-drop over' : 'file-drop'}
      onDragOver={(e) => {
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        e.preventDefault();
        setOver(false);
        take(e.dataTransfer?.files);
      }}
    >
      <input id={id} type="file" accept={accept} aria-describedby={missing === null ? undefined : `${id}e`} onChange={(e) => take(e.currentTarget.files)} />
      <label for={id}>
        <Icon name="upload" />
        <span>{file === null ? label : <bdi dir="auto">{neutralName(file.name)}</bdi>}</span>
        <span class="hint">{t(file === null ? 'file-choose' : 'file-another')}</span>
      </label>
      {missing !== null && (
        <p id={`${id}e`} class="field-error" role="alert">
          {missing}
        </p>
      )}
    </div>
  );
}
