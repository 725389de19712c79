/** Whether anybody can see the page. */
import { useEffect, useState } from 'react';

/** A glance at another tab is no reason to let go of anything. */
const HIDDEN_MS_MIN = 30_000;

/** Whether the page is seen, or was until a moment ago. */
export function useIsVisible(): boolean {
  const [isVisible, setIsVisible] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') setIsVisible(true);
      else timer = setTimeout(() => setIsVisible(false), HIDDEN_MS_MIN);
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return isVisible;
}
