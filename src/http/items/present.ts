import type { Sent } from '../../contract/common.ts';
import type { ItemPage } from '../../contract/items.ts';
import { dateOf, daysBetween, instant } from '../../domain/kernel/instant.ts';
import { inCampaignTime, stampText, type Standing } from '../../domain/kernel/standing.ts';
import { standingOfClock, type Clock } from '../../domain/projections/clocks.ts';
import type { ItemSeen } from '../../usecases/items/read.ts';
import { presentLine } from '../ledger/present.ts';
import { presentAct } from './present-act.ts';

export function presentItem({ standing, ...page }: ItemSeen): Sent<ItemPage> {
  const at = inCampaignTime(standing);
  return {
    ...stampText(standing),
    ...page,
    item: presentLine(page.item, at),
    acts: page.acts.map((act) => presentAct(act, at)),
    evidence: page.evidence.map((e) => ({ ...e, happenedAt: at(e.happenedAt) })),
    alike: page.alike.map((a) => ({ ...a, receivedAt: at(a.receivedAt) })),
    owners: page.owners.map((o) => ({ ...o, at: o.at === null ? null : at(o.at) })),
    clocks: page.clocks.map((c) => ({
      ...{ name: c.name, no: c.no, startedAt: at(c.startedAt), ...lastDay(c, standing) },
      standing: standingOfClock(c, standing.asOf),
      endedAt: c.ended === null ? null : at(c.ended.at),
    })),
    letter: page.letter === null ? null : { ...page.letter, issuedAt: at(page.letter.issuedAt) },
  };
}

/** The last day of a clock in the campaign's time, and how many days there are to it. */
function lastDay(clock: Clock, { asOf, utcOffsetMinutes }: Standing): { lastDay: string; days: number } {
  const day = dateOf(instant(clock.dueAt - 1), utcOffsetMinutes);
  return { lastDay: day, days: daysBetween(dateOf(asOf, utcOffsetMinutes), day) };
}
