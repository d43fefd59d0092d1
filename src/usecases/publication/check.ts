import { canDraw } from '../../documents/kit/fonts.ts';
import type { Actor } from '../../domain/access/policy.ts';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import type { BulletinText } from '../../domain/publication/acts.ts';
import { checkText, type Finding } from '../../domain/publication/check.ts';
import { parseBody, tokensOf } from '../../domain/publication/document.ts';
import { printCohort } from '../../domain/publication/cohort.ts';
import type { Money, TextLang } from '../../domain/publication/reading.ts';
import { decideInstants, type QuotedInstant } from '../../domain/publication/published.ts';
import { registerWords } from '../../domain/registers/settings.ts';
import { figureKey, printToken, type FigureToken } from '../../domain/publication/token.ts';
import { openView } from '../figures/as-of.ts';
import { requestsOf } from '../figures/values.ts';
import { readPublished } from '../public/view.ts';
import { installation, type Services } from '../services.ts';
import { openOffice, type Office } from './access.ts';
import { readTokens, readWanted, type FullReading } from './readings.ts';

export function moneyOf(campaign: Campaign): Money {
  return { currency: campaign.settings.currency, digits: registerWords(campaign.settings)?.currencyDigits ?? 2 };
}

/** A text with everything it quotes read and checked. */
export interface CheckedText {
  readonly blocks: ReturnType<typeof parseBody>;
  readonly readings: ReadonlyMap<string, FullReading | Refusal>;
  readonly findings: readonly Finding[];
}

/** More than any text for people quotes; each is read, frozen and listed with its records. */
const maxFigures = 300;

/** A text that people wrote, and of a correction why. */
export type CheckableText = BulletinText & { readonly corrects?: { readonly reason: string } | null };

/** Reads and checks a text; the press set as of its instant is offered for numbers that were typed. */
export async function checkFully(s: Services, office: Office, text: CheckableText): Promise<CheckedText> {
  const blocks = parseBody(text.body);
  const tokens = tokensOf(blocks).map((t) => t.token);
  const distinct = new Set(tokens.map(figureKey)).size;
  if (distinct > maxFigures) {
    const details = { count: distinct, max: maxFigures };
    return { blocks, readings: new Map(), findings: [{ code: 'text.too-many-figures', severity: 'error', at: null, details }] };
  }
  const slug = office.row.slug;
  const [readings, view] = await Promise.all([
    readTokens(s, slug, text.asOf, tokens),
    openView(s, installation, 'figure.read', slug, text.asOf),
  ]);
  const refs = isRefusal(view) ? [] : requestsOf(view, view.campaign.settings.pressSet).filter((r) => r.definition.estimate === undefined);
  const candidates = isRefusal(view) ? [] : await readWanted(s, view, refs);
  const findings = checkText({
    title: text.title,
    blocks,
    lang: text.lang,
    asOf: text.asOf,
    readings,
    figures: office.campaign.figures,
    settings: office.campaign.settings,
    money: moneyOf(office.campaign),
    candidates,
    beside: printedBeside(office.campaign, text, readings),
    canDraw,
  });
  // An instant that cannot be read is wrong even before anything is quoted as of it.
  const own: Finding[] = isRefusal(view) ? [{ code: view.code, severity: 'error', at: null, details: view.details }] : [];
  return { blocks, readings, findings: [...own, ...(await instantFindings(s, office, readings)), ...findings] };
}

/** What the files of a text say beside it in words of the campaign. */
function printedBeside(campaign: Campaign, text: CheckableText, readings: CheckedText['readings']): string[] {
  const { settings, organisations } = campaign;
  const figures = [...readings.values()].flatMap((r) =>
    isRefusal(r) ? [] : [r.definition.name[text.lang], printCohort(r.filter, settings, text.lang)],
  );
  const notice = settings.mode === 'synthetic' ? settings.notice[text.lang] : '';
  const issuer = organisations.find((o) => o.kind === 'office')?.name ?? '';
  return [settings.name[text.lang], notice, issuer, text.corrects?.reason ?? '', ...figures];
}

/** An instant that can no longer be published: said while the text is written, not after its files were made. */
async function instantFindings(s: Services, office: Office, readings: CheckedText['readings']): Promise<Finding[]> {
  const quoted = quotedInstants([...readings.values()].flatMap((r) => (isRefusal(r) ? [] : [r])));
  const decided = decideInstants(await readPublished(s, office.row), quoted, s.now());
  return isRefusal(decided) ? [{ code: decided.code, severity: 'error', at: null, details: decided.details }] : [];
}

/** Instants of figures, each once, with what is read as of it. */
export function quotedInstants(figures: readonly { readonly id: string; readonly asOf: string }[]): QuotedInstant[] {
  return [...new Set(figures.map((f) => f.asOf))].map((asOf) => ({
    asOf,
    figures: figures.filter((f) => f.asOf === asOf).map((f) => f.id),
  }));
}

export interface CheckSeen {
  readonly campaign: Campaign;
  readonly lang: TextLang;
  readonly findings: readonly Finding[];
  readonly tokens: readonly TokenSeen[];
}

/**
 * What a text says now and what is wrong with it: live values of its tokens and the findings of the check.
 * @refuses campaign.unknown, access.forbidden
 */
export async function checkBulletin(s: Services, actor: Actor, q: BulletinText & { campaign: string }): Promise<CheckSeen | Refusal> {
  const office = await openOffice(s, actor, 'bulletin.write', q.campaign);
  if (isRefusal(office)) return office;
  const checked = await checkFully(s, office, q);
  return { campaign: office.campaign, lang: q.lang, findings: checked.findings, tokens: tokensSeen(checked) };
}

/** A token with what it is read as; null when it cannot be read. */
export interface TokenSeen {
  readonly token: FigureToken;
  readonly reading: FullReading | null;
}

/** The tokens of a text that were looked up, each of their text forms once. */
export function tokensSeen(checked: CheckedText): TokenSeen[] {
  const out = new Map<string, TokenSeen>();
  for (const { token } of tokensOf(checked.blocks)) {
    const reading = checked.readings.get(figureKey(token));
    if (reading !== undefined) out.set(printToken(token), { token, reading: isRefusal(reading) ? null : reading });
  }
  return [...out.values()];
}
