import type { Alert, Severity, Task, TreeItem } from '../../src/api/wire.ts';
import type { NodeCounts } from '../../src/process/counters.ts';
import { largeProcess, PROCESSES, type MockProcess } from './processes.ts';

const TASKS_PER_NODE_MAX = 500;
const HISTORY_MILLIS = 24 * 3_600_000;

const USERS = ['ana.ruiz', 'deploy-bot', 'li.wei', 'sam.okafor', 'm.novak'];
const SOURCES = ['203.0.113.7', '198.51.100.23', '192.0.2.144', '203.0.113.90'];

const STORIES: readonly {
  title: string;
  text: string;
  severity: Severity;
  event: string;
  processId: number;
  node: string;
  count: number;
}[] = [
  {
    title: 'CloudTrail logging stopped',
    text: 'm.novak stopped the trail “company-trail” in eu-central-1. No events of this account are recorded until it is started again.',
    severity: 'critical',
    event: 'StopLogging',
    processId: 1003,
    node: 'Trail stopped',
    count: 1,
  },
  {
    title: 'Root signed in to production',
    text: 'The root user signed in to the console from 203.0.113.7.',
    severity: 'critical',
    event: 'ConsoleLogin',
    processId: 1002,
    node: 'Root signed in',
    count: 2,
  },
  {
    title: 'm.novak signed in without MFA',
    text: 'A console sign-in without a second factor from an address not seen before.',
    severity: 'high',
    event: 'ConsoleLogin',
    processId: 1002,
    node: 'No MFA',
    count: 3,
  },
  {
    title: 'Security group open to the world',
    text: 'Port 22 of sg-0a1b2c3d was opened to 0.0.0.0/0.',
    severity: 'high',
    event: 'AuthorizeSecurityGroupIngress',
    processId: 1003,
    node: 'Security group opened',
    count: 1,
  },
  {
    title: 'New access key for ana.ruiz',
    text: 'm.novak created an access key for another user.',
    severity: 'high',
    event: 'CreateAccessKey',
    processId: 1003,
    node: 'New access key',
    count: 1,
  },
  {
    title: 'Sign-in of m.novak failed',
    text: 'Wrong password, 14 times in 5 minutes.',
    severity: 'medium',
    event: 'ConsoleLogin',
    processId: 1002,
    node: 'Sign-in failed',
    count: 14,
  },
  {
    title: 'Policy AdministratorAccess attached',
    text: 'm.novak attached AdministratorAccess to deploy-bot.',
    severity: 'medium',
    event: 'AttachUserPolicy',
    processId: 1003,
    node: 'User policy attached',
    count: 1,
  },
  {
    title: 'Spot instances started in us-east-1',
    text: '12 instances of type p4d.24xlarge.',
    severity: 'low',
    event: 'RunSpotInstances',
    processId: 1002,
    node: 'Spot instances started',
    count: 12,
  },
  {
    title: 'Daily summary',
    text: '18 204 events, 7 alerts, 2 accounts.',
    severity: 'info',
    event: 'Summary',
    processId: 1002,
    node: 'Build the message',
    count: 1,
  },
];

/** Everything the mock server knows. Time moves only when `tick` is called with it. */
export class World {
  readonly processes: MockProcess[];
  readonly tree: TreeItem[];
  readonly counts = new Map<number, Map<string, NodeCounts>>();
  readonly alerts: Alert[] = [];
  private readonly tasks = new Map<string, Task[]>();
  private random = lcg(20261123);
  private nextTask = 1;
  private nextAlert = 1;
  private nextObject = 2000;

