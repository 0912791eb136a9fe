import type { WireNode, WireView } from '../../src/process/parse.ts';
import type { Step } from '../../src/process/model.ts';

/** The folder that the mock server shows: three processes about CloudTrail, and helpers to grow one. */

export type MockProcess = WireView & { nodes: WireNode[] };

type Edge = NonNullable<WireNode['edges']>[number];

let nextNode = 1;

function nodeId(): string {
  return `65f0c0de${(nextNode++).toString(16).padStart(16, '0')}`;
}

interface Draft {
  key: string;
  type?: number;
  title: string;
  at: readonly [number, number];
  icon?: string;
  small?: boolean;
  summary?: string[];
  logics?: (id: (key: string) => string) => Step[];
  semaphors?: (id: (key: string) => string) => Step[];
  edges?: readonly (readonly [string, Edge['kind'], string])[];
}

function build(base: Omit<MockProcess, 'nodes' | 'counts'>, drafts: readonly Draft[]): MockProcess {
  const ids = new Map(drafts.map((draft) => [draft.key, nodeId()]));
  const id = (key: string) => {
    const found = ids.get(key);
    if (!found) throw new Error(`No node is called ${key}.`);
    return found;
  };
  const nodes = drafts.map((draft): WireNode => {
    const small = draft.small ?? (draft.type === 1 || draft.type === 2);
    return {
      id: id(draft.key),
      type: draft.type ?? 0,
      title: draft.title,
      description: '',
      x: draft.at[0],
      y: draft.at[1],
      icon: draft.icon ?? '',
      modeForm: small ? 'collapse' : 'expand',
      logics: draft.logics?.(id) ?? [],
      semaphors: draft.semaphors?.(id) ?? [],
      summary: draft.summary ?? [],
      edges: (draft.edges ?? []).map(([to, kind, label]) => ({ to: id(to), kind, label })),
    };
  });
  return { ...base, nodes, counts: {} };
}

const go = (to: string): Step => ({ type: 'go', to_node_id: to });

const when = (param: string, fun: string, constant: string, to: string): Step => ({
  type: 'go_if_const',
  to_node_id: to,
  conditions: [{ param, fun, const: constant, cast: 'string' }],
});

function copyNode(
  key: string,
  title: string,
  at: readonly [number, number],
  target: number,
  name: string,
  next: string,
  fail: string,
): Draft {
  return {
    key,
    title,
    at,
    summary: [`Copy to “${name}”`],
    logics: (id) => [
      {
        type: 'api_copy',
        mode: 'create',
        conv_id: target,
        convTitle: name,
        err_node_id: id(fail),
        data: {},
        ref: '',
      },
      go(id(next)),
    ],
    edges: [
      [next, 'go', ''],
      [fail, 'error', 'error'],
    ],
  };
}

/** Retry after a pause for hardware errors, end for all others: the format's usual escalation. */
function escalation(
  key: string,
  at: readonly [number, number],
  back: string,
  end: string,
): Draft[] {
  return [
    {
      key,
      type: 3,
      title: '',
      at,
      small: true,
      summary: ['Sort the error: retry later or give up'],
      logics: (id) => [
        when('__conveyor_copy_task_return_type_error__', 'eq', 'hardware', id(`${key}-wait`)),
        go(id(end)),
      ],
      edges: [
        [`${key}-wait`, 'condition', 'hardware error'],
        [end, 'go', ''],
      ],
    },
    {
      key: `${key}-wait`,
      title: '',
      at: [at[0], at[1] - 104],
      small: true,
      summary: ['Wait 30 s'],
      semaphors: (id) => [{ type: 'time', value: 30, dimension: 'sec', to_node_id: id(back) }],
      edges: [[back, 'time', '30 s']],
    },
  ];
}

function setNode(
  key: string,
  title: string,
  at: readonly [number, number],
  extra: Record<string, string>,
  next: string,
): Draft {
  const names = Object.keys(extra);
  return {
    key,
    title,
    at,
    summary: [
      `Set ${names.slice(0, 2).join(', ')}${names.length > 2 ? ` and ${names.length - 2} more` : ''}`,
    ],
    logics: (id) => [{ type: 'set_param', extra, extra_type: {} }, go(id(next))],
    edges: [[next, 'go', '']],
  };
}

