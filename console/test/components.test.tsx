import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CounterStore } from '../src/api/counterStore.ts';
import { ApiError } from '../src/api/http.ts';
import { ErrorState } from '../src/ui/State.tsx';
import { JsonTree } from '../src/ui/JsonTree.tsx';
import { useShortcuts } from '../src/ui/useShortcuts.ts';

afterEach(cleanup);

describe('the data tree', () => {
  it('opens level by level', () => {
    render(<JsonTree value={{ user: { name: 'ana', session: { mfa: false } }, empty: {} }} />);
    expect(screen.getByText('ana')).toBeTruthy();
    expect(screen.queryByText('mfa')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /session/ }));
    expect(screen.getByText('mfa')).toBeTruthy();
  });

  it('shows the first hundred of a long list and offers the rest', () => {
    render(<JsonTree value={Array.from({ length: 250 }, (_, index) => `item ${index}`)} />);
    expect(screen.queryByText('item 100')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Show 150 more' }));
    expect(screen.getByText('item 249')).toBeTruthy();
  });
});

describe('an error', () => {
  it('says what to do in the words of the server', () => {
    const retry = vi.fn();
    const error = new ApiError(400, 'bad', {
      field: 'limit',
      expected: 'a number',
      remedy: 'Send 1 to 500.',
    });
    render(<ErrorState error={error} onRetry={retry} />);
    expect(screen.getByRole('alert').textContent).toContain(
      'limit: expected a number. Send 1 to 500.',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledOnce();
  });

  it('tells an unreachable server from a missing page', () => {
    const { rerender } = render(<ErrorState error={new ApiError(0, 'unreachable', {})} />);
    expect(screen.getByRole('alert').textContent).toContain('The server did not answer');
    rerender(<ErrorState error={new ApiError(404, 'not_found', {})} />);
    expect(screen.getByRole('alert').textContent).toContain('There is nothing at this address');
  });
});

describe('shortcuts', () => {
  function Page({ onKey }: { readonly onKey: () => void }) {
    useShortcuts({ j: onKey });
    return <input aria-label="field" />;
  }

  it('work on the page, but not while someone types', () => {
    const pressed = vi.fn();
    render(<Page onKey={pressed} />);
    fireEvent.keyDown(document.body, { key: 'j' });
    fireEvent.keyDown(screen.getByLabelText('field'), { key: 'j' });
    fireEvent.keyDown(document.body, { key: 'j', ctrlKey: true });
    expect(pressed).toHaveBeenCalledOnce();
  });
});

describe('counters on cards', () => {
  it('draw only the card whose number changed', async () => {
    const { CountersContext, useCounts } = await import('../src/canvas/useCounts.ts');
    const drawn: string[] = [];
    function Card({ id }: { readonly id: string }) {
      const counts = useCounts(id);
      drawn.push(id);
      return <b data-testid={id}>{counts.in}</b>;
    }
    const store = new CounterStore();
    render(
      <CountersContext value={store}>
        <Card id="a" />
        <Card id="b" />
      </CountersContext>,
    );
    drawn.length = 0;
    act(() => store.apply([['a', { in: 5, out: 0, count: 5 }]]));
    expect(drawn).toEqual(['a']);
    expect(screen.getByTestId('a').textContent).toBe('5');
  });
});
