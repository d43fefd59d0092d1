import { isOn, type ActOn } from '../acts/streams.ts';
import type { Act, ActorRef, Draft } from '../acts/act.ts';
import { draft, inOrder } from '../acts/act.ts';
import type { Instant } from '../kernel/instant.ts';
import { assertNever, refuse, type Refusal } from '../kernel/refusal.ts';
import type { BulletinKind, BulletinText, Correction, ReleasedPayload } from './acts.ts';

export type BulletinState = 'draft' | 'submitted' | 'returned' | 'released';

/** A bulletin (通报) as its acts left it. */
export interface Bulletin extends BulletinText {
  readonly id: string;
  readonly no: number;
  readonly kind: BulletinKind;
  readonly state: BulletinState;
  /** Number of acts: what a change is made against. */
  readonly version: number;
  /** Accounts that wrote any of it or put it forward: none of them may release it. */
  readonly authors: readonly string[];
  readonly corrects: Correction | null;
  readonly returnedFor: string | null;
  readonly released: ReleasedPayload | null;
  /** Bulletins that corrected this one, in order. */
  readonly correctedBy: readonly Correction[];
  readonly draftedAt: Instant;
  readonly changedAt: Instant;
  readonly releasedAct: Act | null;
}

/** State of a bulletin from the acts of its stream; undefined when there are none. */
export function foldBulletin(acts: readonly Act[], asOf?: Instant): Bulletin | undefined {
  let b: Bulletin | undefined;
  for (const act of inOrder(acts, asOf)) {
    if (act.kind === 'BulletinDrafted') {
      const { no, kind, title, lang, body, asOf: at, corrects } = act.payload;
      b = {
        id: act.streamId,
        no,
        kind,
        title,
        lang,
        body,
        asOf: at,
        corrects,
        state: 'draft',
        version: act.seq,
        authors: [act.actor.id],
        returnedFor: null,
        released: null,
        correctedBy: [],
        draftedAt: act.recordedAt,
        changedAt: act.recordedAt,
        releasedAct: null,
      };
      continue;
    }
    if (b === undefined || !isOn('bulletin', act)) continue;
    b = { ...apply(b, act), version: act.seq, changedAt: act.recordedAt };
  }
  return b;
}

function apply(b: Bulletin, act: Exclude<ActOn<'bulletin'>, { readonly kind: 'BulletinDrafted' }>): Bulletin {
  const authors = b.authors.includes(act.actor.id) ? b.authors : [...b.authors, act.actor.id];
  switch (act.kind) {
    case 'BulletinRevised':
      return { ...b, ...act.payload, authors, state: 'draft', returnedFor: null };
    case 'BulletinSubmitted':
      return { ...b, authors, state: 'submitted', returnedFor: null };
    case 'BulletinReturned':
      return { ...b, state: 'returned', returnedFor: act.payload.reason };
    case 'BulletinReleased':
      return { ...b, state: 'released', released: act.payload, releasedAct: act };
    case 'BulletinCorrected':
      return { ...b, correctedBy: [...b.correctedBy, { id: act.payload.by, reason: act.payload.reason }] };
  }
  return assertNever(act);
}

function wrongState(b: Bulletin, verb: string): Refusal {
  return b.state === 'released'
    ? refuse('bulletin.frozen', { no: b.no })
    : refuse('bulletin.wrong-state', { no: b.no, state: b.state, verb });
}

function changed(b: Bulletin, version: number): Refusal | undefined {
  return b.version === version ? undefined : refuse('bulletin.changed', { no: b.no, version: b.version });
}

/**
 * Changes the text of a bulletin that is not released.
 * @refuses bulletin.frozen, bulletin.wrong-state (submitted: return it first), bulletin.changed
 */
export function decideRevise(b: Bulletin, version: number, text: BulletinText): Draft[] | Refusal {
  if (b.state === 'released' || b.state === 'submitted') return wrongState(b, 'revise');
  return changed(b, version) ?? [draft('bulletin', b.id, 'BulletinRevised', text)];
}

/** Puts a bulletin forward for release (送审). @refuses bulletin.frozen, bulletin.wrong-state, bulletin.changed */
export function decideSubmit(b: Bulletin, version: number): Draft[] | Refusal {
  if (b.state !== 'draft') return wrongState(b, 'submit');
  return changed(b, version) ?? [draft('bulletin', b.id, 'BulletinSubmitted', {})];
}

/** Sends a submitted bulletin back to its authors (退回). @refuses bulletin.frozen, bulletin.wrong-state, bulletin.changed */
export function decideReturn(b: Bulletin, version: number, reason: string): Draft[] | Refusal {
  if (b.state !== 'submitted') return wrongState(b, 'return');
  return changed(b, version) ?? [draft('bulletin', b.id, 'BulletinReturned', { reason })];
}

/**
 * Releases a submitted bulletin (签发): from here on nothing of it changes. A bulletin that corrects another marks that one too.
 *
 * Two persons: whoever wrote any of it, or put it forward, cannot release it.
 * @param corrected  the bulletin it corrects, as it stands; undefined when it corrects none
 * @refuses bulletin.frozen, bulletin.wrong-state, bulletin.changed, bulletin.two-persons, bulletin.corrects-unreleased
 */
export function decideRelease(
  b: Bulletin,
  version: number,
  actor: ActorRef,
  payload: ReleasedPayload,
  corrected: Bulletin | undefined,
): Draft[] | Refusal {
  const refused = mayRelease(b, version, actor.id);
  if (refused !== undefined) return refused;
  if (b.corrects === null) return [draft('bulletin', b.id, 'BulletinReleased', payload)];
  if (corrected?.state !== 'released') return refuse('bulletin.corrects-unreleased', {});
  return [
    draft('bulletin', b.id, 'BulletinReleased', payload),
    draft('bulletin', corrected.id, 'BulletinCorrected', { by: b.id, reason: b.corrects.reason }),
  ];
}

/** Why this person may not release this bulletin as it stands; undefined when they may. */
export function mayRelease(b: Bulletin, version: number, actorId: string): Refusal | undefined {
  if (b.state !== 'submitted') return wrongState(b, 'release');
  if (b.authors.includes(actorId)) return refuse('bulletin.two-persons', { no: b.no });
  return changed(b, version);
}
