import { useEffect, useRef } from 'react';
import { shortCount } from '../process/counters.ts';

const GLOW: Keyframe[] = [{ color: 'var(--accent)' }, {}];
const GLOW_MILLIS = 900;

/**
 * A number that glows for a moment when it changes and never changes its width class: the digits
 * are tabular and the text has at most five characters. The exact value is on hover.
 */
export function Count({
  value,
  className = '',
}: {
  readonly value: number;
  readonly className?: string;
}) {
  const shown = useRef<HTMLSpanElement>(null);
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    shown.current?.animate?.(GLOW, { duration: GLOW_MILLIS, easing: 'ease-out' });
  }, [value]);
  return (
    <span ref={shown} className={`count ${className}`} title={value.toLocaleString('en')}>
      {shortCount(value)}
    </span>
  );
}
