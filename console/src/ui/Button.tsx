import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Tooltip } from './Tooltip.tsx';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'normal' | 'primary' | 'plain';
  readonly small?: boolean;
}

export function Button({ look = 'normal', small, className = '', ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`button ${look} ${small ? 'small' : ''} ${className}`}
      {...rest}
    />
  );
}

interface IconButtonProps extends ButtonProps {
  /** Said to those who cannot see the icon, and shown on hover. */
  readonly label: string;
  readonly children: ReactNode;
}

export function IconButton({ label, className = '', look = 'plain', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <Button aria-label={label} look={look} className={`icon ${className}`} {...rest} />
    </Tooltip>
  );
}
