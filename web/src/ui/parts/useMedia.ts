import { useEffect, useState } from 'preact/hooks';

/** One pane at a time. */
export const onePane = '(max-width: 767px)';
/** No room for the details beside a chat. */
export const noDetails = '(max-width: 1199px)';

/** True while the window is so. */
export function useMedia(condition: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(condition).matches);
  useEffect(() => {
    const query = matchMedia(condition);
    const change = (): void => setHolds(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, [condition]);
  return holds;
}
