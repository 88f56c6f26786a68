import { useState } from 'preact/hooks';
import type { Ref } from 'preact';
import { t } from '../../messages/messages';
import { errorId } from '../actions/core';
import { Field } from '../parts/Field';
import type { Refusal } from '../state/types';
import { proposeName } from './acts';

/** A name in rooms, and how it is chosen: a friendly one is proposed, and may be changed. */
export function useNickname(): [string, (name: string) => void] {
  return useState(proposeName);
}

export function NameField({ value, onValue, refusal, input }: { value: string; onValue: (name: string) => void; refusal: Refusal | null; input?: Ref<HTMLInputElement> }) {
  return (
    <Field
      label={t('room-name')}
      value={value}
      onValue={onValue}
      hint={t('room-name-hint')}
      required={false}
      error={refusal === 'bad_name' ? t(errorId('bad_name')) : null}
      {...(input === undefined ? {} : { input })}
    />
  );
}
