import { WifiOff } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { connection } from '../api/connection.ts';
import { texts } from '../ui/texts.ts';
import { useStore } from '../ui/useStore.ts';

/** A restart of the server takes a moment; only what lasts is worth a banner. */
const PATIENCE_MILLIS = 2_500;

export function ConnectionBanner() {
  const lost = useStore(connection) === 'lost';
  const online = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!lost) return setShown(false);
    const timer = setTimeout(() => setShown(true), PATIENCE_MILLIS);
    return () => clearTimeout(timer);
  }, [lost]);
  return (
    <div role="status" className="banner-place">
      {(shown || !online) && (
        <div className="banner">
          <WifiOff size={15} aria-hidden />
          {online ? texts.connection.lost : texts.connection.offline}
        </div>
      )}
    </div>
  );
}

function watchNetwork(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}
