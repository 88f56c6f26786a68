import type { ChatView, Verification } from '../../core/api';
import { t } from '../../messages/messages';
import { go } from '../state/places';
import { Icon, type IconName } from './Icon';

const icons: Record<Verification, IconName> = { not_verified: 'shield-question-mark', both_secrets_exchanged: 'shield-alert', verified: 'shield-check' };

export function trustWords(verification: Verification): string {
  return t(`trust-${verification.replaceAll('_', '-')}`);
}

/** What is known about who the other side is; the number to compare is one tap away. */
export function Trust({ chat }: { chat: ChatView }) {
  if (chat.safety_number === null) return null;
  return (
    <button type="button" class={`trust ${chat.verification}`} onClick={() => go({ kind: 'details', chat: chat.id })}>
      <Icon name={icons[chat.verification]} />
      <span>{trustWords(chat.verification)}</span>
    </button>
  );
}
