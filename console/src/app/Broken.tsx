import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { MapPinOff } from 'lucide-react';
import { ErrorState, State } from '../ui/State.tsx';
import { texts } from '../ui/texts.ts';

export function Broken({ error }: ErrorComponentProps) {
  return (
    <main className="fill">
      <ErrorState error={error} onRetry={() => location.reload()} />
    </main>
  );
}

export function NotFound() {
  return (
    <main className="fill">
      <State icon={MapPinOff} title={texts.errors.notFoundTitle} text={texts.errors.notFound}>
        <Link to="/" className="button">
          {texts.errors.goHome}
        </Link>
      </State>
    </main>
  );
}
