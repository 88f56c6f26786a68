import { t } from '../../messages/messages';
import { StepHand, StepMake, StepTalk } from '../drawings/Steps';

/** No chats yet: how it works, in three small steps. */
export function EmptyChats() {
  return (
    <div class="empty">
      <h2>{t('empty-title')}</h2>
      <ol class="steps">
        <li>
          <StepMake />
          <p>{t('empty-make')}</p>
        </li>
        <li>
          <StepHand />
          <p>{t('empty-hand')}</p>
        </li>
        <li>
          <StepTalk />
          <p>{t('empty-talk')}</p>
        </li>
      </ol>
    </div>
  );
}
