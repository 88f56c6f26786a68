import './style/tokens.css';
import './style/base.css';
import './style/forms.css';
import './style/shell.css';
import './style/chat.css';
import './style/room.css';
import './style/call.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import type { HostView } from '../core/api';
import type { Core } from '../core/core';
import { boot } from './actions/boot';
import { guardTab, lockWhenIdle } from './actions/guard';
import { showCount } from './actions/notify';
import { loadSettings } from './actions/settings';
import { followUpdates } from './actions/update';
import { App } from './App';

/** Shows the app on this page. */
export async function start(core: Core, early: Promise<HostView | null> = Promise.resolve(null)): Promise<void> {
  boot(core, early);
  await loadSettings();
  const root = document.querySelector('#app');
  if (root === null) return;
  root.replaceChildren();
  render(<App />, root);
  effect(showCount);
  lockWhenIdle();
  guardTab();
  // the service worker loads all of the build: not while the core is being loaded
  whenStarted(core, followUpdates);
}

function whenStarted(core: Core, then: () => void): void {
  if (core.state !== 'starting') then();
  else {
    const stop = core.onState(() => {
      stop();
      then();
    });
  }
}
