import {
  Bell,
  Braces,
  CircleStop,
  Clock,
  Copy,
  Database,
  Flag,
  GitBranch,
  Globe,
  Hourglass,
  Inbox,
  Layers,
  ListTodo,
  PackageOpen,
  PhoneForwarded,
  Play,
  Reply,
  Sigma,
  SlidersHorizontal,
  Split,
  type LucideIcon,
} from 'lucide-react';
import type { NodeKind } from '../process/model.ts';

export type KindColour = 'flow' | 'data' | 'decide' | 'call' | 'wait' | 'tell';

/** How a kind of node looks: an icon, and one of six colours by what it is for. */
export const KIND_LOOK: Readonly<Record<NodeKind, { icon: LucideIcon; colour: KindColour }>> = {
  start: { icon: Play, colour: 'flow' },
  end: { icon: Flag, colour: 'flow' },
  condition: { icon: Split, colour: 'decide' },
  set: { icon: SlidersHorizontal, colour: 'data' },
  sum: { icon: Sigma, colour: 'data' },
  copy: { icon: Copy, colour: 'call' },
  call: { icon: Globe, colour: 'call' },
  code: { icon: Braces, colour: 'data' },
  rpc: { icon: PhoneForwarded, colour: 'call' },
  reply: { icon: Reply, colour: 'call' },
  callback: { icon: Hourglass, colour: 'wait' },
  queue: { icon: Layers, colour: 'wait' },
  fetch: { icon: PackageOpen, colour: 'wait' },
  form: { icon: ListTodo, colour: 'data' },
  database: { icon: Database, colour: 'call' },
  git: { icon: GitBranch, colour: 'call' },
  notify: { icon: Bell, colour: 'tell' },
  delay: { icon: Clock, colour: 'wait' },
  other: { icon: Inbox, colour: 'flow' },
};

/** An end that failed looks like one. */
export const ERROR_END_ICON = CircleStop;
