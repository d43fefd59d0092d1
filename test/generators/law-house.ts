import type { Act, ActorRef, Draft } from '../../src/domain/acts/act.ts';
import { misplaced } from '../../src/domain/acts/streams.ts';
import { foldCampaign, type Campaign } from '../../src/domain/campaign/campaign.ts';
import type { CampaignSettings } from '../../src/domain/campaign/settings.ts';
import { foldEvidence, type EvidenceObject } from '../../src/domain/evidence/state.ts';
import { formatInstant, instant, startOfDate, type Instant } from '../../src/domain/kernel/instant.ts';
import { untidyPath } from '../../src/domain/kernel/text.ts';
import { foldCase, type PenaltyCase } from '../../src/domain/penalties/case.ts';
import { applyProblemAct, type Problem } from '../../src/domain/problems/state.ts';
import { foldBulletin, type Bulletin } from '../../src/domain/publication/bulletin.ts';

export const campaignStream = '01900000-0000-7000-8000-00000000c0de';
export const begin = Date.parse('2019-07-01T08:30:00+08:00') as Instant;

/** A live campaign without a server: what was decided so far, folded by the domain. */
export class House {
  readonly settings: CampaignSettings;
  readonly acts: Act[] = [];
  readonly streams = new Map<string, Act[]>();
  readonly problems = new Map<string, Problem>();
  readonly cases = new Map<string, PenaltyCase>();
  readonly bulletins = new Map<string, Bulletin>();
  /** Objects of evidence by hash. */
  readonly objects = new Map<string, EvidenceObject>();
  readonly sources = new Map<string, { readonly id: string; readonly place: number }>();
  readonly seenEvidence = new Set<string>();
  now: Instant = begin;
  private serial = 0;
  private known: Campaign | undefined;

  constructor(settings: CampaignSettings) {
    this.settings = settings;
  }

  get campaign(): Campaign {
    this.known ??= foldCampaign(this.streams.get(campaignStream) ?? []);
    if (this.known === undefined) throw new Error('the campaign was not opened');
    return this.known;
  }

  next(): number {
    return ++this.serial;
  }

  id(): string {
    return `01900000-0000-7000-8000-${this.next().toString(16).padStart(12, '0')}`;
  }

  hash(): string {
    return this.next().toString(16).padStart(64, 'e');
  }

  /** The acts that drafts become when they are recorded now, in the order of the log. Names are commitments already. */
  toActs(drafts: readonly Draft[], actor: ActorRef, happenedAt: Instant): Act[] {
    const seqs = new Map<string, number>();
    const acts = drafts.map((d) => {
      const seq = (seqs.get(d.streamId) ?? this.streams.get(d.streamId)?.length ?? 0) + 1;
      seqs.set(d.streamId, seq);
      const named = ['ProblemAssigned', 'InspectionCompleted', 'TeamFormed', 'LetterReceived'].includes(d.kind);
      return {
        id: this.id(),
        campaign: this.settings.slug,
        stream: d.stream,
        streamId: d.streamId,
        seq,
        kind: d.kind,
        schema: named ? 2 : 1,
        payload: d.payload,
        actor: { ...actor, name: '' },
        happenedAt,
        recordedAt: this.now,
      } as Act;
    });
    return acts.sort((a, b) => (a.streamId === b.streamId ? a.seq - b.seq : a.streamId < b.streamId ? -1 : 1));
  }

  /** Why the door does not let acts in that a decision wants: their times, their places, their texts. */
  refusedAtTheDoor(acts: readonly Act[]): string | undefined {
    const written = new Map<string, Act[]>();
    for (const act of acts) {
      if (act.happenedAt > act.recordedAt) return 'command.happened-future';
      const first = this.settings.phases[0]?.from;
      const early = first !== undefined && act.happenedAt < startOfDate(first, this.settings.utcOffsetMinutes);
      if (early && act.happenedAt !== act.recordedAt) return 'command.happened-before-campaign';
      const before = written.get(act.streamId) ?? this.streams.get(act.streamId) ?? [];
      const wrong = misplaced(act, before);
      if (wrong !== undefined) return `misplaced ${wrong}`;
      written.set(act.streamId, [...before, act]);
      if (untidyPath(act.payload) !== undefined) return 'text.malformed';
    }
    return undefined;
  }

  append(acts: readonly Act[]): void {
    for (const act of acts) {
      const stream = this.streams.get(act.streamId);
      if (stream === undefined) this.streams.set(act.streamId, [act]);
      else stream.push(act);
      this.acts.push(act);
      this.fold(act, this.streams.get(act.streamId) ?? []);
    }
  }

  private fold(act: Act, stream: readonly Act[]): void {
    if (act.kind === 'ProblemFound' || act.kind === 'RectificationClaimed') {
      for (const e of act.payload.evidence) this.seenEvidence.add(e.sha256);
    }
    if (act.stream === 'problem') {
      const p = applyProblemAct(this.problems.get(act.streamId), act);
      if (p !== undefined) this.problems.set(act.streamId, p);
    } else if (act.stream === 'case') {
      const c = foldCase(stream);
      if (c !== undefined) this.cases.set(act.streamId, c);
    } else if (act.stream === 'bulletin') {
      const b = foldBulletin(stream);
      if (b !== undefined) this.bulletins.set(act.streamId, b);
    } else if (act.stream === 'evidence') {
      const o = foldEvidence(stream);
      if (o !== undefined) this.objects.set(o.sha256, o);
    } else if (act.kind === 'SourceRegistered') {
      this.sources.set(act.streamId, { id: act.streamId, place: act.payload.place });
    } else if (act.stream === 'campaign') this.known = undefined;
  }

  /** Moves the clock on. */
  wait(ms: number): void {
    this.now = instant(this.now + ms);
  }

  /** Moves the clock on to an instant, or a moment on when that has passed. */
  until(at: number): void {
    this.now = instant(Math.max(this.now + 1, at));
  }
}

/** An act as it stands in the log. */
export function entryOf(act: Act): object {
  return { ...act, happenedAt: formatInstant(act.happenedAt), recordedAt: formatInstant(act.recordedAt) };
}
