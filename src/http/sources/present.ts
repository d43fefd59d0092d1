import type { Sent } from '../../contract/common.ts';
import type { SourcePage, SourcesPage } from '../../contract/sources.ts';
import { inCampaignTime, stampText } from '../../domain/kernel/standing.ts';
import type { SourcesSeen } from '../../usecases/sources/list.ts';
import type { SourceSeen } from '../../usecases/sources/read.ts';
import { presentAct } from '../items/present-act.ts';
import { presentLine } from '../ledger/present.ts';

export function presentSource({ standing, ...page }: SourceSeen): Sent<SourcePage> {
  const at = inCampaignTime(standing);
  return {
    ...stampText(standing),
    ...page,
    acts: page.acts.map((act) => presentAct(act, at)),
    problems: page.problems.map((line) => presentLine(line, at)),
  };
}

export function presentSources({ standing, lines, next }: SourcesSeen): Sent<SourcesPage> {
  const at = inCampaignTime(standing);
  return {
    ...stampText(standing),
    rows: lines.map((line) => ({ ...line, inspectedAt: line.inspectedAt === null ? null : at(line.inspectedAt) })),
    next,
  };
}
