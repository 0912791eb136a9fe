import type { ProcessGraph, ProcessNode, Step } from './model.ts';

/** A piece of a sentence: plain words, a value from the process, or a node to go to. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'node'; readonly nodeId: string; readonly title: string };

export type Sentence = readonly Piece[];

const VALUE_CHARS_MAX = 120;
const ENTRIES_SHOWN_MAX = 40;

const COMPARISON: Readonly<Record<string, string>> = {
  eq: 'equals',
  not_eq: 'does not equal',
  more: 'is greater than',
  less: 'is less than',
  more_or_eq: 'is at least',
  less_or_eq: 'is at most',
  regexp: 'matches',
};

/** What a node does, one sentence for each logic and semaphore, in the order they run. */
export function sentencesOf(node: ProcessNode, graph: ProcessGraph): Sentence[] {
  const known = [...node.logics, ...node.semaphores].map((step) => sentenceOf(step, graph));
  if (known.every((sentence) => sentence !== undefined) && known.length > 0) return known;
  // A logic this page does not know: the server's own words are better than a guess.
  if (node.summary.length > 0) return node.summary.map((text) => [words(text)]);
  return known.map((sentence, index) => sentence ?? unknown(node, index));
}

/** One line for the card: what the node does first, without where it goes. */
export function cardLine(node: ProcessNode): string {
  return node.summary[0] ?? node.description;
}

function unknown(node: ProcessNode, index: number): Sentence {
  const step = [...node.logics, ...node.semaphores][index];
  return [words('Runs the logic '), value(step?.type)];
}

function sentenceOf(step: Step, graph: ProcessGraph): Sentence | undefined {
  const go = (field: string): Piece[] => {
    const id = text(step[field]);
    return id === '' ? [] : [nodePiece(id, graph)];
  };
  switch (step.type) {
    case 'go':
      return [words('Then go to '), ...go('to_node_id')];
    case 'go_if_const':
      return [words('If '), ...conditions(step), words(', go to '), ...go('to_node_id')];
    case 'set_param':
      return [words('Set '), ...assignments(step.extra), ...onError(step, graph)];
    case 'api_copy':
      return copySentence(step, graph);
    case 'api':
      return [
        words('Call '),
        value(`${text(step.method) || 'POST'} ${text(step.url)}`),
        ...onError(step, graph),
      ];
    case 'api_code':
      return [
        words('Run '),
        value(text(step.lang) || 'js'),
        words(' code'),
        ...onError(step, graph),
      ];
    case 'api_rpc':
      return [
        words('Call process '),
        value(step.conv_id),
        words(' and wait for its reply'),
        ...onError(step, graph),
      ];
    case 'api_rpc_reply':
      return [words('Reply to the calling process'), ...onError(step, graph)];
    case 'api_callback':
      return [words(graph.state ? 'Rest here until the task is modified' : 'Wait for a callback')];
    case 'api_queue':
      return [words('Keep the task in a queue')];
    case 'api_get_task':
      return [words('Take a task from the queue of process '), value(step.conv_id)];
    case 'api_sum':
      return [words('Add up values of passing tasks')];
    case 'api_form':
      return [words('Show a form')];
    case 'db_call':
      return [words('Query a database'), ...onError(step, graph)];
    case 'git_call':
    case 'api_git':
      return [words('Run code from a repository'), ...onError(step, graph)];
    case 'millrace_notify':
      return notifySentence(step, graph);
    case 'time':
      return timeSentence(step, go('to_node_id'));
    case 'count':
      return [
        words('When '),
        value(step.value),
        words(' tasks rest here, create one in '),
        ...go('esc_node_id'),
      ];
    default:
      return undefined;
  }
}

function copySentence(step: Step, graph: ProcessGraph): Sentence {
  const verb = step.mode === 'modify' ? 'Modify the task in process ' : 'Copy the task to process ';
  const title = text(step.convTitle);
  const id = text(step.conv_id);
  return [
    words(verb),
    value(title === '' ? id : title),
    ...(title === '' ? [] : [words(` (${id})`)]),
    ...onError(step, graph),
  ];
}

function notifySentence(step: Step, graph: ProcessGraph): Sentence {
  const severity = text(step.severity);
  return [
    words(severity === '' ? 'Send an alert to ' : `Send a ${severity} alert to `),
    value(text(step.channel) || 'inbox'),
    ...(text(step.title) === '' ? [] : [words(': '), value(step.title)]),
    ...onError(step, graph),
  ];
}

function timeSentence(step: Step, target: readonly Piece[]): Sentence {
  const unit = { min: 'min', hour: 'h', day: 'd' }[text(step.dimension)] ?? 's';
  return [words('After '), value(`${text(step.value)} ${unit}`), words(', go to '), ...target];
}

function conditions(step: Step): Piece[] {
  const list = Array.isArray(step.conditions) ? step.conditions : [step];
  return list.flatMap((raw, index) => {
    const condition = (raw ?? {}) as Step;
    const compare = COMPARISON[text(condition.fun)] ?? text(condition.fun);
    return [
      ...(index > 0 ? [words(' and ')] : []),
      value(text(condition.param).replace(/^\{\{(.*)\}\}$/, '$1')),
      words(` ${compare} `),
      value(condition.const),
    ];
  });
}

function assignments(extra: unknown): Piece[] {
  if (typeof extra !== 'object' || extra === null) return [words('nothing')];
  const entries = Object.entries(extra).slice(0, ENTRIES_SHOWN_MAX);
  return entries.flatMap(([name, content], index) => [
    ...(index > 0 ? [words(', ')] : []),
    value(name),
    words(' to '),
    value(content),
  ]);
}

function onError(step: Step, graph: ProcessGraph): Piece[] {
  const id = text(step.err_node_id);
  return id === '' ? [] : [words('; on error go to '), nodePiece(id, graph)];
}

function nodePiece(nodeId: string, graph: ProcessGraph): Piece {
  const node = graph.byId.get(nodeId);
  return { kind: 'node', nodeId, title: node?.title ?? '' };
}

function words(said: string): Piece {
  return { kind: 'words', text: said };
}

function value(content: unknown): Piece {
  const said = text(content);
  const short = said.length > VALUE_CHARS_MAX ? `${said.slice(0, VALUE_CHARS_MAX)}…` : said;
  return { kind: 'value', text: short === '' ? '""' : short };
}

function text(content: unknown): string {
  if (content === undefined || content === null) return '';
  return typeof content === 'string' ? content : JSON.stringify(content);
}
