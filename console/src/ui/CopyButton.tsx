import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from './Button.tsx';
import { texts } from './texts.ts';

const CONFIRMED_MILLIS = 1_500;

export function CopyButton({
  text,
  label = texts.copy,
}: {
  readonly text: string;
  readonly label?: string;
}) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), CONFIRMED_MILLIS);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setDone(true),
      () => {},
    );
  return (
    <IconButton small label={done ? texts.copied : label} onClick={copy}>
      {done ? <Check size={14} /> : <Copy size={14} />}
    </IconButton>
  );
}