  constructor(
    private nowMillis: number,
    options: { largeNodes?: number; alerts?: number } = {},
  ) {
    this.processes = [...PROCESSES, largeProcess(1009, options.largeNodes ?? 60)];
    this.tree = [
      {
        id: 10,
        kind: 'folder',
        parentId: 0,
        title: 'CloudTrail monitoring',
        description: 'From a log file to an alert.',
      },
      { id: 11, kind: 'folder', parentId: 0, title: 'Experiments', description: '' },
      { id: 12, kind: 'folder', parentId: 11, title: 'Nothing yet', description: '' },
      ...this.processes.map((process): TreeItem => ({
        id: process.id,
        kind: 'process',
        parentId: process.folderId ?? 0,
        title: process.title,
        description: process.description,
        status: process.status,
        convType: 'process',
        liveTasks: 0,
      })),
      {
        id: 1010,
        kind: 'process',
        parentId: 11,
        title: 'Weekly report',
        description: '',
        status: 'paused',
        convType: 'process',
        liveTasks: 0,
      },
    ];
    this.processes.push({
      ...this.processes[0]!,
      id: 1010,
      title: 'Weekly report',
      status: 'paused',
      folderId: 11,
      nodes: this.processes[0]!.nodes.slice(0, 1).map((node) => ({ ...node, edges: [] })),
    });
    for (const process of this.processes) {
      this.counts.set(
        process.id,
        new Map(process.nodes.map((node) => [node.id, { in: 0, out: 0, count: 0 }])),
      );
    }
    for (let i = 0; i < 400; i++)
      this.runTask(this.nowMillis - HISTORY_MILLIS + (i * HISTORY_MILLIS) / 400);
    const stories = STORIES.toReversed();
    const alerts = options.alerts ?? stories.length;
    for (let i = 0; i < alerts; i++) {
      this.addAlert(
        stories[i % stories.length]!,
        this.nowMillis - (alerts - i) * 700_000,
        i >= stories.length ? `-${i}` : '',
      );
    }
  }

  /** Some tasks run; answers what changed in each process. */
  tick(nowMillis: number, tasks = 6): Set<number> {
    this.nowMillis = nowMillis;
    const touched = new Set<number>();
    for (let i = 0; i < tasks; i++) for (const id of this.runTask(nowMillis)) touched.add(id);
    return touched;
  }

  /** The next alert of the story, or a further occurrence of a known one. */
  raise(nowMillis: number, story?: Partial<Alert>): Alert {
    this.nowMillis = nowMillis;
    const pick = STORIES[Math.floor(this.random() * STORIES.length)]!;
    const known = story
      ? undefined
      : this.alerts.find((alert) => alert.title === pick.title && !alert.acknowledged);
    if (known) {
      known.count++;
      known.lastMillis = nowMillis;
      return known;
    }
    const alert = this.addAlert({ ...pick, count: 1 }, nowMillis, '');
    return Object.assign(alert, story);
  }

  processOf(id: number): MockProcess | undefined {
    return this.processes.find((process) => process.id === id);
  }

  viewOf(id: number): unknown {
    const process = this.processOf(id);
    return process && { ...process, counts: Object.fromEntries(this.counts.get(id) ?? []) };
  }

  tasksIn(processId: number, node: string): Task[] {
    return this.tasks.get(`${processId}/${node}`) ?? [];
  }

  taskOf(processId: number, taskId: string): Task | undefined {
    for (const [key, tasks] of this.tasks) {
      if (!key.startsWith(`${processId}/`)) continue;
      const found = tasks.find((task) => task.id === taskId);
      if (found) return found;
    }
    return undefined;
  }

  importObjects(
    folderId: number,
    objects: readonly { obj_type: number; obj_id: number; title: string; parent_id?: number }[],
  ) {
    const ids = new Map<number, number>();
    const imported = objects
      .toSorted((a, b) => a.obj_type - b.obj_type)
      .map((object) => {
        const id = this.nextObject++;
        ids.set(object.obj_id, id);
        const kind = object.obj_type === 0 ? ('folder' as const) : ('process' as const);
        this.tree.push({
          id,
          kind,
          parentId: ids.get(object.parent_id ?? 0) ?? folderId,
          title: object.title,
          description: '',
          status: 'active',
          convType: 'process',
          liveTasks: 0,
        });
        if (kind === 'process') {
          const copy = { ...this.processes[0]!, id, title: object.title };
          this.processes.push(copy);
          this.counts.set(id, new Map());
        }
        return {
          obj_id: id,
          obj_type: kind === 'folder' ? 'folder' : 'conv',
          title: object.title,
          old_obj_id: object.obj_id,
        };
      });
    return imported;
  }

  private runTask(atMillis: number): Set<number> {
    const touched = new Set<number>();
    const route = this.random() < 0.55 ? [1001, 1003] : [1001, 1002];
    if (this.random() < 0.3) route.push(1009);
    for (const processId of route) {
      this.walk(processId, atMillis);
      touched.add(processId);
    }
    return touched;
  }

