import { useEffect, useState } from 'preact/hooks';

const query = matchMedia('(max-width: 767px)');

/** True where one pane is shown at a time. */
export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const change = (): void => setNarrow(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return narrow;
}
