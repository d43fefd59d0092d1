import type { Instant } from '../kernel/instant.ts';
import type { Payloads } from './payloads.ts';

/** What an act is about. One stream is one thing: a problem, a letter, a source ... */
export const streamKinds = [
  'campaign',
  'source',
  'problem',
  'batch',
  'letter',
  'case',
  'task',
  'measure',
  'project',
  'publication',
  'bulletin',
  'record',
  'evidence',
  'lead',
] as const;
export type StreamKind = (typeof streamKinds)[number];

export type ActKind = keyof Payloads;

/** Who did it: the account, the organisation it acted for, and the name as it stood then. */
export interface ActorRef {
  readonly id: string;
  readonly org: string;
  readonly name: string;
}

/** A record of what someone did. Append-only: never changed, never deleted. */
export interface ActOf<K extends ActKind> {
  /** UUIDv7; may come from the client. */
  readonly id: string;
  readonly campaign: string;
  readonly stream: StreamKind;
  readonly streamId: string;
  /** Place in its stream, from 1, without gaps. */
  readonly seq: number;
  readonly kind: K;
  readonly schema: number;
  readonly payload: Payloads[K];
  readonly actor: ActorRef;
  /** When it was done, by whoever did it. */
  readonly happenedAt: Instant;
  /** When the server took it in; "as of" looks only at this. */
  readonly recordedAt: Instant;
}

export type Act = { [K in ActKind]: ActOf<K> }[ActKind];

/** An act that a decision wants appended; the campaign, the actor, the place in the stream and the times are added on writing. */
export interface DraftOf<K extends ActKind> {
  readonly stream: StreamKind;
  readonly streamId: string;
  readonly kind: K;
  readonly payload: Payloads[K];
}
export type Draft = { [K in ActKind]: DraftOf<K> }[ActKind];

/** Makes a draft with its payload checked against its kind. */
export function draft<K extends ActKind>(stream: StreamKind, streamId: string, kind: K, payload: Payloads[K]): Draft {
  return { stream, streamId, kind, payload } as Draft;
}

/**
 * Acts of one stream in the order in which they were appended, each once.
 *
 * Delivery order does not matter and a repeated act counts once, so any replay folds to the same state.
 * @param asOf  acts recorded later are left out
 */
export function inOrder<A extends Act>(acts: readonly A[], asOf?: Instant): A[] {
  const seen = new Map<string, A>();
  for (const act of acts) if (asOf === undefined || act.recordedAt <= asOf) seen.set(act.id, act);
  return [...seen.values()].sort((a, b) => a.seq - b.seq);
}
