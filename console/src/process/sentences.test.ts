import { describe, expect, it } from 'vitest';
import type { Step } from './model.ts';
import { parseView } from './parse.ts';
import { cardLine, sentencesOf, type Sentence } from './sentences.ts';

function say(step: Step, summary: string[] = [], semaphore?: Step): string[] {
  const graph = parseView({
    id: 1,
    title: '',
    status: 'active',
    nodes: [
      {
        id: 'a',
        type: 0,
        x: 0,
        y: 0,
        logics: [step],
        semaphors: semaphore ? [semaphore] : [],
        summary,
      },
      { id: 'b', type: 2, title: 'Sent', x: 0, y: 0 },
    ],
  });
  return sentencesOf(graph.nodes[0]!, graph).map(read);
}

function read(sentence: Sentence): string {
  return sentence
    .map((piece) => (piece.kind === 'node' ? `[${piece.title}]` : piece.text))
    .join('');
}

describe('what a node does, in words', () => {
  it.each<[Step, string]>([
    [{ type: 'go', to_node_id: 'b' }, 'Then go to [Sent]'],
    [
      {
        type: 'go_if_const',
        to_node_id: 'b',
        conditions: [{ param: '{{x.y}}', fun: 'more', const: 3 }],
      },
      'If x.y is greater than 3, go to [Sent]',
    ],
    [
      {
        type: 'go_if_const',
        to_node_id: 'b',
        conditions: [
          { param: 'x', fun: 'eq', const: '1' },
          { param: 'y', fun: 'regexp', const: '^a' },
        ],
      },
      'If x equals 1 and y matches ^a, go to [Sent]',
    ],
    [
      { type: 'go_if_const', to_node_id: 'b', param: 'x', fun: 'not_eq', const: '' },
      'If x does not equal "", go to [Sent]',
    ],
    [{ type: 'set_param', extra: { a: '1', b: '{{c}}' } }, 'Set a to 1, b to {{c}}'],
    [
      { type: 'api_copy', mode: 'create', conv_id: 12, convTitle: 'Checks', err_node_id: 'b' },
      'Copy the task to process Checks (12); on error go to [Sent]',
    ],
    [{ type: 'api_copy', mode: 'modify', conv_id: 12 }, 'Modify the task in process 12'],
    [{ type: 'api', method: 'GET', url: 'https://x/y' }, 'Call GET https://x/y'],
    [
      { type: 'millrace_notify', channel: 'inbox', severity: 'high', title: 'Look' },
      'Send a high alert to inbox: Look',
    ],
  ])('%j', (step, said) => {
    expect(say(step)).toEqual([said]);
  });

  it('says time limits and counts of semaphores', () => {
    const time = { type: 'time', value: 30, dimension: 'min', to_node_id: 'b' };
    expect(say({ type: 'api_callback' }, [], time)).toEqual([
      'Wait for a callback',
      'After 30 min, go to [Sent]',
    ]);
    expect(
      say({ type: 'go', to_node_id: 'b' }, [], { type: 'count', value: 9, esc_node_id: 'b' })[1],
    ).toBe('When 9 tasks rest here, create one in [Sent]');
  });

  it('uses the words of the server for a logic that it does not know', () => {
    expect(say({ type: 'from_the_future' }, ['Bends time'])).toEqual(['Bends time']);
    expect(say({ type: 'from_the_future' })).toEqual(['Runs the logic from_the_future']);
  });

  it('shortens a long value', () => {
    const [said] = say({ type: 'api', url: 'x'.repeat(500) });
    expect(said!.length).toBeLessThan(140);
  });

  it('has one line for the card', () => {
    const node = parseView({
      id: 1,
      title: '',
      status: 'active',
      nodes: [{ id: 'a', type: 0, x: 0, y: 0, summary: ['Set a', 'Then go'], description: 'D' }],
    }).nodes[0]!;
    expect(cardLine(node)).toBe('Set a');
    expect(cardLine({ ...node, summary: [] })).toBe('D');
  });
});
