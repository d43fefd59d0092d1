import { draft, type Act, type ActorRef, type Draft } from '../domain/acts/act.ts';
import { instant, type Instant } from '../domain/kernel/instant.ts';
import { isRefusal, type Refusal } from '../domain/kernel/refusal.ts';
import { uuidAt, type Random } from './random.ts';

/** Writes acts of one generated stream after another: what the server does on taking a command in, with the times given. */
export class Recorder {
  readonly acts: Act[] = [];
  private readonly campaign: string;
  private readonly random: Random;

  constructor(campaign: string, random: Random) {
    this.campaign = campaign;
    this.random = random;
  }

  /** Appends a draft. Late entries are given a `happenedAt` well before `recordedAt`. */
  write(d: Draft, actor: ActorRef, recordedAt: Instant, happenedAt: Instant): Act {
    const last = this.acts.at(-1);
    const at = last !== undefined && last.recordedAt > recordedAt ? last.recordedAt : recordedAt;
    const act = {
      id: uuidAt(this.random, at),
      campaign: this.campaign,
      stream: d.stream,
      streamId: d.streamId,
      seq: this.acts.length + 1,
      kind: d.kind,
      schema: 1,
      payload: d.payload,
      actor,
      happenedAt: happenedAt > at ? at : happenedAt,
      recordedAt: at,
    } as Act;
    this.acts.push(act);
    return act;
  }

  /** Appends what a decision gave for this stream; a refusal is a fault of the generator. */
  decided(result: Draft[] | Draft | Refusal, streamId: string, actor: ActorRef, recordedAt: Instant, happenedAt: Instant): void {
    if (isRefusal(result)) throw new Error(`generator was refused: ${result.code} ${JSON.stringify(result.details)}`);
    for (const d of Array.isArray(result) ? result : [result]) {
      if (d.streamId === streamId) this.write(d, actor, recordedAt, happenedAt);
    }
  }
}

/** Time between doing and recording: minutes mostly, hours or days for some, never before `notBefore`. */
export function happened(r: Random, recordedAt: Instant, notBefore: Instant): Instant {
  const x = r.next();
  const minutes = x < 0.93 ? 1 + r.next() * 14 : x < 0.98 ? 20 + r.next() * 400 : 1440 * (0.6 + r.next() * 3.5);
  const at = instant(Math.round(recordedAt - minutes * 60_000));
  return at < notBefore ? notBefore : at;
}

export { draft };
