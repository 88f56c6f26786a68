import './style/tokens.css';
import './style/base.css';
import './style/forms.css';
import './style/shell.css';
import './style/chat.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import type { Core } from '../core/core';
import { boot } from './actions/boot';
import { guardTab, lockWhenIdle } from './actions/guard';
import { showCount } from './actions/notify';
import { loadSettings } from './actions/settings';
import { followUpdates } from './actions/update';
import { App } from './App';

/** Shows the app on this page. */
export async function start(core: Core): Promise<void> {
  boot(core);
  await loadSettings();
  const root = document.querySelector('#app');
  if (root === null) return;
  root.replaceChildren();
  render(<App />, root);
  effect(showCount);
  lockWhenIdle();
  guardTab();
  followUpdates();
}
