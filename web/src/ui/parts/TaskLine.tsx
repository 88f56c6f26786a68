import { t } from '../../messages/messages';
import { errorId } from '../actions/core';
import { Note } from './Note';
import type { Task } from './useTask';

/** What a task is doing, in words, or what it was refused with. */
export function TaskLine({ task, words }: { task: Task; words: string }) {
  return (
    <>
      <p class="working" role="status">
        {task.slow ? (
          <>
            <progress aria-label={words} />
            <span>{words}</span>
          </>
        ) : null}
      </p>
      {task.refusal !== null && (
        <Note tone="bad" live>
          {t(errorId(task.refusal))}
        </Note>
      )}
    </>
  );
}