function condition(
  key: string,
  title: string,
  at: readonly [number, number],
  rules: readonly (readonly [string, string, string, string])[],
  otherwise: string,
): Draft {
  return {
    key,
    title,
    at,
    summary: [
      `${rules.length} conditions on ${[...new Set(rules.map(([param]) => param))].slice(0, 2).join(', ')}`,
    ],
    logics: (id) => [
      ...rules.map(([param, fun, constant, to]) => when(`{{${param}}}`, fun, constant, id(to))),
      go(id(otherwise)),
    ],
    edges: [
      ...rules.map(([param, fun, constant, to]): [string, string, string] => [
        to,
        'condition',
        fun === 'eq'
          ? `${param.split('.').at(-1)} = ${constant}`
          : `${param.split('.').at(-1)} ${fun} ${constant}`,
      ]),
      [otherwise, 'go', 'otherwise'] as const,
    ],
  };
}

const router = build(
  {
    id: 1001,
    title: '01 · Event router',
    description: 'Names the account and sends each event to the checks that fit it.',
    status: 'active',
    convType: 'process',
    version: 1790000000,
    folderId: 10,
  },
  [
    {
      key: 'start',
      type: 1,
      title: 'Start',
      at: [100, 40],
      icon: 'start',
      logics: (id) => [go(id('known'))],
      edges: [['known', 'go', '']],
      summary: ['Tasks begin here'],
    },
    condition(
      'known',
      'Known account?',
      [0, 180],
      [
        ['recipientAccountId', 'eq', '111122223333', 'prod'],
        ['recipientAccountId', 'eq', '444455556666', 'staging'],
      ],
      'unknown',
    ),
    setNode(
      'prod',
      'Production',
      [360, 60],
      { accountAlias: 'production', accountTier: 'critical' },
      'route',
    ),
    setNode(
      'staging',
      'Staging',
      [360, 180],
      { accountAlias: 'staging', accountTier: 'normal' },
      'route',
    ),
    setNode(
      'unknown',
      'Unknown account',
      [360, 300],
      { accountAlias: '{{recipientAccountId}}', accountTier: 'unknown' },
      'route',
    ),
    condition(
      'route',
      'Route by event type',
      [720, 180],
      [
        ['eventType', 'eq', 'AwsApiCall', 'api'],
        ['eventType', 'eq', 'AwsServiceEvent', 'nonapi'],
        ['eventType', 'eq', 'AwsConsoleSignIn', 'nonapi'],
      ],
      'unclassified',
    ),
    copyNode(
      'nonapi',
      'To sign-in and service checks',
      [1100, 60],
      1002,
      '02 · Sign-in and service checks',
      'done-nonapi',
      'esc-nonapi',
    ),
    copyNode('api', 'To API checks', [1100, 340], 1003, '03 · API checks', 'done-api', 'esc-api'),
    { key: 'unclassified', type: 2, title: 'Not classified', at: [820, 380], icon: 'error' },
    { key: 'done-nonapi', type: 2, title: 'Handed over', at: [1200, 220], icon: 'success' },
    { key: 'done-api', type: 2, title: 'Handed over', at: [1200, 500], icon: 'success' },
    ...escalation('esc-nonapi', [1420, 80], 'nonapi', 'lost-nonapi'),
    { key: 'lost-nonapi', type: 2, title: 'Given up', at: [1560, 80], icon: 'error' },
    ...escalation('esc-api', [1420, 360], 'api', 'lost-api'),
    { key: 'lost-api', type: 2, title: 'Given up', at: [1560, 360], icon: 'error' },
  ],
);

