import type { Actor } from '../../domain/access/policy.ts';
import { draft } from '../../domain/acts/act.ts';
import { formatWithOffset } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { bulletinKinds, type BulletinKind, type BulletinText } from '../../domain/publication/acts.ts';
import { decideReturn, decideRevise, decideSubmit, foldBulletin, type Bulletin } from '../../domain/publication/bulletin.ts';
import { hasErrors } from '../../domain/publication/check.ts';
import { cleanText, parseBody, printBody } from '../../domain/publication/document.ts';
import { nextBulletinNo } from '../../storage/publication/bulletins.ts';
import { idOr, takeCommand } from '../command/take.ts';
import { readAsOf } from '../figures/as-of.ts';
import type { Services } from '../services.ts';
import { openBulletin, openOffice, type Office } from './access.ts';
import { checkFully, type CheckableText } from './check.ts';

export interface BulletinDone {
  readonly id: string;
  readonly no: number;
  readonly version: number;
  readonly state: string;
  readonly repeated: boolean;
}

/** One form for one text: title on one line, body as it prints, instant in the campaign's own offset. */
function tidyText(s: Services, office: Office, text: BulletinText): BulletinText | Refusal {
  const asOf = readAsOf(text.asOf, s.now());
  if (isRefusal(asOf)) return asOf;
  return {
    title: cleanText(text.title).trim(),
    lang: text.lang,
    body: printBody(parseBody(text.body)),
    asOf: formatWithOffset(asOf, office.campaign.settings.utcOffsetMinutes),
  };
}

export interface DraftBulletin extends BulletinText {
  readonly campaign: string;
  readonly commandId?: string | undefined;
  readonly kind: string;
  /** The released bulletin it corrects, and why. */
  readonly corrects?: { readonly id: string; readonly reason: string } | null | undefined;
}

/**
 * Begins a bulletin; it may correct a released one.
 * @refuses campaign.unknown, access.forbidden, bulletin.kind-unknown, bulletin.unknown, bulletin.corrects-unreleased, asof.*
 */
export async function draftBulletin(s: Services, actor: Actor, q: DraftBulletin): Promise<BulletinDone | Refusal> {
  const office = await openOffice(s, actor, 'bulletin.write', q.campaign);
  if (isRefusal(office)) return office;
  if (!(bulletinKinds as readonly string[]).includes(q.kind)) return refuse('bulletin.kind-unknown', { kind: q.kind });
  const text = tidyText(s, office, q);
  if (isRefusal(text)) return text;
  const corrects = q.corrects ?? null;
  const id = idOr(q.commandId, s.newId);
  return done(
    await takeCommand(s, {
      row: office.row,
      actor,
      id,
      happenedAt: undefined,
      subjectId: id,
      content: { do: 'draft', kind: q.kind, ...text, corrects: corrects === null ? null : { ...corrects } },
      decide: async (tools) => {
        if (corrects !== null) {
          const other = foldBulletin(await tools.hold(corrects.id));
          if (other === undefined) return refuse('bulletin.unknown', {});
          if (other.state !== 'released') return refuse('bulletin.corrects-unreleased', {});
        }
        const no = await nextBulletinNo(tools.tx, office.row);
        return [draft('bulletin', id, 'BulletinDrafted', { no, kind: q.kind as BulletinKind, ...text, corrects })];
      },
    }),
  );
}

export interface BulletinCommand {
  readonly campaign: string;
  readonly id: string;
  /** The version this is said of; a newer one refuses it. */
  readonly version: number;
  readonly commandId?: string | undefined;
}

/** Changes the text. @refuses what opening refuses, bulletin.frozen, bulletin.wrong-state, bulletin.changed, asof.* */
export async function reviseBulletin(s: Services, actor: Actor, q: BulletinCommand & BulletinText): Promise<BulletinDone | Refusal> {
  const open = await openBulletin(s, actor, 'bulletin.write', q);
  if (isRefusal(open)) return open;
  const text = tidyText(s, open, q);
  if (isRefusal(text)) return text;
  return command(s, actor, open, q, { do: 'revise', ...text }, (b) => decideRevise(b, q.version, text));
}

/** Puts it forward. @refuses as before, and bulletin.findings while the check finds errors */
export async function submitBulletin(s: Services, actor: Actor, q: BulletinCommand): Promise<BulletinDone | Refusal> {
  const open = await openBulletin(s, actor, 'bulletin.write', q);
  if (isRefusal(open)) return open;
  const decided = open.acts.some((a) => a.id === q.commandId) ? [] : decideSubmit(open.bulletin, q.version);
  if (isRefusal(decided)) return decided;
  const wrong = await findErrors(s, open, open.bulletin);
  return wrong ?? command(s, actor, open, q, { do: 'submit' }, (b) => decideSubmit(b, q.version));
}

/** Sends it back. @refuses as before */
export async function returnBulletin(s: Services, actor: Actor, q: BulletinCommand & { reason: string }): Promise<BulletinDone | Refusal> {
  const open = await openBulletin(s, actor, 'bulletin.release', q);
  if (isRefusal(open)) return open;
  return command(s, actor, open, q, { do: 'return', reason: q.reason }, (b) => decideReturn(b, q.version, q.reason));
}

/** The refusal for a text whose numbers do not hold; undefined when they do. */
export async function findErrors(s: Services, office: Office, text: CheckableText): Promise<Refusal | undefined> {
  const { findings } = await checkFully(s, office, text);
  if (!hasErrors(findings)) return undefined;
  const errors = findings.filter((f) => f.severity === 'error');
  return refuse('bulletin.findings', { count: errors.length, codes: [...new Set(errors.map((f) => f.code))] });
}

async function command(
  s: Services,
  actor: Actor,
  office: Office,
  q: BulletinCommand,
  content: Record<string, unknown>,
  decide: (b: Bulletin) => ReturnType<typeof decideSubmit>,
): Promise<BulletinDone | Refusal> {
  return done(
    await takeCommand(s, {
      row: office.row,
      actor,
      id: q.commandId,
      happenedAt: undefined,
      subjectId: q.id,
      content: { ...content, bulletin: q.id, version: q.version },
      decide: async (tools) => {
        const b = foldBulletin(await tools.hold(q.id));
        return b === undefined ? refuse('bulletin.unknown', {}) : decide(b);
      },
    }),
  );
}

export function done(result: Awaited<ReturnType<typeof takeCommand>>): BulletinDone | Refusal {
  if (isRefusal(result)) return result;
  const b = foldBulletin(result.subject);
  if (b === undefined) throw new Error('no bulletin after a command on one');
  return { id: b.id, no: b.no, version: b.version, state: b.state, repeated: result.repeated };
}
