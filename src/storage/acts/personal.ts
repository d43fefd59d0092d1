import { randomBytes } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Act, ActorRef } from '../../domain/acts/act.ts';
import { commitment, commitmentsIn, sealActor, sealPayload, sealedName, syntheticSalt } from '../../domain/acts/personal.ts';
import type { Tx } from '../database.ts';
import type { CampaignRow } from './read.ts';

/** A personal text with the salt of its commitment. */
export interface PersonalRow {
  readonly commitment: Buffer;
  readonly salt: Buffer;
  readonly subject: string;
  readonly value: string;
}

/** Seals the personal texts of acts and keeps what was sealed, each text once, until it is written. */
export class PersonalBook {
  /** Texts by their commitments (hexadecimal), of all that the book has sealed or was told. */
  readonly opened = new Map<string, string>();
  private readonly sealed = new Map<string, string>();
  private readonly actors = new WeakMap<ActorRef, ActorRef>();
  private readonly salt: (value: string, subject: string) => Uint8Array;
  private fresh: PersonalRow[] = [];

  constructor(campaign: CampaignRow) {
    this.salt = campaign.mode === 'synthetic' ? (value, subject) => syntheticSalt(campaign.slug, value, subject) : () => randomBytes(32);
  }

  /** Takes over what is sealed already, so that a person keeps one commitment. */
  know(value: string, subject: string, sealed: string): void {
    this.sealed.set(`${subject}\n${value}`, sealed);
    this.opened.set(sealed, value);
  }

  /** The act as it is stored. Whoever acts often is the same object often, before and after. */
  seal(act: Act): Act {
    let actor = this.actors.get(act.actor);
    if (actor === undefined) {
      actor = sealActor(act.actor, this.one);
      this.actors.set(act.actor, actor);
    }
    return sealPayload({ ...act, actor }, this.one);
  }

  private readonly one = (value: string, subject: string): string => {
    const key = `${subject}\n${value}`;
    let sealed = this.sealed.get(key);
    if (sealed === undefined) {
      const salt = this.salt(value, subject);
      sealed = commitment(salt, value);
      this.sealed.set(key, sealed);
      this.opened.set(sealed, value);
      this.fresh.push({ commitment: Buffer.from(sealed, 'hex'), salt: Buffer.from(salt), subject, value });
    }
    return sealed;
  };

  /** What has been sealed anew since the last call. */
  take(): PersonalRow[] {
    const rows = this.fresh;
    this.fresh = [];
    return rows;
  }
}

/** Keeps personal texts beside the acts that commit to them. */
export function personalStatements(campaign: CampaignRow, rows: readonly PersonalRow[]): RawBuilder<unknown>[] {
  if (rows.length === 0) return [];
  const values = sql.join(rows.map((r) => sql`(${sql.join([campaign.id, r.commitment, r.salt, r.subject, r.value])})`));
  return [
    sql`insert into personal_values (campaign_id, commitment, salt, subject, value) values ${values} on conflict (campaign_id, commitment) do nothing`,
  ];
}

/** Commitments that some texts have already. */
export async function listSealed(
  tx: Tx,
  campaign: CampaignRow,
  texts: readonly { readonly value: string; readonly subject: string }[],
): Promise<{ value: string; subject: string; sealed: string }[]> {
  if (texts.length === 0) return [];
  const r = await sql<{ value: string; subject: string; sealed: string }>`select distinct on (p.value, p.subject) p.value, p.subject,
      encode(p.commitment, 'hex') as sealed
    from personal_values p join unnest(${texts.map((t) => t.value)}::text[], ${texts.map((t) => t.subject)}::text[]) as t(value, subject)
      on p.value = t.value and p.subject = t.subject
    where p.campaign_id = ${campaign.id} order by p.value, p.subject, p.commitment`.execute(tx);
  return r.rows;
}

/** The texts behind the commitments in some acts, by commitment; what was erased is missing. */
export async function openSealed(
  tx: Tx,
  campaignId: number,
  acts: readonly Act[],
  known: ReadonlyMap<string, string> = new Map(),
): Promise<ReadonlyMap<string, string>> {
  const hashes = new Set(acts.flatMap(commitmentsIn).filter((hash) => !known.has(hash)));
  if (hashes.size === 0) return known;
  const r = await sql<{ sealed: string; value: string }>`select encode(commitment, 'hex') as sealed, value from personal_values
    where campaign_id = ${campaignId} and commitment = any(${[...hashes].map((h) => Buffer.from(h, 'hex'))}::bytea[])`.execute(tx);
  return new Map([...known, ...r.rows.map((row) => [row.sealed, row.value] as const)]);
}

/** Deletes the personal texts about a subject, or equal to a text; returns their commitments as acts name them. The acts stay as they are. */
export async function erasePersonal(
  tx: Tx,
  campaign: CampaignRow,
  who: { readonly subject?: string | undefined; readonly value?: string | undefined },
): Promise<string[]> {
  const r = await sql<{ sealed: string }>`delete from personal_values where campaign_id = ${campaign.id}
    and (${who.subject === undefined ? sql`false` : sql`subject = ${who.subject}`} or ${who.value === undefined ? sql`false` : sql`value = ${who.value}`})
    returning encode(commitment, 'hex') as sealed`.execute(tx);
  return r.rows.map((row) => sealedName(row.sealed)).toSorted();
}
