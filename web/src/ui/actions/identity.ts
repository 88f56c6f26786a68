import { goInstead } from '../state/places';
import { dispatch, state } from '../state/store';
import { refresh } from './boot';
import { call, callWithBytes } from './core';
import { finishDeletes } from './chats';
import { saveFile } from './files';

/** Makes an identity and opens it. */
export async function createIdentity(name: string, password: string, relay: string | null, memory: boolean): Promise<void> {
  await call('host.create', { name, password, relay, memory });
  await refresh();
}

export async function openIdentity(id: string, password: string): Promise<void> {
  await call('host.open', { id, password });
  await refresh();
}

export async function importIdentity(file: Uint8Array, filePassword: string, password: string, memory: boolean): Promise<void> {
  await call('host.import', { file_password: filePassword, password, memory }, file);
  await refresh();
}

/** Gives the identity as a file to the person. To move it retires this copy first. */
export async function exportIdentity(password: string, move: boolean): Promise<void> {
  const { result, bytes } = await callWithBytes('host.export', { password, move });
  if (bytes === null) throw new Error('no file came');
  saveFile(bytes, result.name, 'application/octet-stream');
  dispatch({ kind: 'exported' });
}

/** Locks at once. What waited to be deleted is deleted now: nothing would do it later. */
export async function lock(): Promise<void> {
  if (state.peek().host?.open == null) return;
  await finishDeletes();
  await call('host.lock', {});
  await refresh();
}

export async function deleteIdentity(id: string): Promise<void> {
  await call('host.delete', { id });
  await refresh();
  goInstead({ kind: 'home' });
}
