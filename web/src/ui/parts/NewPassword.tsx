import { useEffect, useId, useState } from 'preact/hooks';
import { fetchPart } from '../../later';
import { t } from '../../messages/messages';
import { call, toastRefusal } from '../actions/core';
import { Button } from './Button';
import { PasswordField } from './PasswordField';

type Meter = typeof import('../text/strength');

const least = 8;
const words = 6;

/** True if a password may be used at all; whether it is a good one the meter says. */
export function longEnough(password: string): boolean {
  return [...password].length >= least;
}

/** A new password: how strong it is as one types, and words that the core draws. */
export function NewPassword({ label, value, onValue, name, tried }: { label: string; value: string; onValue: (value: string) => void; name: string; tried: boolean }) {
  const id = useId();
  const [meter, setMeter] = useState<Meter | null>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    let gone = false;
    fetchPart('strength')
      .then(() => import('../text/strength'))
      .then(
        (loaded) => gone || setMeter(loaded),
        () => undefined,
      );
    return () => void (gone = true);
  }, []);

  async function draw(): Promise<void> {
    try {
      onValue((await call('host.words', { count: words })).text);
      setDrawn(true);
    } catch (failure) {
      toastRefusal(failure);
    }
  }

  const short = !longEnough(value);
  const score = meter === null || value === '' ? null : short ? 0 : meter.strengthOf(value, name);
  return (
    <div class="new-password">
      <PasswordField
        label={label}
        value={value}
        onValue={onValue}
        autocomplete="new-password"
        shown={drawn}
        describedBy={`${id}s`}
        error={tried && short ? t('password-short', { least }) : null}
      />
      <div id={`${id}s`} class="strength" aria-live="polite">
        <meter class={`level${score ?? 0}`} min={0} max={4} value={score ?? 0} aria-label={t('password-strength')} />
        <span>{score === null ? t('password-advice') : t('password-level', { level: score })}</span>
      </div>
      <Button look="quiet" icon="dices" onClick={() => void draw()}>
        {t('password-draw')}
      </Button>
      {drawn && <p class="hint">{t('password-drawn')}</p>}
    </div>
  );
}
