import { useId, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { errorId } from '../actions/core';
import type { Refusal } from '../state/types';
import { decodePicture } from '../text/scan';
import { Button } from './Button';
import { Icon } from './Icon';
import { Note } from './Note';
import { Scanner } from './Scanner';

/** How a secret came into the field. */
export type Came = 'typed' | 'scanned' | 'picture' | 'link';

/** A secret: pasted, scanned with the camera, or read from a picture. */
export function SecretField({ value, onValue, missing }: { value: string; onValue: (text: string, came: Came) => void; missing: boolean }) {
  const id = useId();
  const [scanning, setScanning] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function read(picture: Blob | undefined): Promise<void> {
    if (picture === undefined) return;
    setRefusal(null);
    const text = await decodePicture(picture);
    if (text === null) setRefusal('picture_nothing');
    else onValue(text, 'picture');
  }

  function paste(event: ClipboardEvent): void {
    const picture = [...(event.clipboardData?.files ?? [])].find((f) => f.type.startsWith('image/'));
    if (picture === undefined) return;
    event.preventDefault();
    void read(picture);
  }

  return (
    <div class="field">
      <label for={id}>{t('secret')}</label>
      <textarea
        id={id}
        class="mono"
        rows={3}
        value={value}
        dir="ltr"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        required
        placeholder={t('secret-placeholder')}
        aria-invalid={missing}
        aria-describedby={missing ? `${id}e` : undefined}
        onInput={(e) => onValue(e.currentTarget.value, 'typed')}
        onPaste={paste}
        onDrop={(e) => {
          const picture = e.dataTransfer?.files[0];
          if (picture === undefined) return;
          e.preventDefault();
          void read(picture);
        }}
      />
      {missing && (
        <p id={`${id}e`} class="field-error" role="alert">
          {t('secret-missing')}
        </p>
      )}
      <div class="field-actions">
        <Button icon="camera" onClick={() => setScanning(true)}>
          {t('scan')}
        </Button>
        <label class="button plain file-button">
          <Icon name="image" />
          <span>{t('from-picture')}</span>
          <input
            type="file"
            accept="image/*"
            onChange={(e) => {
              void read(e.currentTarget.files?.[0]);
              e.currentTarget.value = '';
            }}
          />
        </label>
      </div>
      {refusal !== null && (
        <Note tone="warn" live>
          {t(errorId(refusal))}
        </Note>
      )}
      {scanning && (
        <Scanner
          onFound={(text) => {
            setScanning(false);
            onValue(text, 'scanned');
          }}
          onClose={() => setScanning(false)}
        />
      )}
    </div>
  );
}