const signIn = build(
  {
    id: 1002,
    title: '02 · Sign-in and service checks',
    description: 'Console sign-ins, MFA, root use and spot instances.',
    status: 'active',
    convType: 'process',
    version: 1790000100,
    folderId: 10,
  },
  [
    {
      key: 'start',
      type: 1,
      title: 'Start',
      at: [620, 0],
      icon: 'start',
      logics: (id) => [go(id('kind'))],
      edges: [['kind', 'go', '']],
      summary: ['Tasks begin here'],
    },
    condition(
      'kind',
      'What happened?',
      [520, 110],
      [
        ['eventName', 'eq', 'ConsoleLogin', 'login'],
        ['eventType', 'eq', 'AwsServiceEvent', 'service'],
      ],
      'quiet',
    ),
    { key: 'quiet', type: 2, title: 'Nothing to check', at: [620, 300], icon: 'success' },
    condition(
      'service',
      'Service event',
      [140, 220],
      [
        ['eventName', 'eq', 'BidEvictedEvent', 'evicted'],
        ['eventName', 'eq', 'RunSpotInstances', 'spot'],
      ],
      'service-other',
    ),
    { key: 'service-other', type: 2, title: 'Other', at: [60, 400], icon: 'success' },
    setNode(
      'evicted',
      'Spot instance interrupted',
      [180, 400],
      { severity: 'medium', title: 'Spot instance {{$.first(instanceIds)}} was interrupted' },
      'message',
    ),
    setNode(
      'spot',
      'Spot instances started',
      [440, 400],
      { severity: 'low', title: 'Spot instances started in {{awsRegion}}' },
      'message',
    ),
    condition(
      'login',
      'Sign-in result',
      [900, 220],
      [
        ['responseElements.ConsoleLogin', 'eq', 'Failure', 'failure'],
        ['userIdentity.type', 'eq', 'Root', 'root'],
      ],
      'mfa',
    ),
    condition(
      'mfa',
      'MFA used?',
      [1200, 320],
      [['additionalEventData.MFAUsed', 'eq', 'Yes', 'fine']],
      'nomfa',
    ),
    { key: 'fine', type: 2, title: 'Fine', at: [1540, 339], icon: 'success' },
    setNode(
      'failure',
      'Sign-in failed',
      [700, 400],
      { severity: 'medium', title: 'Sign-in of {{userIdentity.userName}} failed' },
      'message',
    ),
    setNode(
      'root',
      'Root signed in',
      [960, 400],
      { severity: 'critical', title: 'Root signed in to {{accountAlias}}' },
      'message',
    ),
    setNode(
      'nomfa',
      'No MFA',
      [1220, 480],
      { severity: 'high', title: '{{userIdentity.userName}} signed in without MFA' },
      'message',
    ),
    setNode(
      'message',
      'Build the message',
      [640, 640],
      {
        text: '{{title}} from {{sourceIPAddress}} at {{eventTime}}',
        channel: 'inbox',
        dedup: '{{eventName}}-{{userIdentity.arn}}',
      },
      'notify',
    ),
    {
      key: 'notify',
      title: 'Tell the people on duty',
      at: [640, 770],
      summary: ['Send an alert to inbox'],
      logics: (id) => [
        {
          type: 'millrace_notify',
          channel: 'inbox',
          title: '{{title}}',
          severity: '{{severity}}',
          err_node_id: id('esc'),
        },
        go(id('sent')),
      ],
      edges: [
        ['sent', 'go', ''],
        ['esc', 'error', 'error'],
      ],
    },
    { key: 'sent', type: 2, title: 'Sent', at: [740, 920], icon: 'success' },
    ...escalation('esc', [1000, 790], 'notify', 'lost'),
    { key: 'lost', type: 2, title: 'Not delivered', at: [1140, 790], icon: 'error' },
  ],
);

const apiRules: readonly (readonly [string, string, string])[] = [
  ['StopLogging', 'Trail stopped', 'critical'],
  ['CreateAccessKey', 'New access key', 'high'],
  ['AuthorizeSecurityGroupIngress', 'Security group opened', 'high'],
  ['PutBucketPolicy', 'Bucket policy changed', 'high'],
  ['ScheduleKeyDeletion', 'Key deletion scheduled', 'critical'],
  ['AttachUserPolicy', 'User policy attached', 'medium'],
];

