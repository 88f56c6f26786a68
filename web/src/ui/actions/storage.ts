/** True if the browser has promised not to throw away what is kept here. */
export async function isPromised(): Promise<boolean> {
  try {
    return await navigator.storage.persisted();
  } catch {
    return false;
  }
}

/** True in a private window that can be told from others: Firefox's has databases, until it is closed, and refuses files. */
export async function isPassing(): Promise<boolean> {
  try {
    await navigator.storage.getDirectory();
    return false;
  } catch (failure) {
    // a browser without these files says nothing
    return failure instanceof DOMException && failure.name === 'SecurityError';
  }
}

/** Asks for that promise; on a person's click, as some browsers ask back. */
export async function askPromise(): Promise<boolean> {
  try {
    return await navigator.storage.persist();
  } catch {
    return false;
  }
}

/** Bytes in use and bytes that may be used; null where the browser doesn't say. */
export async function usage(): Promise<{ used: number; quota: number } | null> {
  try {
    const { usage: used, quota } = await navigator.storage.estimate();
    return used === undefined || quota === undefined ? null : { used, quota };
  } catch {
    return null;
  }
}