  private walk(processId: number, atMillis: number): void {
    const process = this.processOf(processId)!;
    const counts = this.counts.get(processId)!;
    const byId = new Map(process.nodes.map((node) => [node.id, node]));
    let node = process.nodes.find((one) => one.type === 1)!;
    let time = atMillis;
    const path = [];
    for (let moves = 0; moves < 40; moves++) {
      path.push({ nodeId: node.id, title: node.title ?? '', timeMillis: Math.round(time) });
      const count = counts.get(node.id)!;
      const exits = node.edges ?? [];
      const rest = exits.length === 0 || (node.semaphors?.length && this.random() < 0.04);
      counts.set(node.id, {
        in: count.in + 1,
        out: count.out + (rest ? 0 : 1),
        count: count.count + (rest ? 1 : 0),
      });
      if (rest) break;
      const usual = exits.filter((exit) => exit.kind !== 'error' && exit.kind !== 'time');
      const pool = usual.length === 0 || this.random() < 0.03 ? exits : usual;
      node = byId.get(pool[Math.floor(this.random() * pool.length)]!.to)!;
      time += 1 + this.random() * 900;
    }
    this.keep(processId, node, path, time);
  }

  private keep(
    processId: number,
    node: MockProcess['nodes'][number],
    path: Task['path'],
    time: number,
  ): void {
    const user = USERS[Math.floor(this.random() * USERS.length)]!;
    const id = `65f1${(this.nextTask++).toString(16).padStart(20, '0')}`;
    const final = (node.edges ?? []).length === 0;
    const task: Task = {
      id,
      ref: `${hex(this.random)}${hex(this.random)}-${hex(this.random).slice(0, 4)}`,
      status: final ? 'processed' : 'delayed',
      nodeId: node.id,
      nodeTitle: node.title ?? '',
      userId: 1,
      createMillis: path[0]!.timeMillis,
      changeMillis: Math.round(time),
      archived: final,
      path,
      data: {
        eventVersion: '1.09',
        eventID: `${hex(this.random)}-${hex(this.random).slice(0, 4)}`,
        eventTime: new Date(path[0]!.timeMillis).toISOString(),
        eventName: STORIES[Math.floor(this.random() * STORIES.length)]!.event,
        eventSource: 'signin.amazonaws.com',
        awsRegion: 'eu-central-1',
        sourceIPAddress: SOURCES[Math.floor(this.random() * SOURCES.length)]!,
        recipientAccountId: '111122223333',
        readOnly: this.random() < 0.5,
        userIdentity: {
          type: 'IAMUser',
          userName: user,
          arn: `arn:aws:iam::111122223333:user/${user}`,
          accountId: '111122223333',
          sessionContext: {
            attributes: { mfaAuthenticated: 'false', creationDate: '2026-11-23T07:12:04Z' },
          },
        },
        requestParameters: null,
        responseElements: { ConsoleLogin: 'Success' },
        resources: [{ type: 'AWS::IAM::User', accountId: '111122223333' }],
        accountAlias: 'production',
      },
    };
    const key = `${processId}/${node.id}`;
    const list = this.tasks.get(key) ?? [];
    list.unshift(task);
    if (list.length > TASKS_PER_NODE_MAX) list.length = TASKS_PER_NODE_MAX;
    this.tasks.set(key, list);
  }

  private addAlert(story: (typeof STORIES)[number], atMillis: number, suffix: string): Alert {
    const process = this.processOf(story.processId)!;
    const node = process.nodes.find((one) => one.title === story.node);
    const last = process.nodes.findLast((one) => this.tasksIn(process.id, one.id).length > 0);
    const task = last && this.tasksIn(process.id, last.id)[0];
    const alert: Alert = {
      id: String(this.nextAlert++),
      dedupKey: `${story.event}-${story.title}${suffix}`,
      title: story.title,
      text: story.text,
      severity: story.severity,
      fields: {
        Account: 'production (111122223333)',
        Event: story.event,
        User: 'm.novak',
        Source: '203.0.113.7',
        Region: 'eu-central-1',
      },
      channel: 'inbox',
      count: story.count,
      firstMillis: Math.round(atMillis - story.count * 20_000),
      lastMillis: Math.round(atMillis),
      acknowledged: false,
      acknowledgedBy: null,
      acknowledgedMillis: null,
      processId: process.id,
      nodeId: node?.id ?? null,
      taskId: task?.id ?? null,
    };
    this.alerts.unshift(alert);
    return alert;
  }
}

function hex(random: () => number): string {
  return Math.floor(random() * 0xffffffff)
    .toString(16)
    .padStart(8, '0');
}

/** Numbers that are the same in every run, so that tests and pictures are, too. */
function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x1_0000_0000;
  };
}
