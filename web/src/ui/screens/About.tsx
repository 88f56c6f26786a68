import { useEffect, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { copyText } from '../actions/files';
import { toast } from '../actions/core';
import { Button } from '../parts/Button';
import { Heading } from '../parts/Heading';
import { useSelected } from '../state/store';

/** What this is, which build of it, and under which licence. */
export function About({ version }: { version: string }) {
  const open = useSelected((s) => s.host?.open != null);
  const [hash, setHash] = useState<string | null>(null);
  useEffect(() => void readHash().then(setHash), []);
  return (
    <main class="outside">
      <Heading up={{ kind: open ? 'chats' : 'home' }}>{t('about')}</Heading>
      <p>{t('home-what')}</p>
      <dl class="facts">
        <dt>{t('about-version')}</dt>
        <dd class="mono">{version}</dd>
        <dt>{t('about-hash')}</dt>
        <dd class="mono wrap">{hash ?? t('about-no-hash')}</dd>
      </dl>
      {hash !== null && (
        <Button icon="copy" onClick={() => void copyText(hash).then((done) => toast(done ? 'copied' : 'copy-denied'))}>
          {t('about-copy')}
        </Button>
      )}
      <p>{t('about-verify')}</p>
      <h2>{t('about-licence')}</h2>
      <p>{t('about-licence-text')}</p>
      <p>
        <a href="./licences.txt" target="_blank" rel="noreferrer">
          {t('about-licences')}
        </a>
      </p>
    </main>
  );
}

/** The build's own list says its hash; who serves the page could say another, so it is for comparing by other means. */
async function readHash(): Promise<string | null> {
  try {
    const answer = await fetch(new URL('build.json', document.baseURI), { credentials: 'omit' });
    const told: unknown = answer.ok ? await answer.json() : null;
    return typeof told === 'object' && told !== null && 'hash' in told && typeof told.hash === 'string' ? told.hash : null;
  } catch {
    return null;
  }
}
