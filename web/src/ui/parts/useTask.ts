import { useRef, useState } from 'preact/hooks';
import { refusalOf } from '../actions/core';
import type { Refusal } from '../state/types';

/** Something that a screen waits for. */
export interface Task {
  busy: boolean;
  /** True once it takes long enough to be told. */
  slow: boolean;
  refusal: Refusal | null;
  run: (work: () => Promise<void>) => Promise<boolean>;
  refuse: (refusal: Refusal | null) => void;
}

const noticed = 100;

/** Runs one thing at a time and keeps what it was refused with. */
export function useTask(): Task {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [slow, setSlow] = useState(false);
  const [refusal, refuse] = useState<Refusal | null>(null);

  async function run(work: () => Promise<void>): Promise<boolean> {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    refuse(null);
    const timer = setTimeout(() => setSlow(true), noticed);
    try {
      await work();
      return true;
    } catch (failure) {
      refuse(refusalOf(failure));
      return false;
    } finally {
      clearTimeout(timer);
      running.current = false;
      setBusy(false);
      setSlow(false);
    }
  }

  return { busy, slow, refusal, run, refuse };
}
