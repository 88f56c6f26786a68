import { useEffect, useState } from 'preact/hooks';
import type { ChatView, SecretView } from '../../core/api';
import { t } from '../../messages/messages';
import { secretDays } from '../actions/chats';
import { call, errorId, refusalOf, toast } from '../actions/core';
import { copyText } from '../actions/files';
import { Button } from '../parts/Button';
import { Confirm } from '../parts/Dialog';
import { Icon } from '../parts/Icon';
import { Note } from '../parts/Note';
import { Qr } from '../parts/Qr';
import { useSelected } from '../state/store';
import type { Refusal } from '../state/types';
import { fullTime } from '../text/times';

/** The secret of a chat in its settings. Where somebody is in the chat already it is made only if it is asked for. */
export function SecretSection({ chat }: { chat: ChatView }) {
  const [shown, setShown] = useState(chat.stage === 'waiting_for_guest');
  if (shown) return <SecretCard chat={chat} renewable={chat.stage === 'waiting_for_guest'} />;
  return (
    <section>
      <h2>{t('your-secret')}</h2>
      <p>{t('secret-also')}</p>
      <Button icon="qr-code" onClick={() => setShown(true)}>
        {t('show-secret')}
      </Button>
    </section>
  );
}

/** One's own secret for a chat: to be scanned, sent, or read out. */
export function SecretCard({ chat, renewable = false }: { chat: ChatView; renewable?: boolean }) {
  const [secret, setSecret] = useState<SecretView | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [asking, setAsking] = useState(false);
  const connected = useSelected((s) => s.relays.some((r) => r.connected));

  async function load(renew: boolean): Promise<void> {
    setAsking(false);
    try {
      setSecret(await call('chats.secret', { chat: chat.id, days: secretDays, renew }));
      setRefusal(null);
    } catch (failure) {
      setRefusal(refusalOf(failure));
    }
  }

  // again when the chat changes or a relay is reached: the secret may be at a relay by then
  useEffect(() => void load(false), [chat, connected]);
  useEffect(() => {
    if (secret === null || secret.at_relay) return undefined;
    const timer = setTimeout(() => void load(false), 1500);
    return () => clearTimeout(timer);
  }, [secret]);

  if (refusal !== null) return <Note tone={refusal === 'no_secret' ? 'info' : 'warn'}>{t(errorId(refusal))}</Note>;
  if (secret === null) return <div class="secret-card" aria-busy="true" />;
  return (
    <div class="secret-card">
      <h2>{t('your-secret')}</h2>
      <Qr content={secret.qr_content} label={t('secret-qr')} />
      {!secret.at_relay && <Note tone="warn">{t('secret-not-yet')}</Note>}
      <Ways secret={secret} />
      <details>
        <summary>{t('secret-as-text')}</summary>
        <p class="mono secret-text" dir="ltr">
          {secret.text}
        </p>
        <Button icon="copy" onClick={() => void copied(secret.text)}>
          {t('copy-text')}
        </Button>
      </details>
      <p class="hint">{t('secret-good-until', { time: fullTime(secret.good_until) })}</p>
      <p class="hint">{t('secret-who')}</p>
      {renewable && (
        <Button look="quiet" icon="refresh-cw" onClick={() => setAsking(true)}>
          {t('secret-renew')}
        </Button>
      )}
      {asking && <Confirm title={t('secret-renew')} text={t('secret-renew-text')} yes={t('secret-renew')} onYes={() => void load(true)} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Ways({ secret }: { secret: SecretView }) {
  // as the share sheet and mail programs want it: the words and the link, nowhere in an address of ours
  const mail = `mailto:?subject=${encodeURIComponent(t('mail-subject'))}&body=${encodeURIComponent(`${t('mail-body')}\n\n${secret.link}\n`)}`;
  return (
    <div class="ways">
      <Button look="primary" icon="link" onClick={() => void copied(secret.link)}>
        {t('copy-link')}
      </Button>
      {'share' in navigator && (
        <Button icon="share-2" onClick={() => void navigator.share({ url: secret.link }).catch(() => undefined)}>
          {t('share')}
        </Button>
      )}
      <a class="button plain" href={mail} rel="noreferrer">
        <Icon name="mail" />
        <span>{t('by-mail')}</span>
      </a>
    </div>
  );
}

async function copied(text: string): Promise<void> {
  toast((await copyText(text)) ? 'copied' : 'copy-denied');
}