const apiChecks = build(
  {
    id: 1003,
    title: '03 · API checks',
    description: 'Changes that weaken an account.',
    status: 'active',
    convType: 'process',
    version: 1790000200,
    folderId: 10,
  },
  [
    {
      key: 'start',
      type: 1,
      title: 'Start',
      at: [100, 40],
      icon: 'start',
      logics: (id) => [go(id('readonly'))],
      edges: [['readonly', 'go', '']],
      summary: ['Tasks begin here'],
    },
    condition(
      'readonly',
      'Only reading?',
      [0, 160],
      [['readOnly', 'eq', 'true', 'quiet']],
      'which',
    ),
    { key: 'quiet', type: 2, title: 'Nothing to check', at: [100, 330], icon: 'success' },
    condition(
      'which',
      'Which change?',
      [340, 420],
      apiRules.map(([name]) => ['eventName', 'eq', name, name] as const),
      'other',
    ),
    { key: 'other', type: 2, title: 'No rule', at: [440, 600], icon: 'success' },
    ...apiRules.map(([name, title, severity], index): Draft =>
      setNode(
        name,
        title,
        [740, 60 + index * 140],
        { severity, title: `${title} by {{userIdentity.userName}}`, rule: name },
        'enrich',
      ),
    ),
    {
      key: 'enrich',
      title: 'Who is it?',
      at: [1120, 420],
      summary: ['GET https://people.example.com/…'],
      logics: (id) => [
        {
          type: 'api',
          method: 'GET',
          url: 'https://people.example.com/{{userIdentity.userName}}',
          err_node_id: id('esc'),
        },
        go(id('notify')),
      ],
      semaphors: (id) => [{ type: 'time', value: 60, dimension: 'sec', to_node_id: id('notify') }],
      edges: [
        ['notify', 'go', ''],
        ['esc', 'error', 'error'],
        ['notify', 'time', 'after 60 s'],
      ],
    },
    ...escalation('esc', [1220, 680], 'enrich', 'notify'),
    {
      key: 'notify',
      title: 'Tell the people on duty',
      at: [1480, 420],
      summary: ['Send an alert to inbox'],
      logics: (id) => [
        { type: 'millrace_notify', channel: 'inbox', title: '{{title}}', severity: '{{severity}}' },
        go(id('sent')),
      ],
      edges: [['sent', 'go', '']],
    },
    { key: 'sent', type: 2, title: 'Sent', at: [1820, 439], icon: 'success' },
  ],
);

export const PROCESSES: readonly MockProcess[] = [router, signIn, apiChecks];

/** A process of any size, to see that the canvas stays quick. */
export function largeProcess(id: number, nodes: number): MockProcess {
  const columns = Math.ceil(Math.sqrt(nodes));
  const key = (index: number) => `n${index}`;
  const drafts = Array.from({ length: nodes }, (_, index): Draft => {
    const at = [(index % columns) * 320, Math.floor(index / columns) * 170] as const;
    const next = index + 1 < nodes ? key(index + 1) : undefined;
    const below = index + columns < nodes && index % 3 === 0 ? key(index + columns) : undefined;
    return {
      key: key(index),
      type: index === 0 ? 1 : next ? 0 : 2,
      title: index === 0 ? 'Start' : `Step ${index}`,
      at,
      summary: [`Set value ${index}`],
      logics: (of) => [
        { type: 'set_param', extra: { step: String(index) } },
        ...(next ? [go(of(next))] : []),
      ],
      edges: [
        ...(next ? ([[next, 'go', '']] as const) : []),
        ...(below ? ([[below, 'condition', `step = ${index}`]] as const) : []),
      ],
    };
  });
  return build(
    {
      id,
      title: `Large process of ${nodes} nodes`,
      description: '',
      status: 'active',
      convType: 'process',
      version: 1,
      folderId: 11,
    },
    drafts,
  );
}
