import { useState } from 'preact/hooks';
import type { OpenIdentity } from '../../core/api';
import { languages, t, type Language } from '../../messages/messages';
import { call } from '../actions/core';
import { refresh } from '../actions/boot';
import { lockAsking } from '../actions/lock';
import { set, settings, type Settings } from '../actions/settings';
import { Button } from '../parts/Button';
import { ChangePassword } from '../parts/ChangePassword';
import { Choice } from '../parts/Choice';
import { DeleteIdentity } from '../parts/DeleteIdentity';
import { Heading } from '../parts/Heading';
import { NotifySetting } from '../parts/NotifySetting';
import { Rename } from '../parts/Rename';
import { StorageUse } from '../parts/StorageUse';
import { go } from '../state/places';
import { date } from '../text/times';

const minutes = [0, 1, 5, 15, 60];

/** The identity and this browser's settings. */
export function Identity({ open }: { open: OpenIdentity }) {
  const { theme, language, lockAfter } = settings.value;
  const [changing, setChanging] = useState(false);

  async function rename(name: string): Promise<void> {
    await call('identity.rename', { name });
    await refresh();
  }

  return (
    <main class="content scrolls">
      <Heading up={{ kind: 'chats' }}>{t('identity')}</Heading>
      <div class="column">
        {!open.read_only && (
          <>
            <section>
              <h2>{t('identity-name')}</h2>
              <Rename name={open.identity.name} label={t('identity-name')} hint={t('identity-name-hint')} onRename={rename} />
              <p class="hint">{t('identity-since', { date: date(open.identity.created) })}</p>
            </section>
            <section>
              <h2>{t('password')}</h2>
              {changing ? (
                <ChangePassword name={open.identity.name} onDone={() => setChanging(false)} />
              ) : (
                <Button icon="key-round" onClick={() => setChanging(true)}>
                  {t('change-password')}
                </Button>
              )}
            </section>
          </>
        )}
        {!open.retired && (
          <section>
            <h2>{t('export-identity')}</h2>
            <p>{t('export-short')}</p>
            <Button icon="download" onClick={() => go({ kind: 'export' })}>
              {t('export-identity')}
            </Button>
          </section>
        )}
        <section>
          <h2>{t('lock')}</h2>
          <Choice
            label={t('lock-after')}
            hint={t('lock-after-hint')}
            value={String(lockAfter)}
            choices={minutes.map((m) => [String(m), m === 0 ? t('lock-never') : t('lock-minutes', { minutes: m })])}
            onValue={(m) => void set({ lockAfter: Number(m) })}
          />
          <Button icon="lock" onClick={lockAsking}>
            {t('lock-now')}
          </Button>
        </section>
        <section>
          <h2>{t('looks')}</h2>
          <Choice
            label={t('theme')}
            value={theme}
            choices={[
              ['auto', t('theme-auto')],
              ['light', t('theme-light')],
              ['dark', t('theme-dark')],
            ]}
            onValue={(value) => void set({ theme: value as Settings['theme'] })}
          />
          <Choice
            label={t('language')}
            value={language ?? ''}
            choices={[['', t('language-auto')], ...languages.map((l): [string, string] => [l.code, l.name])]}
            onValue={(value) => void set({ language: value === '' ? null : (value as Language) })}
          />
        </section>
        <section>
          <h2>{t('notifications')}</h2>
          <NotifySetting />
        </section>
        {!open.read_only && (
          <section>
            <h2>{t('relays')}</h2>
            <p>{t('relays-short')}</p>
            <Button icon="server" onClick={() => go({ kind: 'relays' })}>
              {t('relays')}
            </Button>
          </section>
        )}
        <section>
          <h2>{t('storage')}</h2>
          <StorageUse inMemory={open.memory} />
        </section>
        <section>
          <h2>{t('ways-out')}</h2>
          <DeleteIdentity open={open} />
        </section>
      </div>
    </main>
  );
}
