import { draft, inOrder, type Act, type ActorRef, type Draft } from '../acts/act.ts';
import { isOn } from '../acts/streams.ts';
import { assertNever, refuse, type Refusal } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/instant.ts';
import type { PlaceCode } from '../kernel/place.ts';

/** A supervision letter (督办函) as its acts leave it. */
export interface Letter {
  readonly id: string;
  readonly batch: number;
  readonly docNo: string;
  /** The city whose problems it lists. */
  readonly place: PlaceCode;
  /** The government that it is addressed to. */
  readonly government: string;
  readonly issuedAt: Instant;
  readonly received: { readonly by: ActorRef; readonly at: Instant } | null;
}

/** Folds the acts of one letter; undefined when it had not been issued by then. */
export function foldLetter(acts: readonly Act[], asOf?: Instant): Letter | undefined {
  let letter: Letter | undefined;
  for (const act of inOrder(acts, asOf)) {
    if (!isOn('letter', act)) continue;
    switch (act.kind) {
      case 'LetterIssued': {
        const { batch, docNo, place, government } = act.payload;
        letter = { id: act.streamId, batch, docNo, place, government, issuedAt: act.recordedAt, received: null };
        break;
      }
      case 'LetterReceived':
        if (letter !== undefined) letter = { ...letter, received: { by: act.actor, at: act.happenedAt } };
        break;
      default:
        assertNever(act);
    }
  }
  return letter;
}

/** Whether somebody belongs to the government that has to sign for a letter, and nobody has. */
export function mayReceive(letter: Pick<Letter, 'government' | 'received'>, org: string): boolean {
  return letter.received === null && letter.government === org;
}

/**
 * Signs for a letter (签收): once, by somebody of the government that it is addressed to.
 * @refuses letter.other-government, letter.received
 */
export function decideReceipt(letter: Letter, actor: ActorRef): Draft[] | Refusal {
  if (letter.government !== actor.org) return refuse('letter.other-government', { docNo: letter.docNo });
  if (letter.received !== null) return refuse('letter.received', { docNo: letter.docNo });
  return [draft('letter', letter.id, 'LetterReceived', { by: actor.name })];
}
