import type {
  BulletinCheck,
  BulletinFinding,
  BulletinLine,
  BulletinList,
  BulletinPage,
  ReleasePreview,
  TokenValueView,
} from '../../contract/bulletins.ts';
import type { Sent } from '../../contract/common.ts';
import { explainFinding } from '../../contract/findings.ts';
import { publicPaths } from '../../contract/paths/public.ts';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import { inCampaignTime } from '../../domain/kernel/standing.ts';
import type { FrozenFigure } from '../../domain/publication/acts.ts';
import type { Finding } from '../../domain/publication/check.ts';
import { printCohort } from '../../domain/publication/cohort.ts';
import { printReading, type TextLang } from '../../domain/publication/reading.ts';
import { printToken } from '../../domain/publication/token.ts';
import { moneyOf, type CheckSeen, type TokenSeen } from '../../usecases/publication/check.ts';
import type { BulletinSeen, BulletinsSeen, LinkedBulletin } from '../../usecases/publication/read.ts';
import { parseBody } from '../../domain/publication/document.ts';
import { plainNumbers } from '../../domain/publication/plain.ts';
import type { ReleasePreviewed } from '../../usecases/publication/release.ts';

/** A line of the list of bulletins. Its own instant, and the one printed on it, are texts that people wrote and froze. */
function presentLine({ bulletin: b, corrects, correctedBy }: LinkedBulletin, { settings }: Campaign): Sent<BulletinLine> {
  const at = inCampaignTime(settings);
  return {
    id: b.id,
    no: b.no,
    kind: b.kind,
    title: b.title,
    lang: b.lang,
    state: b.state,
    version: b.version,
    asOf: b.asOf,
    draftedAt: at(b.draftedAt),
    changedAt: at(b.changedAt),
    releasedAt: b.released?.releasedAt ?? null,
    corrects,
    correctedBy,
    path: publicPaths.bulletin({ lang: b.lang, slug: settings.slug, asOf: null }, b.no),
  };
}

export function presentBulletins({ campaign, bulletins, offers, published, can }: BulletinsSeen): Sent<BulletinList> {
  const at = inCampaignTime(campaign.settings);
  return {
    bulletins: bulletins.map((b) => presentLine(b, campaign)),
    offers,
    published: published.map((p) => ({
      asOf: at(p.asOf),
      recordedAt: at(p.recordedAt),
      figures: p.figures === null ? null : [...p.figures].toSorted(),
    })),
    can,
  };
}

export function presentBulletin(seen: BulletinSeen): Sent<BulletinPage> {
  const { bulletin: b, campaign, seal } = seen;
  const at = inCampaignTime(campaign.settings);
  return {
    ...presentLine(seen, campaign),
    body: b.body,
    returnedFor: b.returnedFor,
    values: seen.tokens.map((t) => presentToken(t, campaign, b.lang)),
    findings: explained(seen.findings),
    released:
      b.released === null || seal === null
        ? null
        : {
            ...b.released,
            figures: b.released.figures.map((f) => presentFrozen(f, campaign, b.lang)),
            seal: seal.text,
            qr: seal.qr,
          },
    changes: seen.changes,
    history: seen.history.map((act) => ({ ...act, at: at(act.at) })),
    can: seen.can,
  };
}

export function presentCheck({ campaign, lang, findings, tokens }: CheckSeen): Sent<BulletinCheck> {
  return { findings: explained(findings), values: tokens.map((t) => presentToken(t, campaign, lang)) };
}

export function presentPreview({ bulletin, model }: ReleasePreviewed): Sent<ReleasePreview> {
  const { no, version, title, asOf } = bulletin;
  const { blocks, figures, corrects, checkpoint, seal } = model;
  return { no, version, title, asOf, blocks, figures, plain: plainNumbers(parseBody(bulletin.body)), corrects, checkpoint, seal };
}

/** What a token says in the language of its text; nothing where it cannot be read. */
function presentToken({ token, reading }: TokenSeen, campaign: Campaign, lang: TextLang): Sent<TokenValueView> {
  if (reading === null) return { token: printToken(token), shown: null, name: null, cohort: '', figure: null };
  const { id, version, filter, numerator, denominator, value, unit, asOf } = reading;
  return {
    token: printToken(token),
    shown: printReading(reading, token.show, moneyOf(campaign), lang),
    name: reading.definition.name,
    cohort: printCohort(filter, campaign.settings, lang),
    figure: { id, version, filter, numerator, denominator, value, unit, asOf },
  };
}

function presentFrozen(f: FrozenFigure, campaign: Campaign, lang: TextLang) {
  const definition = campaign.figures.find((d) => d.id === f.id && d.version === f.version);
  return {
    ...f,
    name: definition?.name ?? { zh: f.id, en: f.id },
    cohort: printCohort(f.filter, campaign.settings, lang),
    shown: printReading(f, 'value', moneyOf(campaign), lang),
  };
}

function explained(findings: readonly Finding[]): Sent<BulletinFinding>[] {
  return findings.map((f) => ({ ...f, messages: explainFinding(f) }));
}
