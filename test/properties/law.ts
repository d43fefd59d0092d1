import type { Act } from '../../src/domain/acts/act.ts';
import { entryOf } from '../generators/law-house.ts';
import { LawHistory, type Question } from '../generators/law-histories.ts';
import { spoils } from '../generators/law-spoils.ts';
import { Replay } from '../../verifier/clearzero-verify.mjs';

export interface Compared {
  histories: number;
  /** Acts that the house wrote. */
  written: number;
  /** What was put into the log past it, by why it would not have written it. */
  readonly hostile: Map<string, number>;
  readonly disagreements: string[];
}

/** Refusals over what another stream holds: within ten seconds nobody can tell from the log which of the two was there first. */
const overOthers = new Set([
  'problem.evidence-seen',
  'problem.evidence-not-kept',
  'problem.merge-target',
  'problem.penalty-not-standing',
  'problem.aspect-unknown',
  'publication.not-later',
]);

const asEntry = (act: object) => entryOf(act as Act);

/** Whether the verifier names one of some acts that come next, told apart from all that stood before them. */
function named(replay: Replay, before: readonly object[], acts: readonly object[]): boolean {
  const [first] = acts;
  if (first !== undefined && replay.wrong(first) !== undefined) return true;
  const again = new Replay();
  for (const act of before) again.take(act);
  const known = new Set(again.finish().map((f) => f.index));
  if (acts.some((act) => again.take(act) !== undefined)) return true;
  return again.finish().some((f) => !known.has(f.index));
}

/** Plays histories of honest and hostile acts, and holds what the verifier says of each act against what the domain decides. */
export function compareLaw(seed: number, from: number, count: number): Compared {
  const out: Compared = { histories: 0, written: 0, hostile: new Map(), disagreements: [] };
  for (let n = from; n < from + count && out.disagreements.length < 20; n++) {
    const history = new LawHistory(seed, n);
    const { house } = history;
    const replay = new Replay();
    const entries: object[] = [];
    const say = (what: string) => out.disagreements.push(`history ${n}, entry ${entries.length}: ${what}`);
    const takeIn = () => {
      for (const act of house.acts.slice(entries.length)) {
        const entry = asEntry(act);
        const wrong = replay.take(entry);
        if (wrong !== undefined) say(`${act.kind} was decided, and the verifier says: ${wrong}`);
        entries.push(entry);
        out.written++;
      }
    };
    const hostile = (why: string, acts: readonly object[], detail: string) => {
      out.hostile.set(why, (out.hostile.get(why) ?? 0) + 1);
      if (!named(replay, entries, acts.map(asEntry)))
        say(`${detail} (${why}), and the verifier says nothing: ${JSON.stringify(acts.map((a) => (a as Act).payload)).slice(0, 300)}`);
    };
    const steps = 15 + history.draw(50);
    for (let i = 0; i < steps; i++) {
      const q: Question = history.ask();
      takeIn();
      const acts = house.toActs(q.drafts, q.actor, q.happenedAt);
      const why = q.refused ?? house.refusedAtTheDoor(acts);
      if (why !== undefined) {
        if (!(history.abreast && overOthers.has(why))) hostile(why, acts, `${q.name} is refused`);
        continue;
      }
      if (history.draw(3) === 0) {
        const fitting = spoils.flatMap(({ name, spoil, rare }) => {
          const spoiled = rare === true && history.draw(20) > 0 ? undefined : spoil(acts, house);
          return spoiled === undefined ? [] : [{ name, spoiled }];
        });
        const chosen = fitting[history.draw(fitting.length)];
        if (chosen !== undefined) hostile(chosen.name, chosen.spoiled, `${q.name} is spoiled`);
      }
      house.append(acts);
      takeIn();
    }
    for (const f of replay.finish()) say(`entry ${f.index} was decided, and the verifier says at the end: ${f.why}`);
    out.histories++;
  }
  return out;
}
