import { Store } from '../api/store.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SHOWN_MILLIS = 6_000;
const TOASTS_MAX = 3;

export const toasts = new Store<readonly Toast[]>([]);
let nextId = 1;

/** Says something for a few seconds, with an action such as undo. */
export function toast(text: string, action?: Toast['action']): void {
  const made = { id: nextId++, text, action };
  toasts.set([...toasts.get(), made].slice(-TOASTS_MAX));
  setTimeout(() => dismissToast(made.id), SHOWN_MILLIS);
}

export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((one) => one.id !== id));
}
