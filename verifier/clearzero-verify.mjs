#!/usr/bin/env node
// Checks a bundle exported from Clearzero: the signed log, whether each act in it could have been decided, every published figure and
// the evidence. What it cannot see stands in docs/log.md.
// One file, Node 20 or newer, nothing else: no database, no server, no code of the product. The same file runs in a browser.
//
//   node clearzero-verify.mjs BUNDLE [--key NAME+HASH+KEY] [--witness NAME+HASH+KEY]... [--seen FILE]... [--json]
//
// FILE is a checkpoint or a receipt that somebody kept: the bundle must hold what it says.
//
// Formats: C2SP tlog-tiles, tlog-checkpoint, signed-note, tlog-cosignature; RFC 6962 trees; RFC 8785 canonical JSON.
// Exit code 0: everything holds. 1: something does not; the first bad entry is named. 2: wrong usage. 3: the bundle cannot be read.

/** @typedef {{ sha256: (bytes: Uint8Array) => Uint8Array, ed25519: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean> }} Crypto */
/** @typedef {{ read: (path: string) => Promise<Uint8Array | undefined>, list: (folder: string) => Promise<string[]> }} Files */
/** @typedef {{ what: string, where: string, why: string, index?: number }} Fault */

const width = 256;
const utf8 = new TextEncoder();
const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

// ---------------------------------------------------------------- bytes

/** @param {Uint8Array} bytes */
const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
/** @param {string} s */
const unhex = (s) => Uint8Array.from(s.match(/../g) ?? [], (x) => Number.parseInt(x, 16));
/** @param {Uint8Array} a @param {Uint8Array} b */
const equal = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);
/** @param {string} s */
function unbase64(s) {
  if (s.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(s)) return undefined;
  const bytes = Uint8Array.from(atob(s), (c) => c.charCodeAt(0));
  return base64(bytes) === s ? bytes : undefined;
}
/** @param {Uint8Array} bytes */
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

// ---------------------------------------------------------------- trees

/** @param {Crypto} c */
function trees(c) {
  const leafBuffer = new Uint8Array(65_536 + 1);
  const nodeBuffer = new Uint8Array(65);
  nodeBuffer[0] = 1;
  /** @param {Uint8Array} entry */
  const leaf = (entry) => {
    if (entry.length >= leafBuffer.length) {
      const whole = new Uint8Array(entry.length + 1);
      whole.set(entry, 1);
      return c.sha256(whole);
    }
    leafBuffer.set(entry, 1);
    return c.sha256(leafBuffer.subarray(0, entry.length + 1));
  };
  /** @param {Uint8Array} a @param {Uint8Array} b */
  const node = (a, b) => {
    nodeBuffer.set(a, 1);
    nodeBuffer.set(b, 33);
    return c.sha256(nodeBuffer);
  };
  /** @param {Uint8Array[]} list @returns {Uint8Array} */
  const root = (list) => {
    if (list.length === 0) return c.sha256(new Uint8Array(0));
    if (list.length === 1) return /** @type {Uint8Array} */ (list[0]);
    let k = 1;
    while (k * 2 < list.length) k *= 2;
    return node(root(list.slice(0, k)), root(list.slice(k)));
  };
  return { leaf, node, root };
}

/** A tree that grows: complete subtrees, the largest first. @param {ReturnType<typeof trees>} t @param {Crypto} c */
function growing(t, c) {
  /** @type {{ size: number, hash: Uint8Array }[]} */
  const peaks = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    /** @param {Uint8Array} hash */
    push(hash) {
      let width_ = 1;
      let h = hash;
      for (let last = peaks.at(-1); last !== undefined && last.size === width_; last = peaks.at(-1)) {
        h = t.node(last.hash, h);
        width_ *= 2;
        peaks.pop();
      }
      peaks.push({ size: width_, hash: h });
      size++;
    },
    root() {
      if (peaks.length === 0) return c.sha256(new Uint8Array(0));
      let h = /** @type {{ hash: Uint8Array }} */ (peaks.at(-1)).hash;
      for (let i = peaks.length - 2; i >= 0; i--) h = t.node(/** @type {{ hash: Uint8Array }} */ (peaks[i]).hash, h);
      return h;
    },
  };
}

/** Whether a proof shows a leaf in a log (RFC 9162, 2.1.3.2). @param {Crypto} c @param {Uint8Array} leaf @param {number} index @param {number} size @param {Uint8Array[]} proof @param {Uint8Array} root */
export function checkInclusion(c, leaf, index, size, proof, root) {
  const t = trees(c);
  if (!(index >= 0 && index < size)) return false;
  let fn = index;
  let sn = size - 1;
  let r = leaf;
  for (const p of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = t.node(p, r);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else r = t.node(r, p);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equal(r, root);
}

/** Whether a proof shows an older log to be the beginning of a newer (RFC 9162, 2.1.4.2). @param {Crypto} c @param {number} m @param {Uint8Array} oldRoot @param {number} n @param {Uint8Array} newRoot @param {Uint8Array[]} proof */
export function checkConsistency(c, m, oldRoot, n, newRoot, proof) {
  const t = trees(c);
  if (m > n) return false;
  if (m === n) return proof.length === 0 && equal(oldRoot, newRoot);
  if (m === 0) return proof.length === 0;
  let whole = m;
  while (whole % 2 === 0) whole /= 2;
  const path = whole === 1 ? [oldRoot, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined) return false;
  let fn = m - 1;
  let sn = n - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let fr = first;
  let sr = first;
  for (const p of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = t.node(p, fr);
      sr = t.node(p, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else sr = t.node(sr, p);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equal(fr, oldRoot) && equal(sr, newRoot);
}

// ---------------------------------------------------------------- signed notes

/** @param {Crypto} c @param {string} vkey */
export function readKey(c, vkey) {
  const [, name, id, body] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey.trim()) ?? [];
  const bytes = body === undefined ? undefined : unbase64(body);
  if (name === undefined || id === undefined || bytes === undefined || bytes.length !== 33) return undefined;
  const named = utf8.encode(`${name}\n`);
  const all = new Uint8Array(named.length + 33);
  all.set(named);
  all.set(bytes, named.length);
  return hex(c.sha256(all).slice(0, 4)) === id ? { name, id, algorithm: bytes[0], key: bytes.slice(1) } : undefined;
}

/** @param {string} note */
export function readNote(note) {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return undefined;
  const signatures = [];
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [, name, body] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
    const bytes = body === undefined ? undefined : unbase64(body);
    if (name === undefined || bytes === undefined || bytes.length < 5) return undefined;
    signatures.push({ name, id: hex(bytes.slice(0, 4)), bytes: bytes.slice(4) });
  }
  return { text: note.slice(0, end + 1), signatures };
}

/** Checks a note's signature. @param {Crypto} c @param {string} note @param {string} vkey */
export async function checkSigned(c, note, vkey) {
  const key = readKey(c, vkey);
  const parsed = readNote(note);
  if (key === undefined) return { fault: 'the key cannot be read' };
  if (parsed === undefined) return { fault: 'it is not a signed note' };
  const signature = parsed.signatures.find((s) => s.name === key.name && s.id === key.id);
  if (signature === undefined) return { fault: `it carries no signature of ${key.name}` };
  if (!(await c.ed25519(key.key, utf8.encode(parsed.text), signature.bytes))) return { fault: `its signature of ${key.name} is wrong` };
  return { name: key.name, text: parsed.text, signatures: parsed.signatures };
}

/** Checks a checkpoint's signature. @param {Crypto} c @param {string} note @param {string} vkey */
export async function checkCheckpoint(c, note, vkey) {
  const signed = await checkSigned(c, note, vkey);
  if (signed.text === undefined) return { fault: signed.fault };
  const [origin, size, root] = signed.text.split('\n');
  const bytes = root === undefined ? undefined : unbase64(root);
  if (size === undefined || !/^(0|[1-9]\d{0,15})$/.test(size) || bytes?.length !== 32) return { fault: 'it is not a checkpoint' };
  if (origin !== signed.name) return { fault: `it is of another log, ${origin}` };
  return { origin, size: Number(size), root: bytes, signatures: signed.signatures, text: signed.text };
}

/** What a receipt says: hashes of acts that were taken in. @param {Crypto} c @param {string} note @param {string} vkey */
export async function checkReceipt(c, note, vkey) {
  const signed = await checkSigned(c, note, vkey);
  if (signed.text === undefined) return { fault: signed.fault };
  const [tag, origin, act, at, , ...rest] = signed.text.split('\n');
  const hashes = rest.slice(0, -1).map((line) => unbase64(line));
  if (tag !== 'clearzero.receipt/v1' || hashes.length === 0 || hashes.some((h) => h?.length !== 32) || readInstant(at) === undefined) return { fault: 'it is not a receipt' };
  if (origin !== signed.name) return { fault: `it is of another log, ${origin}` };
  return { act, at, hashes: /** @type {Uint8Array[]} */ (hashes) };
}

/** Witnesses whose cosignature on a checkpoint is good. @param {Crypto} c @param {{ signatures: { name: string, id: string, bytes: Uint8Array }[], text: string }} checkpoint @param {string[]} vkeys */
export async function checkWitnesses(c, checkpoint, vkeys) {
  const good = [];
  for (const vkey of vkeys) {
    const key = readKey(c, vkey);
    const s = key === undefined ? undefined : checkpoint.signatures.find((x) => x.name === key.name && x.id === key.id);
    if (key === undefined || s === undefined || s.bytes.length !== 72) continue;
    const seconds = new DataView(s.bytes.buffer, s.bytes.byteOffset, 8).getBigUint64(0);
    const signed = utf8.encode(`cosignature/v1\ntime ${seconds}\n${checkpoint.text}`);
    if (await c.ed25519(key.key, signed, s.bytes.slice(8))) good.push({ name: key.name, at: new Date(Number(seconds) * 1000).toISOString() });
  }
  return good;
}

// ---------------------------------------------------------------- canonical JSON

/** @param {unknown} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const o = /** @type {Record<string, unknown>} */ (value);
    const keys = Object.keys(o).sort();
    return `{${keys.map((k) => `${JSON.stringify(k)}:${canonical(o[k])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

// ---------------------------------------------------------------- the law of the house

/** Kinds of acts by kind of stream: what opens one, what it takes then, and whether its acts rest on one another in time. */
const law = {
  campaign: {
    opens: ['CampaignOpened'],
    takes: ['AspectDefined', 'AspectClosed', 'KeyTaskDefined', 'FigureDefined', 'OrganisationRegistered', 'TeamFormed', 'PersonalDataErased', 'LogMarksBegun'],
    rests: false,
  },
  source: { opens: ['SourceRegistered'], takes: ['InspectionCompleted', 'SourceClosureAccepted', 'SourceRevived'], rests: false },
  problem: {
    opens: ['ProblemFound'],
    takes: [
      'ProblemConfirmed',
      'ProblemNotFounded',
      'ProblemAssigned',
      'ProblemSupervised',
      'ProblemPlanned',
      'AcceptanceBodyChanged',
      'RectificationStarted',
      'RectificationStaged',
      'RectificationClaimed',
      'ProblemChecked',
      'ProblemReturned',
      'ProblemAccepted',
      'ProblemCleared',
      'ProblemWatched',
      'ProblemSettled',
      'DeadlineExtended',
      'WithdrawalProposed',
      'ProblemWithdrawn',
      'MergeProposed',
      'ProblemMerged',
      'ProblemSplit',
      'ProblemRebounded',
    ],
    rests: true,
  },
  batch: { opens: ['BatchIssued'], takes: [], rests: true },
  letter: { opens: ['LetterIssued'], takes: ['LetterReceived'], rests: true },
  case: { opens: ['CaseFiled'], takes: ['PenaltyDecided', 'DailyFineDecided', 'MeasureDecided', 'PenaltyRevoked'], rests: true },
  task: { opens: ['TaskRegistered'], takes: ['CentralItemAccepted'], rests: true },
  measure: { opens: ['MeasureRegistered'], takes: ['CentralItemAccepted'], rests: true },
  project: { opens: ['ProjectRegistered'], takes: ['ProjectCompleted'], rests: true },
  publication: { opens: ['CasePublished', 'FiguresPublished'], takes: ['PublicationWithdrawn'], rests: true },
  bulletin: {
    opens: ['BulletinDrafted'],
    takes: ['BulletinRevised', 'BulletinSubmitted', 'BulletinReturned', 'BulletinReleased', 'BulletinCorrected'],
    rests: true,
  },
  record: { opens: ['RecordAppeared'], takes: ['RecordAppeared', 'RecordChanged', 'RecordVanished'], rests: false },
  evidence: {
    opens: ['EvidenceReceived'],
    takes: ['EvidenceReceived', 'EvidenceSealed', 'EvidenceViewed', 'EvidenceExported', 'RenditionDerived'],
    rests: false,
  },
  lead: { opens: ['LeadRaised'], takes: ['LeadGrown', 'LeadClosed'], rests: false },
};
/** @type {Map<string, { opens: string[], takes: string[], rests: boolean }>} */
const streamLaw = new Map(Object.entries(law));
const kinds = new Set(Object.values(law).flatMap((l) => [...l.opens, ...l.takes]));

/** Members of payloads that name persons, by kind of act. @type {Record<string, string>} */
const personal = { TeamFormed: 'members', InspectionCompleted: 'officers', ProblemAssigned: 'person', LetterReceived: 'by' };

const beforeClearing = ['confirmed', 'supervised', 'planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked'];
/** From which states of a problem an act may follow, and the state it leads to; null: it stays (the chart of the product's description). @type {Record<string, [string[], string | null]>} */
const chart = {
  ProblemConfirmed: [['found'], 'confirmed'],
  ProblemNotFounded: [['found', 'confirmed'], 'notFounded'],
  ProblemAssigned: [['confirmed', 'supervised', 'planned', 'rectifying', 'staged', 'returned'], null],
  ProblemSupervised: [['confirmed'], 'supervised'],
  ProblemPlanned: [['supervised', 'planned'], 'planned'],
  AcceptanceBodyChanged: [['planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked'], null],
  RectificationStarted: [['planned', 'returned'], 'rectifying'],
  RectificationStaged: [['rectifying', 'staged'], 'staged'],
  RectificationClaimed: [['rectifying', 'staged'], 'claimed'],
  ProblemChecked: [['claimed'], 'checked'],
  ProblemReturned: [['claimed', 'checked', 'accepted'], 'returned'],
  ProblemAccepted: [['checked'], 'accepted'],
  ProblemCleared: [['accepted'], 'cleared'],
  ProblemWatched: [['cleared'], 'watched'],
  ProblemSettled: [['watched'], 'settled'],
  DeadlineExtended: [['supervised', 'planned', 'rectifying', 'staged', 'returned'], null],
  WithdrawalProposed: [beforeClearing, null],
  MergeProposed: [beforeClearing, null],
  ProblemWithdrawn: [beforeClearing, 'withdrawn'],
  ProblemMerged: [beforeClearing, 'merged'],
  ProblemSplit: [['found', 'confirmed'], 'split'],
  ProblemRebounded: [['cleared', 'watched', 'settled'], 'rebounded'],
};

/** Texts that a kind of act must hold, and something visible in each. @type {Record<string, string[]>} */
const texts = {
  ProblemNotFounded: ['reason'],
  ProblemAssigned: ['government', 'department'],
  ProblemPlanned: ['implementer', 'goal', 'deadline', 'measures', 'acceptanceBody'],
  AcceptanceBodyChanged: ['body', 'reason'],
  RectificationStaged: ['progress'],
  RectificationClaimed: ['text'],
  ProblemChecked: ['text'],
  ProblemReturned: ['reason'],
  ProblemAccepted: ['criteria', 'body'],
  ProblemCleared: ['decisionNo'],
  ProblemWatched: ['until'],
  DeadlineExtended: ['rule', 'reason'],
  WithdrawalProposed: ['reason'],
  ProblemWithdrawn: ['reason'],
  MergeProposed: ['reason'],
  ProblemMerged: ['reason'],
  ProblemSplit: ['reason'],
  ProblemRebounded: ['reason'],
  LeadClosed: ['finding'],
};

const day = 86_400_000;
/**
 * Two commands that rest on one thing wait for each other, and are recorded at the instants at which they came: they may stand in the
 * log the other way round, by no more than this.
 */
const abreast = 10_000;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const inkless = /[\p{White_Space}\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u2800\p{Variation_Selector}]/gu;

/** Texts of these characters alone are in the form in which texts are kept. */
const plain = /^[\n -~\u00a1-\u00ac\u00ae-\u00ff\u2010-\u201f\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]*$/;
// Controls but LF, what changes the order of other characters, marks that leave no ink, noncharacters, ends of lines of other kinds.
const untidy = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]|\p{Noncharacter_Code_Point}|\p{Surrogate}/u;

/** Name of a text that is not in the form in which texts are kept. @param {any} value @param {string} name @returns {string | undefined} */
function untidyIn(value, name) {
  if (typeof value === 'string') return plain.test(value) || (!untidy.test(value) && value.normalize('NFC') === value) ? undefined : name;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const key in value) {
    const found = untidyIn(value[key], Array.isArray(value) ? name : key);
    if (found !== undefined) return found;
  }
  return undefined;
}

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** A unified social credit code with its check character (GB 32100-2015). @param {unknown} code */
function isCreditCode(code) {
  if (typeof code !== 'string' || !/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  let power = 1;
  let sum = alphabet.indexOf(/** @type {string} */ (code[17]));
  for (const char of code.slice(0, 17)) {
    sum += alphabet.indexOf(char) * power;
    power = (power * 3) % 31;
  }
  return sum % 31 === 0;
}

/** @param {number} at @param {unknown} said */
const isCanonicalInstant = (at, said) => !Number.isNaN(at) && new Date(at).toISOString() === said;

/** @param {unknown} value */
const isBlank = (value) => typeof value !== 'string' || value.replace(inkless, '') === '';
/** @param {string} s */
const identifier = (s) =>
  s
    .normalize('NFKC')
    .replace(/[\p{White_Space}\p{Cc}\p{Cf}]/gu, '')
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u30fc]/gu, '-')
    .toUpperCase();
/** @param {unknown} value */
const isDate = (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);
/** @param {number} at @param {number} offset */
const dateOf = (at, offset) => new Date(at + offset * 60_000).toISOString().slice(0, 10);
/** @param {string} date @param {number} days */
const addDays = (date, days) => new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);

/** An instant in ISO 8601 with an offset, in milliseconds; undefined for anything else. @param {unknown} value */
function readInstant(value) {
  const m = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):?(\d{2}))$/.exec(typeof value === 'string' ? value.trim() : '');
  if (m === null || !isDate(m[1])) return undefined;
  const [h, min, s, oh, om] = [m[2], m[3], m[4] ?? 0, m[7] ?? 0, m[8] ?? 0].map(Number);
  if (h === undefined || min === undefined || s === undefined || oh === undefined || om === undefined) return undefined;
  if (h > 23 || min > 59 || s > 59 || oh > 14 || om > 59) return undefined;
  const offset = (m[6] === '-' ? -1 : 1) * (oh * 60 + om);
  return Date.parse(`${m[1]}T00:00:00Z`) + ((h * 60 + min - offset) * 60 + s) * 1000 + Number(`${m[5] ?? ''}000`.slice(0, 3));
}

/** Names of persons in an act's payload, as they stand there. @param {any} act @returns {unknown[]} */
function personsIn(act) {
  const field = personal[act.kind];
  const value = field === undefined ? undefined : act.payload[field];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** The commitment that stands for a person: a member of its own, in acts of schema 1 a text. @param {unknown} value @param {number} schema */
function commitmentIn(value, schema) {
  if (typeof value === 'string') return schema === 1 ? /^sealed:([0-9a-f]{64})$/.exec(value)?.[1] : undefined;
  const { sealed } = /** @type {any} */ (value ?? {});
  return typeof sealed === 'string' && /^[0-9a-f]{64}$/.test(sealed) ? sealed : undefined;
}

/** Commitments in an act, with whom they are about where it says. @param {any} act @returns {[string, string][]} */
function commitmentsIn(act) {
  /** @type {[string, string][]} */
  const out = [];
  const own = commitmentIn(act.actor.name, 1);
  if (own !== undefined) out.push([own, act.actor.id]);
  for (const value of personsIn(act)) {
    const hash = commitmentIn(value, act.schema);
    if (hash !== undefined) out.push([hash, '']);
  }
  return out;
}

/** Why someone may not do this beside those who did that. @param {any} actor @param {{ id: string, org: string }[]} others */
function sameAs(actor, others) {
  if (others.some((o) => o.id === actor.id)) return 'its actor rectified, certified or checked it before';
  return others.some((o) => o.org === actor.org) ? 'its actor is of an organisation that rectified, certified or checked it' : undefined;
}

/** Whether a place lies in another, or the other way round. @param {number} a @param {number} b */
const onOneLine = (a, b) => {
  const width = (/** @type {number} */ x) => (x % 10_000 === 0 ? 10_000 : x % 100 === 0 ? 100 : 1);
  return (b >= a && b < a + width(a)) || (a >= b && a < b + width(b));
};

/** Whether an organisation is of the rectifying side of a problem. @param {Replay} r @param {any} s @param {string} org */
function rectifies(r, s, org) {
  if (org === s.owner || org === s.government || org === r.streams.get(s.letterId)?.government) return true;
  if (s.rectified.some((/** @type {any} */ x) => x.org === org)) return true;
  return (r.organisations.get(org) ?? []).some((o) => o.kind === 'government' && onOneLine(o.place, s.place));
}

/** Whoever accepts and clears neither found, rectified, certified nor checked it, and is of the body that the plan names. @param {Replay} r @param {any} s @param {any} actor */
function separated(r, s, actor) {
  if (actor.id === s.foundBy || s.firstFoundBy.includes(actor.id)) return 'its actor found the problem';
  const same = sameAs(actor, [...s.rectified, ...s.checked]);
  if (same !== undefined) return same;
  if (rectifies(r, s, actor.org)) return 'its actor is of the rectifying side';
  return s.plan !== undefined && actor.org !== s.plan.acceptanceBody ? 'its actor is not of the acceptance body that the plan names' : undefined;
}

/** @param {Replay} r @param {any} s @param {string} body */
function wrongBody(r, s, body) {
  if (!r.organisations.has(body) && !r.settings.aspects.some((/** @type {any} */ a) => a.acceptanceBody === body)) return 'nobody knows the acceptance body that it names';
  return rectifies(r, s, body) ? 'the acceptance body that it names rectifies' : undefined;
}

/** Why evidence of an act is not kept for a problem, or contradicts itself. @param {Replay} r @param {any} s @param {any[]} evidence @param {number} at */
function notKept(r, s, evidence, at) {
  for (const item of evidence) {
    const wrong = itemNotKept(r, s, item, at);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** @param {Replay} r @param {any} s @param {any} item @param {number} at */
function itemNotKept(r, s, item, at) {
  const takenAt = readInstant(item.takenAt);
  if (takenAt === undefined) return `nobody can read when its evidence ${item.name} was made`;
  const object = r.objects.get(item.sha256);
  const receipt = object?.receipts.get(s.id);
  if (receipt === undefined || receipt.at - at > abreast || object.sealedAt === undefined || object.sealedAt - at > abreast) {
    return `its evidence ${item.sha256.slice(0, 12)} was not handed in for it and sealed`;
  }
  const made = readInstant(receipt.deviceTakenAt);
  if (made === undefined) return undefined;
  if (made <= s.foundAt - day) return `its evidence ${item.sha256.slice(0, 12)} is older than the finding, as the file says`;
  return Math.abs(made - takenAt) > day ? `its evidence ${item.sha256.slice(0, 12)} was made at another time, as the file says` : undefined;
}

/** Why a case is not this problem's penalty. @param {Replay} r @param {any} s @param {any} act @param {number} at @param {number} done */
function unfitCase(r, s, act, at, done) {
  const named = act.payload.penaltyCase;
  const c = r.streams.get(named)?.stream === 'case' ? r.streams.get(named) : r.casesByNo.get(named);
  if (c === undefined || c.decided !== true) return `the penalty case ${named} does not stand`;
  if (c.revokedAt !== undefined && at - c.revokedAt > abreast) return `the penalty case ${named} was revoked before`;
  if (c.decidedAt > done) return `the penalty case ${named} was decided later`;
  const about = c.problemId === s.id || (c.sourceId !== null && c.sourceId === s.sourceId) || (c.problemId === null && identifier(c.unit) === identifier(s.unit));
  return about ? undefined : `the penalty case ${named} is about somebody else`;
}

/** Why a problem cannot be merged into another. @param {Replay} r @param {any} s @param {string} into @param {number} at */
function wrongTarget(r, s, into, at) {
  const other = r.streams.get(into);
  if (other?.stream !== 'problem' || other === s) return 'it is merged into no other problem';
  return ['withdrawn', 'merged', 'split', 'notFounded'].includes(other.state) && at - other.since > abreast ? `it is merged into a problem that is ${other.state}` : undefined;
}

/**
 * What the law says of an act on a problem beyond the chart: undefined when it holds. Nothing is changed here.
 * @param {Replay} r @param {any} s @param {any} act @param {number} at @param {number} done @returns {string | undefined}
 */
function wrongOnProblem(r, s, act, at, done) {
  const p = act.payload;
  const { actor } = act;
  const offset = r.settings.utcOffsetMinutes;
  const today = dateOf(done, offset);
  switch (act.kind) {
    case 'ProblemSupervised':
      return isDate(p.deadline) ? undefined : 'its deadline is no day';
    case 'ProblemPlanned': {
      if (!isDate(p.deadline)) return 'its plan has no deadline';
      if (s.deadline !== undefined && p.deadline > s.deadline) return 'its plan ends after the deadline';
      if (p.deadline < (s.deadline !== undefined && s.deadline < today ? s.deadline : today)) return 'its plan ends before it begins';
      return wrongBody(r, s, p.acceptanceBody);
    }
    case 'AcceptanceBodyChanged':
      return wrongBody(r, s, p.body);
    case 'RectificationClaimed': {
      if (!Array.isArray(p.evidence) || p.evidence.length === 0) return 'it claims without evidence';
      const own = new Set();
      for (const item of p.evidence) {
        const takenAt = readInstant(item.takenAt);
        if (takenAt === undefined || takenAt <= s.foundAt) return `its evidence ${item.name} is not newer than the finding`;
        if (takenAt > at) return `its evidence ${item.name} was made after it was recorded`;
        if (own.has(item.sha256) || r.usedBefore(item.sha256, at)) return `its evidence ${item.name} was used before`;
        own.add(item.sha256);
      }
      return undefined;
    }
    case 'ProblemChecked':
      return actor.org === s.owner ? 'its actor is of the rectifying government' : (sameAs(actor, s.rectified) ?? unexplained(r, s, p));
    case 'ProblemAccepted': {
      const wrong = separated(r, s, actor);
      if (wrong !== undefined) return wrong;
      if (s.plan === undefined) return 'it was accepted without a plan';
      if (p.body !== actor.org) return 'it names another acceptance body than that of its actor';
      if (p.noPenaltyReason !== null && isBlank(p.noPenaltyReason)) return 'its reason not to punish says nothing';
      if (p.penaltyCase === null && p.noPenaltyReason === null) return 'it was accepted with neither a penalty nor a reason not to punish';
      const aspect = r.settings.aspects.find((/** @type {any} */ a) => a.code === s.aspect && a.version === s.aspectVersion);
      const again = unexplained(r, s, p);
      if (again !== undefined) return again;
      if (p.noticeDays !== (aspect?.noticeDays ?? r.settings.defaultNoticeDays)) return 'its notice is not as long as the rule says';
      return p.penaltyCase === null ? undefined : unfitCase(r, s, act, at, done);
    }
    case 'ProblemCleared': {
      const wrong = separated(r, s, actor);
      if (wrong !== undefined) return wrong;
      return s.noticeDays > 0 && done < endOfDay(addDays(dateOf(s.acceptedRecorded, offset), s.noticeDays), offset) ? 'it was cleared before its notice was over' : undefined;
    }
    case 'ProblemWatched':
      return isDate(p.until) && p.until >= today ? undefined : 'it is watched until a day that is past';
    case 'ProblemSettled':
      return isDate(s.until) && today <= s.until ? 'it was settled while it was watched' : undefined;
    case 'DeadlineExtended': {
      const rule = r.settings.extensionRules.find((/** @type {any} */ x) => x.code === p.rule);
      if (rule === undefined) return `nobody knows the rule ${p.rule} by which it moves the deadline`;
      if (!Number.isInteger(p.days) || p.days < 1 || p.days > rule.maxDays) return `the rule ${p.rule} does not give ${p.days} days`;
      if ((s.extensions?.[p.rule] ?? 0) >= rule.times) return `the rule ${p.rule} was used up`;
      return p.deadline === addDays(s.deadline, p.days) ? undefined : `its deadline is not ${p.days} days after the one before`;
    }
    case 'WithdrawalProposed':
      return s.proposal?.kind === 'withdraw' ? 'it had been proposed already' : undefined;
    case 'MergeProposed':
      return s.proposal?.kind === 'merge' && s.proposal.into === p.into ? 'it had been proposed already' : wrongTarget(r, s, p.into, at);
    case 'ProblemWithdrawn':
      return s.proposal?.kind === 'withdraw' ? twoPersons(s, act) : 'nobody had proposed it';
    case 'ProblemMerged':
      return s.proposal?.kind === 'merge' && s.proposal.into === p.into ? (twoPersons(s, act) ?? wrongTarget(r, s, p.into, at)) : 'nobody had proposed it';
    case 'ProblemSplit':
      return Array.isArray(p.into) && new Set(p.into).size >= 2 && new Set(p.into).size === p.into.length ? undefined : 'it is split into fewer than two parts';
    default:
      return undefined;
  }
}

/** @param {any} s @param {any} act */
function twoPersons(s, act) {
  if (s.proposal.by === act.actor.id) return 'one person proposed and decided it';
  return act.payload.proposedBy === s.proposal.by ? undefined : 'it names another person than the one who proposed it';
}

/** What the law says of an act on a bulletin. @param {any} s @param {any} act @returns {string | undefined} */
function wrongOnBulletin(s, act) {
  switch (act.kind) {
    case 'BulletinRevised':
      return s.state === 'draft' || s.state === 'returned' ? undefined : `a bulletin that is ${s.state} is not revised`;
    case 'BulletinSubmitted':
      return s.state === 'draft' ? undefined : `a bulletin that is ${s.state} is not put forward`;
    case 'BulletinReturned':
      return s.state === 'submitted' ? undefined : `a bulletin that is ${s.state} is not sent back`;
    case 'BulletinReleased':
      if (s.state !== 'submitted') return `a bulletin that is ${s.state} is not released`;
      if (s.authors.has(act.actor.id)) return 'whoever wrote it released it';
      return (act.payload.corrects ?? null) === s.corrects ? undefined : 'it corrects another bulletin than its authors said';
    default:
      return s.state === 'released' ? undefined : 'a bulletin that is not released is not corrected';
  }
}

/** @param {string} text */
const bitsOf = (text) => Uint8Array.from(text, (x) => (x === '1' ? 1 : 0));

/** In how many bits two pictures of 16 by 16 frequencies differ, one of them mirrored or turned. @param {Uint8Array} a @param {Uint8Array} b @param {boolean} swap @param {boolean} flipX @param {boolean} flipY */
function bitsApart(a, b, swap, flipX, flipY) {
  let n = 0;
  for (let i = 1; i < 256; i++) {
    const [v, u] = [i >> 4, i & 15];
    const other = (flipX && u % 2 === 1) !== (flipY && v % 2 === 1) ? 1 : 0;
    if ((/** @type {number} */ (a[swap ? u * 16 + v : i]) ^ other) !== b[i]) n++;
  }
  return n;
}

/** A picture of the claim that looks like an earlier one of another problem counts for a reason only. @param {Replay} r @param {any} s @param {any} p @returns {string | undefined} */
function unexplained(r, s, p) {
  if (!isBlank(p.alike)) return undefined;
  const ways = [false, true];
  for (const own of r.pictures.filter((x) => x.item === s.id && s.shows?.includes(x.sha256))) {
    for (const other of r.pictures) {
      if (other.item === s.id || other.at > own.at) continue;
      if (ways.some((swap) => ways.some((x) => ways.some((y) => bitsApart(own.bits, other.bits, swap, x, y) <= 56)))) {
        return 'a picture of its claim looks like one of another problem, and no reason is given';
      }
    }
  }
  return undefined;
}

/** What the law says of the first act of a stream, and of acts that say something about others. @param {Replay} r @param {any} s @param {any} act @param {number} at @param {number} done @returns {string | undefined} */
function wrongElsewhere(r, s, act, at, done) {
  const p = act.payload;
  switch (act.kind) {
    case 'CampaignOpened':
      if (r.settings !== undefined) return 'the campaign was opened before';
      return p.slug === act.campaign ? undefined : `it opens the campaign ${p.slug}`;
    case 'AspectDefined':
      return r.settings.aspects.some((/** @type {any} */ a) => a.code === p.code && a.version === p.version) ? 'this version of the aspect was defined before' : undefined;
    case 'LogMarksBegun':
      if (r.marksFrom !== undefined) return 'marks had begun before';
      return Number.isSafeInteger(p.size) && p.size > 0 && p.size === r.size ? undefined : 'it does not say how many entries stand before it';
    case 'PersonalDataErased':
      return p.commitments.every((/** @type {string} */ x) => r.sealed.has(x.slice(7))) ? undefined : 'it erases a name that no act holds';
    case 'ProblemFound':
      if (r.problemsByNo.has(p.no)) return `the number ${p.no} is that of another problem`;
      // A part and a rebound are what the problem before them was, under an aspect that may be closed since.
      if (p.splitFrom === undefined && p.reboundOf === undefined && !r.inForce(p.aspect, p.aspectVersion, at)) return `no aspect ${p.aspect} is in force in version ${p.aspectVersion}`;
      if (!r.types.has(p.type)) return `nobody knows the type ${p.type}`;
      return r.counties.has(p.place) ? undefined : `nobody knows the county ${p.place}`;
    case 'SourceRegistered':
      if (p.uscc !== null && !isCreditCode(p.uscc)) return `${p.uscc} is no unified social credit code`;
      return r.counties.has(p.place) ? undefined : `nobody knows the county ${p.place}`;
    case 'CaseFiled':
      return r.casesByNo.has(p.no) ? `the number ${p.no} is that of another case` : undefined;
    case 'BatchIssued':
      if (r.batches.has(p.no)) return `batch ${p.no} was issued before`;
      return isDate(p.deadline) && p.deadline >= dateOf(done, r.settings.utcOffsetMinutes) ? undefined : 'its deadline had passed when it was issued';
    case 'PenaltyDecided':
    case 'DailyFineDecided':
      return Number.isSafeInteger(p.amountFen) && p.amountFen >= 0 ? undefined : 'its amount is no amount';
    case 'PenaltyRevoked':
      return s.decided === true && s.revoked !== true ? undefined : 'no decision stands that it could revoke';
    case 'FiguresPublished': {
      const asOf = readInstant(p.asOf);
      if (asOf === undefined || asOf > at) return 'it publishes figures of no instant, or of one to come';
      return r.releases.some((x) => x.asOf >= asOf && at - x.at > abreast) ? 'it publishes an instant before one that was published' : undefined;
    }
    case 'InspectionCompleted': {
      const officers = new Set((Array.isArray(p.officers) ? p.officers : []).map((/** @type {unknown} */ x) => commitmentIn(x, 2)));
      if (officers.size < 2 || officers.size < p.officers.length) return 'fewer than two officers made it, or one of them stands there twice';
      if (p.place !== s.place) return 'its source lies elsewhere';
      return r.inForce(p.aspect, undefined, at) ? undefined : `no aspect ${p.aspect} is in force`;
    }
    case 'LeadClosed':
      if (s.closed === true) return 'the lead was closed before';
      return s.about === act.actor.id ? 'its actor is who it is about' : undefined;
    case 'EvidenceReceived': {
      if ((r.objects.get(p.sha256) ?? s) !== s) return 'its object is kept in another stream';
      if (s?.sha256 !== undefined && s.sha256 !== p.sha256) return 'it is of another object than its stream';
      return s?.receipts?.has(p.itemId) === true ? 'it had been handed in for the same problem' : undefined;
    }
    case 'EvidenceSealed':
      return s.sealedAt === undefined ? undefined : 'it was sealed before';
    case 'RenditionDerived':
      if (p.source !== s.sha256) return 'it is a copy of another object';
      return s.copies?.has(p.transform) === true ? 'there is such a copy already' : undefined;
    case 'EvidenceViewed':
      return p.rendition === null || [...(s.copies?.values() ?? [])].includes(p.rendition) ? undefined : 'the copy that was looked at is not one of it';
    case 'EvidenceExported':
      return typeof p.purpose === 'string' && p.purpose.trim().length >= 4 ? undefined : 'it was taken out for no purpose';
    case 'RecordAppeared':
      return s?.item === undefined ? undefined : 'the record is there already';
    case 'RecordChanged':
    case 'RecordVanished':
      return s.item === undefined ? 'the record is not there' : undefined;
    default:
      return undefined;
  }
}

/**
 * Rules that two acts of one transaction keep together, whichever stands first in the log: looked at when all is replayed.
 * @param {Replay} r @param {any} s @param {any} act @returns {(() => string | undefined) | undefined}
 */
function laterRule(r, s, act) {
  const p = act.payload;
  const { at } = r;
  const problem = (/** @type {string} */ id) => (r.streams.get(id)?.stream === 'problem' ? r.streams.get(id) : undefined);
  switch (act.kind) {
    case 'ProblemSupervised':
      return () => {
        const letter = r.streams.get(p.letterId);
        if (letter?.stream !== 'letter') return 'its letter was never issued';
        if (letter.batch !== p.batch || letter.deadline !== p.deadline) return 'its letter is of another batch or deadline';
        if (letter.place !== s.place - (s.place % 100)) return 'its letter went to another city';
        return p.government === undefined || p.government === letter.government ? undefined : 'its letter is addressed to another government';
      };
    case 'LetterIssued':
      return () => {
        const batch = r.batches.get(p.batch);
        if (batch === undefined) return `batch ${p.batch} was never issued`;
        if (batch.deadline !== p.deadline) return 'its deadline is not that of its batch';
        return (r.supervised.get(s.id) ?? 0) === p.problems ? undefined : `it names ${p.problems} problems, and ${r.supervised.get(s.id) ?? 0} are supervised by it`;
      };
    case 'ProblemFound': {
      if (p.sourceId === null && p.splitFrom === undefined && p.reboundOf === undefined) return undefined;
      return () => {
        const source = p.sourceId === null ? undefined : r.streams.get(p.sourceId);
        if (p.sourceId !== null && source?.stream !== 'source') return 'its source was never registered';
        if (source !== undefined && source.place !== p.place) return 'its source lies elsewhere';
        if (p.splitFrom !== undefined) {
          const whole = problem(p.splitFrom);
          if (whole?.parts?.includes(s.id) !== true) return 'the problem that it is said to be a part of was not split into it';
          if (![whole.foundBy, ...whole.firstFoundBy].every((id) => s.firstFoundBy.includes(id))) return 'it does not name whoever found the whole';
          return alike(s, whole) && s.reboundOf === whole.reboundOf ? undefined : 'it is about something else than the whole';
        }
        if (p.reboundOf === undefined) return undefined;
        const old = problem(p.reboundOf);
        if (old?.reboundAs !== s.id || old.reboundNo !== s.no) return 'the problem that it is said to be the rebound of did not rebound as it';
        if (!alike(s, old)) return 'it is about something else than the problem that rebounded';
        return r.settings.mode === 'synthetic' ? undefined : notKept(r, old, p.evidence, at);
      };
    }
    case 'ProblemSplit':
      return () => (p.into.every((/** @type {string} */ id) => problem(id)?.splitFrom === s.id) ? undefined : 'it is split into parts that were never found');
    case 'ProblemRebounded':
      return () => (problem(p.newProblemId)?.reboundOf === s.id ? undefined : 'the problem that it rebounded as was never found');
    case 'RectificationClaimed':
      return r.settings.mode === 'synthetic' ? undefined : () => notKept(r, s, p.evidence, at);
    case 'ProblemMerged':
      return () => {
        for (let other = problem(p.into), i = 0; other?.mergedInto !== undefined && i < 1000; other = problem(other.mergedInto), i++) {
          if (other.mergedInto === s.id) return 'it is merged into a problem that is merged into it';
        }
        return undefined;
      };
    case 'BatchIssued':
      return () => (r.lettered.has(p.no) ? undefined : 'it was issued without letters');
    case 'BulletinDrafted':
      return p.corrects === null || p.corrects === undefined
        ? undefined
        : () => (r.streams.get(p.corrects.id)?.releasedAt - at <= abreast ? undefined : 'the bulletin that it is to correct was not released');
    case 'BulletinReleased':
      return p.corrects === null
        ? undefined
        : () => (r.streams.get(p.corrects)?.correctedBy?.has(s.id) === true ? undefined : 'the bulletin that it corrects does not say so');
    case 'BulletinCorrected':
      return () => (r.streams.get(p.by)?.corrects === s.id && r.streams.get(p.by)?.state === 'released' ? undefined : 'the bulletin that it was corrected by is not released');
    default:
      return undefined;
  }
}

/** Whether a part, or a rebound, is about what the problem before it was about. @param {any} a @param {any} b */
const alike = (a, b) => a.place === b.place && a.aspect === b.aspect && a.aspectVersion === b.aspectVersion && a.type === b.type && a.unit === b.unit && a.sourceId === b.sourceId;

// ---------------------------------------------------------------- replay

/** Everything the acts say, act after act. */
export class Replay {
  /** @type {Map<string, any>} */
  streams = new Map();
  /** @type {any} */
  settings = undefined;
  /** @type {any[]} */
  definitions = [];
  /** @type {{ index: number, act: any }[]} */
  published = [];
  size = 0;
  /** The last entry of each clock. */
  last = { records: { at: -Infinity, stream: '' }, people: { at: -Infinity, stream: '' } };
  ids = new Set();
  /** Pictures as they lie with problems. @type {{ sha256: string, item: string, at: number, bits: Uint8Array }[]} */
  pictures = [];
  /** Hashes of files that acts say were received or derived. */
  evidence = new Set();
  /** Commitments to names of persons with whom they are about, and those that were erased. @type {Map<string, string>} */
  sealed = new Map();
  erasedNames = new Set();
  /** Number of the first entry that carries a mark, when an earlier release wrote some that do not. @type {number | undefined} */
  marksFrom = undefined;
  /** Number of the first entry that is held against the whole law; those before it against the order and the chart. */
  lawFrom;
  /** Organisations by code. @type {Map<string, { kind: string, place: number }[]>} */
  organisations = new Map();
  /** Batches by number. @type {Map<number, any>} */
  batches = new Map();
  /** Numbers of batches in letters. */
  lettered = new Set();
  /** Problems that each letter supervises. @type {Map<string, number>} */
  supervised = new Map();
  /** Numbers of problems. */
  problemsByNo = new Set();
  /** Aspects that were closed, with when. @type {Map<string, number>} */
  closed = new Map();
  /** Codes of the campaign's settings that acts name. */
  begins = /** @type {number | undefined} */ (undefined);
  types = new Set();
  counties = new Set();
  /** Instants that were published and not withdrawn. @type {{ stream: string, asOf: number, at: number }[]} */
  releases = [];
  /** Objects of evidence by hash. @type {Map<string, any>} */
  objects = new Map();
  /** @type {Map<string, any>} */
  casesByNo = new Map();
  /** Evidence of claims, and when evidence of findings was recorded first. */
  claimed = new Set();
  /** @type {Map<string, number>} */
  shown = new Map();
  /** @type {{ index: number, rule: () => string | undefined }[]} */
  later = [];

  /** @param {number} [lawFrom] */
  constructor(lawFrom = 0) {
    this.lawFrom = lawFrom;
  }

  /**
   * Takes one act in; what is wrong with it, or undefined.
   * @param {any} act
   * @param {string} [body]  its JSON, where it is at hand: most of them are seen at one look to hold no odd text
   * @returns {string | undefined}
   */
  take(act, body) {
    this.readTimes(act);
    this.tidy = body !== undefined && plain.test(body) && !body.includes('\\u');
    const disorder = this.disorder(act);
    const wrong = disorder ?? (this.size >= this.lawFrom ? this.unlawful(act) : this.offChart(act));
    const index = this.size++;
    if (disorder === undefined) this.fold(act, index);
    return wrong;
  }

  /** Of the act that is looked at: when it was recorded and happened, and whether its texts are known to be in their kept form. */
  at = Number.NaN;
  atText = '';
  atCanonical = false;
  done = Number.NaN;
  tidy = false;

  /** What would be wrong with an act that came next; nothing is taken in. @param {any} act @returns {string | undefined} */
  wrong(act) {
    this.readTimes(act);
    this.tidy = false;
    return this.disorder(act) ?? this.unlawful(act);
  }

  /** Reads when an act was recorded and when it happened. @param {any} act */
  readTimes(act) {
    if (act.recordedAt !== this.atText) {
      this.at = Date.parse(act.recordedAt);
      this.atText = act.recordedAt;
      this.atCanonical = isCanonicalInstant(this.at, act.recordedAt);
    }
    this.done = act.happenedAt === act.recordedAt ? this.at : Date.parse(act.happenedAt);
  }

  /** Rules over acts that are recorded together, once all are taken in. @returns {{ index: number, why: string }[]} */
  finish() {
    const out = [];
    for (const { index, rule } of this.later) {
      const why = rule();
      if (why !== undefined) out.push({ index, why });
    }
    return out;
  }

  /** Whether an aspect may be named anew: its newest version, unless it was closed. @param {string} code @param {number | undefined} version @param {number} at */
  inForce(code, version, at) {
    const newest = this.settings.aspects.findLast((/** @type {any} */ a) => a.code === code);
    if (newest === undefined || (version !== undefined && newest.version !== version)) return false;
    const closed = this.closed.get(`${code}@${newest.version}`);
    return closed === undefined || at - closed <= abreast;
  }

  /** @param {string} sha256 @param {number} at */
  usedBefore(sha256, at) {
    const shown = this.shown.get(sha256);
    return this.claimed.has(sha256) || (shown !== undefined && at - shown > abreast);
  }

  /**
   * The clock that an act is recorded by. Records of a register carry the time of their snapshot and people act on the server's clock,
   * so in such a campaign the log has an order of each; in any other there is one clock.
   * @param {any} act @returns {'records' | 'people'}
   */
  clockOf(act) {
    return this.settings?.mode === 'historic' && act.actor?.id !== 'import' ? 'people' : 'records';
  }

  /** The order of the log and of its streams. @param {any} act @returns {string | undefined} */
  disorder(act) {
    const { at, done } = this;
    if (typeof act.id !== 'string' || typeof act.kind !== 'string' || Number.isNaN(at) || Number.isNaN(done)) return 'it is not an act';
    if (this.ids.has(act.id)) return `the act ${act.id} stands in the log twice`;
    const last = this.last[this.clockOf(act)];
    if (at < last.at) return 'it was recorded before the entry before it';
    if (at === last.at && act.streamId < last.stream) return 'it stands before the entry before it in the order of streams';
    if (done > at) return 'it happened after it was recorded';
    const s = this.streams.get(act.streamId);
    if (s !== undefined && s.stream !== act.stream) return `its stream was a ${s.stream} before`;
    const seq = s?.seq ?? 0;
    return act.seq === seq + 1 ? undefined : `it is number ${act.seq} of its stream, after number ${seq}`;
  }

  /** All that acts of earlier releases are held against. @param {any} act @returns {string | undefined} */
  offChart(act) {
    if (act.stream !== 'problem' || act.kind === 'ProblemFound') return undefined;
    const s = this.streams.get(act.streamId);
    if (s?.state === undefined) return 'its problem had not been found';
    const rule = chart[act.kind];
    if (rule !== undefined && rule[1] !== null && !rule[0].includes(s.state)) return `${act.kind} cannot follow on ${s.state}`;
    return (act.kind === 'ProblemWithdrawn' || act.kind === 'ProblemMerged') && act.payload.proposedBy === act.actor.id ? 'one person proposed and decided it' : undefined;
  }

  /** Whether somebody could have decided it (合法性). @param {any} act @returns {string | undefined} */
  unlawful(act) {
    const wrong = this.misplaced(act) ?? this.malformed(act);
    if (wrong !== undefined) return wrong;
    if (this.clockOf(act) === 'people' && !['publication', 'bulletin', 'evidence'].includes(act.stream) && !['PersonalDataErased', 'LogMarksBegun'].includes(act.kind)) {
      return 'people record nothing in a campaign of records';
    }
    const { at, done } = this;
    const s = this.streams.get(act.streamId);
    if (this.begins !== undefined && done < this.begins && done !== at) return 'it happened before the campaign began';
    if (act.stream === 'problem' && s !== undefined) {
      const rule = chart[act.kind];
      if (rule === undefined || !rule[0].includes(s.state)) return `${act.kind} cannot follow on ${s.state}`;
      return wrongOnProblem(this, s, act, at, done);
    }
    if (act.stream === 'bulletin' && s !== undefined) return wrongOnBulletin(s, act);
    return wrongElsewhere(this, s, act, at, done);
  }

  /** Whether it may stand in its stream. @param {any} act @returns {string | undefined} */
  misplaced(act) {
    const rule = streamLaw.get(act.stream);
    if (rule === undefined) return `nobody knows streams of the kind ${act.stream}`;
    if (!kinds.has(act.kind)) return `nobody knows acts of the kind ${act.kind}`;
    const s = this.streams.get(act.streamId);
    if (s === undefined) {
      if (!rule.opens.includes(act.kind)) return `${act.kind} does not open a ${act.stream}`;
      return this.settings === undefined && act.kind !== 'CampaignOpened' ? 'the campaign had not been opened' : undefined;
    }
    if (!rule.takes.includes(act.kind)) return `a ${act.stream} that is there takes no ${act.kind}`;
    // Records of a register are dated by somebody else.
    if (rule.rests && this.settings.mode !== 'historic' && this.done < s.latest) return 'it happened before what it rests on';
    return undefined;
  }

  /** @param {any} act @returns {string | undefined} */
  malformed(act) {
    if (Object.keys(act).length !== 11) return 'it holds more, or less, than an act holds';
    if (!uuid.test(act.id) || !uuid.test(act.streamId)) return 'its identifiers are not in canonical form';
    if (!this.atCanonical || (act.happenedAt !== act.recordedAt && !isCanonicalInstant(this.done, act.happenedAt))) return 'its instants are not in canonical form';
    const field = personal[act.kind];
    if (act.schema !== (field === undefined ? 1 : 2)) return `nobody knows schema ${act.schema} of ${act.kind}`;
    if (act.actor.name !== '' && commitmentIn(act.actor.name, 1) === undefined) return 'it names its actor bare';
    if (personsIn(act).some((x) => x !== '' && commitmentIn(x, 2) === undefined)) return 'it names a person bare';
    if (act.kind === 'ProblemAssigned' && act.payload.person === '') return 'it names no person';
    // Registers bring the texts of others as they are.
    const wild = this.tidy || (this.settings?.mode === 'historic' && (act.stream === 'record' || act.stream === 'campaign')) ? undefined : untidyIn(act.payload, 'payload');
    if (wild !== undefined) return `its ${wild} is not in the form in which texts are kept`;
    const blank = (texts[act.kind] ?? []).find((name) => isBlank(act.payload[name]));
    return blank === undefined ? undefined : `its ${blank} says nothing`;
  }

  /** @param {any} act @param {number} index */
  fold(act, index) {
    const { at, done } = this;
    const p = act.payload;
    this.ids.add(act.id);
    this.last[this.clockOf(act)] = { at, stream: act.streamId };
    let s = this.streams.get(act.streamId);
    if (s === undefined) {
      s = { id: act.streamId, stream: act.stream, seq: 0, latest: -Infinity };
      this.streams.set(act.streamId, s);
    }
    s.seq = act.seq;
    if (done > s.latest) s.latest = done;
    for (const [hash, subject] of commitmentsIn(act)) if (!this.sealed.has(hash)) this.sealed.set(hash, subject);
    if (index >= this.lawFrom) {
      const rule = laterRule(this, s, act);
      if (rule !== undefined) this.later.push({ index, rule });
    }
    switch (act.stream) {
      case 'campaign':
        return this.foldCampaign(act, p);
      case 'problem':
        return this.foldProblem(s, act, p, at, done);
      case 'case':
        if (act.kind === 'CaseFiled') {
          Object.assign(s, { place: p.place, amount: 0, unit: p.unit, problemId: p.problemId, sourceId: p.sourceId });
          if (!this.casesByNo.has(p.no)) this.casesByNo.set(p.no, s);
        } else if (act.kind === 'PenaltyDecided') Object.assign(s, { decided: true, decidedAt: done, amount: s.amount + p.amountFen });
        else if (act.kind === 'DailyFineDecided') s.amount += p.amountFen;
        else if (act.kind === 'MeasureDecided') s.measure ??= p.measure;
        else if (act.kind === 'PenaltyRevoked') Object.assign(s, { revoked: true, revokedAt: at });
        return undefined;
      case 'source':
        if (act.kind === 'SourceRegistered') Object.assign(s, { place: p.place, scattered: p.scattered, under: new Set(), closed: false });
        else if (act.kind === 'InspectionCompleted') s.under.add(p.aspect);
        else if (act.kind === 'SourceClosureAccepted') s.closed = true;
        else if (act.kind === 'SourceRevived') s.closed = false;
        return undefined;
      case 'record':
        s.item = act.kind === 'RecordVanished' ? undefined : p.item;
        return undefined;
      case 'bulletin':
        return this.foldBulletin(s, act, p, index);
      case 'evidence':
        if (act.kind === 'EvidenceReceived' || act.kind === 'RenditionDerived') this.evidence.add(p.sha256);
        if (act.kind === 'EvidenceReceived') {
          s.sha256 = p.sha256;
          s.receipts ??= new Map();
          if (typeof p.likeness === 'string') this.pictures.push({ sha256: p.sha256, item: p.itemId, at, bits: bitsOf(p.likeness) });
          if (!s.receipts.has(p.itemId)) s.receipts.set(p.itemId, { at, deviceTakenAt: p.deviceTakenAt });
          if (!this.objects.has(p.sha256)) this.objects.set(p.sha256, s);
        } else if (act.kind === 'EvidenceSealed') s.sealedAt ??= at;
        else if (act.kind === 'RenditionDerived') (s.copies ??= new Map()).set(p.transform, p.sha256);
        return undefined;
      default:
        if (act.kind === 'LeadRaised') s.about = act.actor.id;
        if (act.kind === 'LeadClosed') s.closed = true;
        if (act.kind === 'BatchIssued') {
          s.deadline = p.deadline;
          if (!this.batches.has(p.no)) this.batches.set(p.no, s);
        }
        if (act.kind === 'LetterIssued') {
          Object.assign(s, { batch: p.batch, deadline: p.deadline, place: p.place, government: p.government });
          this.lettered.add(p.batch);
        }
        if (act.kind === 'FiguresPublished') this.releases.push({ stream: s.id, asOf: readInstant(p.asOf) ?? 0, at });
        if (act.kind === 'PublicationWithdrawn') this.releases = this.releases.filter((x) => x.stream !== s.id);
        foldRest(s, act, p);
        if (act.kind === 'FiguresPublished') this.published.push({ index, act });
        if (act.kind === 'PublicationWithdrawn') this.published = this.published.filter((x) => x.act.streamId !== act.streamId);
        return undefined;
    }
  }

  /** @param {any} act @param {any} p */
  foldCampaign(act, p) {
    if (act.kind === 'CampaignOpened') {
      if (this.settings !== undefined) return;
      this.settings = { ...p, aspects: [...p.aspects] };
      // What was generated or loaded is dated as it is.
      if (p.mode === 'live' && isDate(p.phases[0]?.from)) this.begins = endOfDay(p.phases[0].from, p.utcOffsetMinutes) - day;
      this.types = new Set(p.types.map((/** @type {any} */ x) => x.code));
      this.counties = new Set(p.places.map((/** @type {any} */ x) => x.code).filter((/** @type {number} */ x) => x % 100 !== 0));
    } else if (act.kind === 'AspectDefined') this.settings.aspects.push(p);
    else if (act.kind === 'AspectClosed') this.closed.set(`${p.code}@${p.version}`, Date.parse(act.recordedAt));
    else if (act.kind === 'FigureDefined') this.definitions.push({ payload: p, recorded: Date.parse(act.recordedAt) });
    else if (act.kind === 'OrganisationRegistered') this.organisations.set(p.code, [...(this.organisations.get(p.code) ?? []), { kind: p.kind, place: p.place }]);
    else if (act.kind === 'PersonalDataErased') for (const x of p.commitments) this.erasedNames.add(String(x).slice(7));
    else if (act.kind === 'LogMarksBegun') this.marksFrom ??= p.size;
  }

  /** @param {any} s @param {any} act @param {any} p @param {number} index */
  foldBulletin(s, act, p, index) {
    if (act.kind === 'BulletinDrafted') Object.assign(s, { state: 'draft', authors: new Set([act.actor.id]), corrects: p.corrects?.id ?? null });
    else if (act.kind === 'BulletinRevised' || act.kind === 'BulletinSubmitted') {
      s.authors.add(act.actor.id);
      s.state = act.kind === 'BulletinRevised' ? 'draft' : 'submitted';
    } else if (act.kind === 'BulletinReturned') s.state = 'returned';
    else if (act.kind === 'BulletinCorrected') (s.correctedBy ??= new Set()).add(p.by);
    else if (act.kind === 'BulletinReleased') {
      Object.assign(s, { state: 'released', releasedAt: Date.parse(act.recordedAt) });
      this.published.push({ index, act });
      for (const a of p.artefacts) this.evidence.add(a.sha256);
    }
  }

  /** @param {any} s @param {any} act @param {any} p @param {number} at @param {number} done */
  foldProblem(s, act, p, at, done) {
    const who = { id: act.actor.id, org: act.actor.org };
    const evidence = act.kind === 'ProblemFound' || act.kind === 'RectificationClaimed' ? (p.evidence ?? []) : [];
    for (const e of evidence) {
      if (act.kind === 'RectificationClaimed') this.claimed.add(e.sha256);
      else if (!this.shown.has(e.sha256)) this.shown.set(e.sha256, at);
    }
    if (act.kind === 'ProblemFound') {
      if (s.state !== undefined) return;
      this.problemsByNo.add(p.no);
      Object.assign(s, { no: p.no, state: 'found', since: at, place: p.place, aspect: p.aspect, aspectVersion: p.aspectVersion, type: p.type, batch: 0, unit: p.unit, sourceId: p.sourceId });
      Object.assign(s, { foundBy: act.actor.id, foundAt: done, firstFoundBy: p.firstFoundBy ?? [], splitFrom: p.splitFrom, reboundOf: p.reboundOf, rectified: [], checked: [] });
      return;
    }
    const rule = chart[act.kind];
    if (s.state === undefined || rule === undefined) return;
    if (rule[1] !== null && rule[0].includes(s.state)) Object.assign(s, { state: rule[1], since: at });
    switch (act.kind) {
      case 'ProblemAssigned':
        s.owner = p.government;
        break;
      case 'ProblemSupervised':
        Object.assign(s, { supervised: true, batch: p.batch, deadline: p.deadline, letterId: p.letterId, government: p.government });
        this.supervised.set(p.letterId, (this.supervised.get(p.letterId) ?? 0) + 1);
        break;
      case 'ProblemPlanned':
        s.plan = { acceptanceBody: p.acceptanceBody };
        s.rectified.push(who);
        break;
      case 'AcceptanceBodyChanged':
        s.plan = { acceptanceBody: p.body };
        break;
      case 'RectificationStarted':
      case 'RectificationStaged':
        s.rectified.push(who);
        break;
      case 'RectificationClaimed':
        s.shows = p.evidence.map((/** @type {any} */ e) => e.sha256);
        s.claimed = true;
        s.rectified.push(who);
        break;
      case 'ProblemChecked':
        s.checked.push(who);
        break;
      case 'ProblemReturned':
        s.claimed = false;
        break;
      case 'ProblemAccepted':
        Object.assign(s, { acceptedRecorded: at, noticeDays: p.noticeDays });
        break;
      case 'ProblemCleared':
        Object.assign(s, { cleared: at, clearedHappened: done });
        break;
      case 'ProblemWatched':
        s.until = p.until;
        break;
      case 'DeadlineExtended':
        s.deadline = p.deadline;
        s.extensions = { ...s.extensions, [p.rule]: (s.extensions?.[p.rule] ?? 0) + 1 };
        break;
      case 'WithdrawalProposed':
        s.proposal = { kind: 'withdraw', by: act.actor.id };
        break;
      case 'MergeProposed':
        s.proposal = { kind: 'merge', by: act.actor.id, into: p.into };
        break;
      case 'ProblemMerged':
        s.mergedInto = p.into;
        break;
      case 'ProblemSplit':
        s.parts = p.into;
        break;
      case 'ProblemRebounded':
        Object.assign(s, { rebounded: true, reboundAs: p.newProblemId, reboundNo: p.newNo });
        break;
      default:
        break;
    }
  }

  /**
   * Values of some figures over what has been taken in, as of an instant, with the records behind each: one look at every stream.
   * @param {{ definition: any, filter: Record<string, any> }[]} asked @param {number} asOf
   */
  figures(asked, asOf) {
    const plans = asked.map(({ definition, filter }) => {
      const terms = definition.ratio ?? { numerator: [{ fact: countedFact(definition, filter), sign: 1 }], denominator: null };
      const names = new Set([...terms.numerator, ...(terms.denominator ?? [])].map((/** @type {any} */ t) => t.fact));
      return { filter, terms, names, sum: definition.count?.sum === 'amount' ? 'amount' : 'n', numerator: 0, denominator: 0, numeratorIds: /** @type {string[]} */ ([]), denominatorIds: /** @type {string[]} */ ([]) };
    });
    for (const s of this.streams.values()) {
      const facts = factsOf(s, this.settings, asOf);
      if (facts.length === 0) continue;
      for (const plan of plans) {
        /** @type {Map<string, any> | undefined} */
        let held;
        for (const f of facts) {
          if (!plan.names.has(f.fact) || !fits(f, plan.filter)) continue;
          held ??= new Map();
          const h = held.get(f.fact) ?? { n: 0, amount: 0 };
          held.set(f.fact, { n: h.n + 1, amount: h.amount + (f.amount ?? 0) });
        }
        if (held === undefined) continue;
        for (const t of plan.terms.numerator) plan.numerator += t.sign * (held.get(t.fact)?.[plan.sum] ?? 0);
        for (const t of plan.terms.denominator ?? []) plan.denominator += t.sign * (held.get(t.fact)?.[plan.sum] ?? 0);
        if (counts(plan.terms.numerator, held)) plan.numeratorIds.push(s.id);
        if (plan.terms.denominator !== null && counts(plan.terms.denominator, held)) plan.denominatorIds.push(s.id);
      }
    }
    return plans.map((p) => ({ numerator: p.numerator, denominator: p.terms.denominator === null ? null : p.denominator, numeratorIds: p.numeratorIds, denominatorIds: p.denominatorIds }));
  }
}

/** @param {any[]} terms @param {Map<string, unknown>} held */
const counts = (terms, held) => terms.some((t) => t.sign > 0 && held.has(t.fact)) && !terms.some((t) => t.sign < 0 && held.has(t.fact));

/** @param {any} definition @param {Record<string, any>} filter */
function countedFact(definition, filter) {
  for (const [key, fact] of Object.entries(definition.count?.byFilter ?? {})) if (filter[key] !== undefined) return fact;
  return definition.count?.fact;
}

/** @param {any} s @param {any} act @param {any} p */
function foldRest(s, act, p) {
  const one = /** @type {Record<string, string>} */ ({
    BatchIssued: 'batch.issued',
    LetterIssued: 'letter.issued',
    TaskRegistered: 'central.task',
    MeasureRegistered: 'central.measure',
    ProjectRegistered: 'project.registered',
    CasePublished: 'publication.case',
  })[act.kind];
  if (one !== undefined) s.facts = [{ fact: one, place: p.place ?? 0, batch: act.kind === 'BatchIssued' ? p.no : (p.batch ?? 0) }];
  else if (act.kind === 'CentralItemAccepted' && s.facts?.[0] !== undefined) s.facts = [s.facts[0], { ...s.facts[0], fact: `${s.facts[0].fact}.accepted` }];
  else if (act.kind === 'ProjectCompleted') s.facts = [...(s.facts ?? []), { fact: 'project.completed', place: s.facts?.[0]?.place ?? 0, batch: 0 }];
  else if (act.kind === 'PublicationWithdrawn') s.facts = [];
}

/** First instant after a civil day. @param {string} date @param {number} offsetMinutes */
const endOfDay = (date, offsetMinutes) => Date.parse(`${date}T00:00:00Z`) - offsetMinutes * 60_000 + 86_400_000;

/**
 * Under which facts a stream counts as of an instant.
 * @param {any} s @param {any} settings @param {number} asOf @returns {any[]}
 */
function factsOf(s, settings, asOf) {
  if (s.stream === 'problem') {
    if (s.state === undefined) return [];
    const d = { place: s.place, batch: s.batch, aspect: s.aspect, type: s.type };
    const out = [];
    if (s.state !== 'notFounded' && s.state !== 'split') out.push({ ...d, fact: 'problem.found' });
    if (s.supervised !== true) return out;
    const taken = s.state === 'withdrawn' || s.state === 'merged';
    out.push({ ...d, fact: 'problem.supervised' });
    if (taken) out.push({ ...d, fact: 'problem.withdrawn' });
    if (s.claimed === true) out.push({ ...d, fact: 'problem.claimed' });
    if (s.cleared !== undefined) out.push({ ...d, fact: 'problem.rectified' });
    if (s.rebounded === true) out.push({ ...d, fact: 'problem.rebounded' });
    if (!taken && (s.cleared === undefined || s.rebounded === true)) out.push({ ...d, fact: 'problem.open' });
    const passed = s.deadline === undefined ? Infinity : endOfDay(s.deadline, settings.utcOffsetMinutes);
    if (!taken && passed <= asOf) {
      out.push({ ...d, fact: 'problem.due' });
      if (s.cleared === undefined) out.push({ ...d, fact: 'problem.overdue' });
      else if (s.clearedHappened < passed) out.push({ ...d, fact: 'problem.ontime' });
    }
    return out;
  }
  if (s.stream === 'case') {
    const out = [];
    if (s.decided === true && s.revoked !== true) out.push({ fact: 'case.penalty', place: s.place, amount: s.amount });
    if (settings.measures.some((/** @type {any} */ m) => m.code === s.measure)) out.push({ fact: 'case.typical', place: s.place, measure: s.measure });
    return out;
  }
  if (s.stream === 'source') {
    const out = [{ fact: 'source.registered', place: s.place }];
    if (s.under?.size > 0) out.push({ fact: 'source.inspected', place: s.place });
    for (const aspect of s.under ?? []) out.push(/** @type {any} */ ({ fact: 'source.inspectedUnder', place: s.place, aspect }));
    if (s.scattered === true && s.closed === true) out.push({ fact: 'scattered.closed', place: s.place });
    return out;
  }
  if (s.stream === 'record') {
    const item = s.item;
    if (item === undefined) return [];
    return settings.facts
      .filter((/** @type {any} */ rule) => matches(rule, item))
      .map((/** @type {any} */ rule) => ({
        fact: rule.fact,
        place: item.place,
        aspect: item.aspect,
        type: item.type,
        amount: rule.amount === undefined ? 0 : (item.amounts[rule.amount] ?? 0),
      }));
  }
  return s.facts ?? [];
}

/** @param {any} rule @param {any} item */
function matches(rule, item) {
  return rule.when.every((/** @type {any} */ c) => {
    const values = fieldOf(item, c.field);
    return c.present === undefined ? values.some((v) => (c.equals ?? []).includes(v)) : c.present === values.some((v) => v !== '');
  });
}

/** @param {any} item @param {string} field @returns {string[]} */
function fieldOf(item, field) {
  if (['register', 'state', 'type', 'aspect', 'deadline'].includes(field)) return [item[field] ?? ''];
  if (field === 'flag') return item.flags;
  if (field.startsWith('amount.')) return [item.amounts[field.slice(7)] === undefined ? '' : String(item.amounts[field.slice(7)])];
  if (field.startsWith('step.')) return item.steps.filter((/** @type {any} */ x) => x.code === field.slice(5)).map((/** @type {any} */ x) => x.on);
  return [item.fields[field] ?? ''];
}

/** @param {any} f @param {Record<string, any>} filter */
function fits(f, filter) {
  const place = f.place ?? 0;
  if (filter.city !== undefined && place !== 0 && !(place >= Number(filter.city) && place < Number(filter.city) + 100)) return false;
  if (filter.county !== undefined && place !== 0 && place !== Number(filter.county)) return false;
  if (filter.batches !== undefined && !filter.batches.includes(f.batch ?? 0)) return false;
  for (const key of ['aspect', 'type', 'measure']) if (filter[key] !== undefined && f[key] !== filter[key]) return false;
  return true;
}

/** Root over record ids: sorted as text, each once, hashed as a log's leaves. @param {Crypto} c @param {string[]} ids */
export function recordsRoot(c, ids) {
  const t = trees(c);
  return hex(t.root([...new Set(ids)].sort().map((id) => t.leaf(utf8.encode(id)))));
}

/** @param {Crypto} c @param {any} definition */
export const definitionHash = (c, definition) => hex(c.sha256(utf8.encode(canonical(definition))));

// ---------------------------------------------------------------- the bundle

/** @param {number} n */
function tilePath(n) {
  let out = String(n % 1000).padStart(3, '0');
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) out = `x${String(rest % 1000).padStart(3, '0')}/${out}`;
  return out;
}

/** How many values of an ascending list are at most so much. @param {number[]} list @param {number} value */
function firstAfter(list, value) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {number} */ (list[middle]) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {string | number} level @param {number} n @param {number} size */
export function tileFile(level, n, size) {
  const below = level === 'entries' ? 1 : width ** Number(level);
  const fill = Math.min(width, Math.floor(size / below) - n * width);
  return `tile/${level}/${tilePath(n)}${fill < width ? `.p/${fill}` : ''}`;
}

/** @param {Uint8Array} bundle */
function unpack(bundle) {
  const out = [];
  for (let at = 0; at < bundle.length; ) {
    if (at + 2 > bundle.length) return undefined;
    const length = (/** @type {number} */ (bundle[at]) << 8) | /** @type {number} */ (bundle[at + 1]);
    if (at + 2 + length > bundle.length) return undefined;
    out.push(bundle.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return out;
}

/**
 * Checks a whole bundle.
 * @param {Files} files
 * @param {Crypto} c
 * @param {{ key?: string, witnesses?: string[], needWitnesses?: number, seen?: { name: string, text: string }[], progress?: (done: number, of: number) => void, most?: number }} [options]
 */
export async function verifyBundle(files, c, options = {}) {
  /** @type {Fault[]} */
  const faults = [];
  const t = trees(c);
  let checkedFigures = 0;
  let checkedEvidence = 0;
  const most = options.most ?? 100;
  /** @param {string} what @param {string} where @param {string} why @param {number} [index] */
  const fault = (what, where, why, index) => {
    if (faults.length < most) faults.push(index === undefined ? { what, where, why } : { what, where, why, index });
  };
  /** @param {string} path @returns {Promise<any>} */
  const json = async (path) => {
    const bytes = await files.read(path);
    if (bytes === undefined) return undefined;
    try {
      return JSON.parse(text.decode(bytes));
    } catch {
      fault('manifest', path, 'it is not JSON');
      return undefined;
    }
  };

  /** Entries of a list that hold these texts; others are named. @param {string} path @param {string[]} names @returns {Promise<any[] | undefined>} */
  const listOf = async (path, names) => {
    const all = await json(path);
    if (all === undefined) return undefined;
    if (!Array.isArray(all)) fault('manifest', path, 'it is not a list');
    return (Array.isArray(all) ? all : []).filter((entry, i) => {
      const whole = entry !== null && typeof entry === 'object' && names.every((name) => typeof entry[name] === 'string');
      if (!whole) fault('manifest', `${path}[${i}]`, `it does not hold ${names.join(', ')}`);
      return whole;
    });
  };

  /** @type {any} */
  let head = null;
  /** @type {any[]} */
  let witnesses = [];
  const tree = growing(t, c);
  let replay = new Replay();
  /** Entries that figures depend on: how long the log was with each, and when it was recorded. @type {{ sizes: number[], times: number[] }} */
  const counted = { sizes: [], times: [] };
  /** @type {Map<number, { root: Uint8Array, where: string, text: string }>} */
  const older = new Map();
  /** What was recomputed, by what was asked. @type {Map<string, any>} */
  const recomputed = new Map();
  const manifest = await json('bundle.json');
  if (manifest?.format !== 'clearzero-bundle/2') {
    const older = manifest?.format === 'clearzero-bundle/1' ? 'it was exported by an earlier release: check it with the verifier that came with it' : `its format ${manifest?.format} is unknown`;
    fault('manifest', 'bundle.json', manifest === undefined ? 'it is missing or unreadable' : older);
    return result();
  }
  const key = options.key ?? manifest.key;
  const noteBytes = await files.read('checkpoint');
  const note = noteBytes === undefined ? '' : new TextDecoder().decode(noteBytes);
  head = noteBytes === undefined ? { fault: 'it is missing' } : await checkCheckpoint(c, note, String(key));
  if (head.fault !== undefined || head.root === undefined) {
    fault('checkpoint', 'checkpoint', head.fault ?? 'it cannot be read');
    return result();
  }
  if (manifest.key !== key) fault('manifest', 'bundle.json', 'it names another key than the one that was given');
  if (head.size !== manifest.size) fault('manifest', 'bundle.json', `it says ${manifest.size} entries, the checkpoint ${head.size}`);
  if (head.origin !== manifest.origin) fault('manifest', 'bundle.json', `it says the log is ${manifest.origin}, the checkpoint ${head.origin}`);
  witnesses = await checkWitnesses(c, /** @type {any} */ (head), options.witnesses ?? []);
  if (witnesses.length < (options.needWitnesses ?? 0)) {
    fault('checkpoint', 'checkpoint', `${witnesses.length} of ${options.needWitnesses} witnesses have signed it`);
  }

  await checkManifest();
  for (const [path, sha256] of Object.entries(manifest.files ?? {})) {
    const bytes = await files.read(path);
    if (bytes === undefined) fault('manifest', path, 'it is missing');
    else if (hex(c.sha256(bytes)) !== sha256) fault('manifest', path, 'it is not the file that bundle.json names');
  }

  // Older checkpoints: each signed, never two roots for one size.
  const list = await json('checkpoints.json');
  if (list !== undefined && !Array.isArray(list)) fault('checkpoint', 'checkpoints.json', 'it is not a list');
  for (const [i, entry] of (Array.isArray(list) ? list : []).entries()) {
    const where = `checkpoints.json[${i}]`;
    const was = await checkCheckpoint(c, String(entry), String(key));
    if (was.fault !== undefined || was.root === undefined) fault('checkpoint', where, was.fault ?? 'it cannot be read');
    else if (was.size > head.size) fault('checkpoint', where, `it is of ${was.size} entries, the newest of ${head.size}`);
    else if (older.has(was.size) && !equal(/** @type {any} */ (older.get(was.size)).root, was.root)) fault('checkpoint', where, `two roots were signed for ${was.size} entries`);
    else older.set(was.size, { root: was.root, where, text: was.text });
  }
  older.set(head.size, { root: head.root, where: 'checkpoint', text: head.text });
  await checkAnchors();
  const promised = await readSeen();

  const definitions = await definitionsOf();
  const claims = await claimsOf();

  replay = new Replay(manifest.marksFrom);
  // Entries, one bundle after the other, against the tiles beside them.
  /** @type {{ done: number, hashes: Uint8Array[] }[]} */
  const above = [];
  /** The n-th bundle of entries, and the tile of their hashes. @param {number | undefined} n @returns {Promise<(Uint8Array | undefined)[]>} */
  const read = (n) => Promise.all(n === undefined ? [] : ['entries', 0].map((level) => files.read(tileFile(level, n, head.size))));
  let ahead = read(0);
  for (let n = 0; n * width < head.size; n++) {
    const fill = Math.min(width, head.size - n * width);
    const where = tileFile('entries', n, head.size);
    const [bytes, tile] = await ahead;
    // While one is looked at, the next one is read.
    ahead = read((n + 1) * width < head.size ? n + 1 : undefined);
    const entries = bytes === undefined ? undefined : unpack(bytes);
    const tileWhere = tileFile(0, n, head.size);
    if (tile === undefined || tile.length !== fill * 32) fault('tile', tileWhere, tile === undefined ? 'it is missing' : `it has ${tile.length} bytes, not ${fill * 32}`);
    if (entries === undefined) {
      fault('entry', where, bytes === undefined ? 'the bundle is missing' : 'its lengths do not add up', n * width);
      return result();
    }
    if (entries.length !== fill) fault('entry', where, `it holds ${entries.length} entries, not ${fill}`, n * width + Math.min(entries.length, fill));
    const hashes = [];
    for (const [i, entry] of entries.slice(0, fill).entries()) {
      const index = n * width + i;
      const hash = t.leaf(entry);
      hashes.push(hash);
      if (tile !== undefined && tile.length === fill * 32 && !equal(tile.subarray(i * 32, i * 32 + 32), hash)) {
        fault('entry', `entry ${index}`, `its content has another hash than ${tileWhere} gives it`, index);
      }
      tree.push(hash);
      if (promised.size > 0) promised.delete(hex(hash));
      const read = await readAct(entry, index);
      const act = read?.act;
      if (act !== undefined) {
        const wrong = safely(() => replay.take(act, read?.body));
        if (wrong !== undefined) fault('entry', `entry ${index}`, wrong, index);
        if (replay.clockOf(act) === 'records') {
          counted.sizes.push(index + 1);
          counted.times.push(Date.parse(act.recordedAt));
        }
        if (act.campaign !== manifest.campaign) fault('entry', `entry ${index}`, `it is of campaign ${act.campaign}`, index);
      } else replay.size++;
      const signed = older.get(tree.size);
      if (signed !== undefined && !equal(signed.root, tree.root())) {
        fault('checkpoint', signed.where, `the first ${tree.size} entries have another root than it signs`);
      }
      claimsAt(tree.size);
    }
    if (hashes.length === width) await climb(1, t.root(hashes));
    options.progress?.(tree.size, head.size);
  }
  if (tree.size !== head.size) fault('checkpoint', 'checkpoint', `it signs ${head.size} entries; there are ${tree.size}`);
  for (const [level, up] of above.entries()) if (up !== undefined && up.hashes.length > 0) await checkTile(level, up.done, up.hashes);
  for (const { index, why } of replay.finish()) fault('entry', `entry ${index}`, why, index);
  if ((replay.marksFrom ?? 0) !== manifest.marksFrom) {
    fault('manifest', 'bundle.json', `it says that acts carry marks from entry ${manifest.marksFrom} on, the log from entry ${replay.marksFrom ?? 0} on`);
  }
  for (const [, { name, act }] of promised) fault('seen', name, `the act ${act} that it says was taken in is not in this log: one of the two was cut or forged`);
  for (const claim of claims) {
    if (!claim.done) fault('figure', claim.where, `its log position ${claim.figure.logSize} is not in this log`);
    else checkInstant(claim.figure, claim.where, undefined);
  }
  await checkPublished();
  await checkEvidence();
  if (replay.settings !== undefined && replay.settings.mode !== manifest.mode) {
    fault('manifest', 'bundle.json', `it calls the campaign ${manifest.mode}; it was opened as ${replay.settings.mode}`);
  }
  await checkPersonal();
  return result();

  /** The manifest's signature, and every file that it names. */
  async function checkManifest() {
    const bytes = await files.read('bundle.note');
    const signed = bytes === undefined ? { fault: 'it is missing' } : await checkSigned(c, new TextDecoder().decode(bytes), String(key));
    const own = await files.read('bundle.json');
    const expected = own === undefined ? '' : `clearzero.bundle/v2\n${head.origin}\n${head.size}\n${base64(c.sha256(own))}\n`;
    if (signed.fault !== undefined) fault('manifest', 'bundle.note', signed.fault);
    else if (/** @type {any} */ (signed).text !== expected) fault('manifest', 'bundle.json', 'it is not what was signed: something was taken out of the bundle, or put in');
    const named = manifest.files === null || typeof manifest.files !== 'object' ? {} : manifest.files;
    for (const path of ['checkpoints.json', 'anchors.json', 'definitions.json', 'figures.json']) if (named[path] === undefined) fault('manifest', 'bundle.json', `it does not name ${path}`);
    for (const [path, sha256] of Object.entries(named)) {
      const found = await files.read(path);
      if (found === undefined) fault('manifest', path, 'it is missing');
      else if (hex(c.sha256(found)) !== sha256) fault('manifest', path, 'it is not the file that bundle.json names');
    }
    if (!Number.isSafeInteger(manifest.marksFrom) || readInstant(manifest.upTo) === undefined) fault('manifest', 'bundle.json', 'it does not say how far it goes');
  }

  /** What others say is of a checkpoint that is here; of witnesses whose keys are known, it is theirs. */
  async function checkAnchors() {
    const list = (await listOf('anchors.json', ['kind', 'name', 'body'])) ?? [];
    for (const [i, a] of list.entries()) {
      const where = `anchors.json[${i}]`;
      const of = older.get(a.size);
      if (of === undefined) fault('anchor', where, `no checkpoint of ${a.size} entries is here`);
      const known = (options.witnesses ?? []).filter((vkey) => readKey(c, vkey)?.name === a.name);
      if (of === undefined || a.kind !== 'witness' || known.length === 0) continue;
      const note = readNote(`${of.text}\n${a.body}`);
      if (note === undefined || (await checkWitnesses(c, note, known)).length === 0) fault('anchor', where, `it is not a signature of ${a.name}`);
    }
  }

  /** What somebody kept: checkpoints join those of the bundle, receipts are looked for among its entries. */
  async function readSeen() {
    /** @type {Map<string, { name: string, act: string }>} */
    const out = new Map();
    for (const { name, text: kept } of options.seen ?? []) {
      const note = keptNote(kept);
      const receipt = note.startsWith('clearzero.receipt/v1\n') ? await checkReceipt(c, note, String(key)) : undefined;
      if (receipt !== undefined) {
        if (receipt.hashes === undefined) fault('seen', name, receipt.fault ?? 'it cannot be read');
        for (const hash of receipt.hashes ?? []) out.set(hex(hash), { name, act: String(receipt.act) });
        continue;
      }
      const was = await checkCheckpoint(c, note, String(key));
      if (was.fault !== undefined || was.root === undefined) fault('seen', name, was.fault ?? 'it cannot be read');
      else if (was.size > head.size) fault('seen', name, `it signs ${was.size} entries, and this bundle holds ${head.size}: it was cut`);
      else if (older.has(was.size) && !equal(/** @type {any} */ (older.get(was.size)).root, was.root)) fault('seen', name, `two roots were signed for ${was.size} entries`);
      else older.set(was.size, { root: was.root, where: name, text: was.text });
    }
    return out;
  }

  /** How long the log was with the last entry that is recorded at or before an instant and that figures depend on. @param {number} at */
  function sizeAt(at) {
    return counted.sizes[firstAfter(counted.times, at) - 1] ?? 0;
  }

  /** Instant and position belong together: the last entry was recorded by then, the next one after it. @param {any} f @param {string} where @param {number | undefined} index */
  function checkInstant(f, where, index) {
    const asOf = readInstant(f.asOf);
    if (asOf === undefined) return fault('figure', where, `its instant ${f.asOf} cannot be read`, index);
    if (!Number.isSafeInteger(f.logSize) || f.logSize < 1 || f.logSize > head.size) return fault('figure', where, `its log position ${f.logSize} is not in this log`, index);
    const behind = firstAfter(counted.sizes, f.logSize);
    const last = counted.times[behind - 1];
    const next = counted.times[behind];
    if (last === undefined || last > asOf) return fault('figure', where, `entry ${(counted.sizes[behind - 1] ?? f.logSize) - 1}, the last that it counts, was recorded after ${f.asOf}`, index);
    if (next !== undefined && next <= asOf) return fault('figure', where, `entry ${/** @type {number} */ (counted.sizes[behind]) - 1}, which it does not count, was recorded by ${f.asOf}`, index);
    if (next === undefined && (readInstant(manifest.upTo) ?? 0) < asOf) return fault('figure', where, `the bundle ends before ${f.asOf}`, index);
    return undefined;
  }

  /** @param {() => string | undefined} work */
  function safely(work) {
    try {
      return work();
    } catch (error) {
      return `it cannot be followed: ${error instanceof Error ? error.message : error}`;
    }
  }

  /** The root of a full tile stands in the tile above it. @param {number} level @param {Uint8Array} hash */
  async function climb(level, hash) {
    const up = (above[level] ??= { done: 0, hashes: [] });
    up.hashes.push(hash);
    if (up.hashes.length < width) return;
    await checkTile(level, up.done, up.hashes);
    const root = t.root(up.hashes);
    above[level] = { done: up.done + 1, hashes: [] };
    await climb(level + 1, root);
  }

  /** @param {number} level @param {number} n @param {Uint8Array[]} hashes */
  async function checkTile(level, n, hashes) {
    const where = tileFile(level, n, head.size);
    const bytes = await files.read(where);
    if (bytes === undefined || bytes.length !== hashes.length * 32) return fault('tile', where, bytes === undefined ? 'it is missing' : 'its length is wrong');
    const bad = hashes.findIndex((h, i) => !equal(bytes.subarray(i * 32, i * 32 + 32), h));
    const below = n * width + bad;
    if (bad >= 0) fault('tile', where, `hash ${bad} is not that of tile ${level - 1}/${below} and the entries below it`, below * width ** level);
    return undefined;
  }

  /** @param {Uint8Array} entry @param {number} index @returns {Promise<{ act: any, body?: string } | undefined>} */
  async function readAct(entry, index) {
    let act;
    let body;
    try {
      body = text.decode(entry);
      act = JSON.parse(body);
    } catch {
      fault('entry', `entry ${index}`, 'it is not JSON in UTF-8', index);
      return undefined;
    }
    const held = act === null || typeof act !== 'object' ? undefined : (act.payloadDigest ?? act.payload);
    if (held === null || typeof held !== 'object' || (act.payloadDigest === undefined) === (act.payload === undefined)) {
      fault('entry', `entry ${index}`, 'it is not an act', index);
      return undefined;
    }
    if (JSON.stringify(act) !== body && canonical(act) !== body) fault('entry', `entry ${index}`, 'it is not in canonical form', index);
    if (act.payloadDigest !== undefined) {
      const { sha256, bytes } = act.payloadDigest;
      const where = `payloads/${sha256}.json`;
      const payload = await files.read(where);
      if (payload === undefined) fault('entry', where, 'the payload of an entry is missing', index);
      else if (hex(c.sha256(payload)) !== sha256 || payload.length !== bytes) fault('entry', where, 'it has another hash than its entry gives it', index);
      else {
        const { payloadDigest: _, ...rest } = act;
        return { act: { ...rest, payload: JSON.parse(text.decode(payload)) } };
      }
      return undefined;
    }
    return { act, body };
  }

  async function definitionsOf() {
    /** @type {Map<string, any>} */
    const out = new Map();
    for (const d of (await listOf('definitions.json', ['id'])) ?? []) out.set(`${d.id}@${d.version}`, d);
    return out;
  }

  /** Figures that are stated beside the log; each is looked at where the log stood. */
  async function claimsOf() {
    const all = (await listOf('figures.json', ['id', 'asOf'])) ?? [];
    return all.map((figure, i) => ({ figure, where: `figures.json[${i}] ${figure.id}`, done: false }));
  }

  /** @param {any} f */
  function asked(f) {
    return canonical([f.id, f.version, f.filter ?? {}, f.asOf, f.logSize]);
  }
  /** @param {any} f */
  function definitionOf(f) {
    return definitions.get(`${f.id}@${f.version}`) ?? replay.definitions.find((d) => d.payload.id === f.id && d.payload.version === f.version)?.payload;
  }

  /** Computes the figures whose place in the log has been reached. @param {any[]} figures @param {Replay} over */
  function recompute(figures, over) {
    /** @type {Map<number, any[]>} */
    const byInstant = new Map();
    for (const f of figures) {
      const definition = definitionOf(f);
      if (definition === undefined || definition.estimate !== undefined || recomputed.has(asked(f))) continue;
      const asOf = Date.parse(f.asOf);
      byInstant.set(asOf, [...(byInstant.get(asOf) ?? []), { f, definition, filter: f.filter ?? {} }]);
    }
    for (const [asOf, plans] of byInstant) {
      const found = over.figures(plans, asOf);
      for (const [i, plan] of plans.entries()) recomputed.set(asked(plan.f), found[i]);
    }
    return undefined;
  }

  /** @param {number} size */
  function claimsAt(size) {
    const here = claims.filter((x) => !x.done && x.figure.logSize === size);
    if (here.length === 0) return;
    safely(() => recompute(here.map((x) => x.figure), replay));
    for (const claim of here) {
      claim.done = true;
      checkFigure(claim.figure, claim.where, undefined);
    }
  }

  /** @param {any} f @param {string} where @param {number | undefined} index */
  function checkFigure(f, where, index) {
    checkedFigures++;
    const definition = definitionOf(f);
    if (definition === undefined) return fault('definition', where, `definition ${f.id}, version ${f.version}, is missing`, index);
    if (f.definitionHash !== undefined && definitionHash(c, definition) !== f.definitionHash) {
      return fault('definition', `${f.id}@${f.version}`, 'its text has another hash than the published figure names', index);
    }
    if (f.unit !== undefined && f.unit !== definition.unit) return fault('figure', where, `its unit is ${definition.unit}, not ${f.unit}`, index);
    if (definition.estimate !== undefined) return undefined;
    const found = recomputed.get(asked(f));
    if (found === undefined) return fault('figure', where, `its log position ${f.logSize} is not in this log`, index);
    if (found.numerator !== f.numerator) return fault('figure', where, `the log gives ${found.numerator}, not ${f.numerator}`, index);
    if (found.denominator !== (f.denominator ?? null)) return fault('figure', where, `the log gives the denominator ${found.denominator}, not ${f.denominator}`, index);
    const value = found.denominator === null ? found.numerator : found.denominator === 0 ? null : found.numerator / found.denominator;
    if (f.value !== undefined && f.value !== value) return fault('figure', where, `the log gives ${value}, not ${f.value}`, index);
    if (f.recordsRoot && recordsRoot(c, found.numeratorIds) !== f.recordsRoot) return fault('figure', where, 'it counts other records than it names', index);
    if (f.denominatorRoot && recordsRoot(c, found.denominatorIds) !== f.denominatorRoot) return fault('figure', where, 'its denominator counts other records than it names', index);
    return undefined;
  }

  /** Figures frozen in released bulletins. What has not been recomputed on the way is in a second walk through the log. */
  async function checkPublished() {
    const wanted = [];
    for (const p of replay.published) {
      if (p.act.kind === 'FiguresPublished') checkReleased(p.index, p.act);
      const { figures, checkpoint } = p.act.payload;
      const where = `bulletin at entry ${p.index}`;
      for (const f of p.act.kind === 'BulletinReleased' ? figures : []) wanted.push({ f, where: `${where}: ${f.id} as of ${f.asOf}`, index: p.index });
      if (checkpoint === null || checkpoint === undefined) continue;
      const was = await checkCheckpoint(c, checkpoint.note, String(key));
      if (was.fault !== undefined) fault('checkpoint', where, was.fault, p.index);
      else if (was.size !== undefined && was.size > p.index) fault('checkpoint', where, 'it quotes a log longer than it was', p.index);
    }
    const missing = wanted.filter((w) => !recomputed.has(asked(w.f)));
    const positions = [...new Set(missing.map((w) => w.f.logSize))].sort((a, b) => a - b);
    const again = new Replay();
    for (let n = 0; positions.length > 0 && n * width < head.size; n++) {
      const bytes = await files.read(tileFile('entries', n, head.size));
      for (const [i, entry] of (bytes === undefined ? [] : (unpack(bytes) ?? [])).entries()) {
        const act = (await readAct(entry, n * width + i))?.act;
        if (act !== undefined) safely(() => again.take(act));
        if (positions[0] !== n * width + i + 1) continue;
        const at = positions.shift();
        safely(() => recompute(missing.filter((w) => w.f.logSize === at).map((w) => w.f), again));
      }
    }
    for (const w of wanted) {
      checkInstant(w.f, w.where, w.index);
      checkFigure(w.f, w.where, w.index);
    }
  }

  /** Every figure that the log says was published is in the bundle. @param {number} index @param {any} act */
  function checkReleased(index, act) {
    const asOf = readInstant(act.payload.asOf);
    if (asOf === undefined) return;
    const size = sizeAt(asOf);
    const stated = new Set(claims.filter((x) => x.figure.logSize === size && canonical(x.figure.filter ?? {}) === '{}').map((x) => x.figure.id));
    const late = new Set(replay.definitions.filter((d) => d.recorded > asOf).map((d) => d.payload.id));
    const all = [...definitions.values()].filter((d) => d.estimate === undefined && !late.has(d.id)).map((d) => d.id);
    const missing = [...new Set(act.payload.figures ?? all)].filter((id) => !stated.has(id));
    if (size > 0 && missing.length > 0) fault('figure', `publication at entry ${index}`, `figures.json does not state ${missing.slice(0, 5).join(', ')} as of ${act.payload.asOf}`, index);
  }

  async function checkEvidence() {
    const objects = await listOf('evidence.json', ['sha256']);
    const named = new Set();
    for (const o of objects ?? []) {
      const where = `evidence/${o.sha256.slice(0, 2)}/${o.sha256.slice(2, 4)}/${o.sha256}`;
      named.add(where);
      const bytes = await files.read(where);
      checkedEvidence++;
      if (bytes === undefined) fault('evidence', where, 'it is missing');
      else if (bytes.length !== o.bytes || hex(c.sha256(bytes)) !== o.sha256) fault('evidence', where, 'its bytes are not those of its name');
      if (!replay.evidence.has(o.sha256)) fault('evidence', where, 'no act says that it was received');
    }
    for (const path of await files.list('evidence')) if (!named.has(path)) fault('evidence', path, 'nothing names it');
    if (objects !== undefined) for (const sha of replay.evidence) if (!named.has(`evidence/${sha.slice(0, 2)}/${sha.slice(2, 4)}/${sha}`)) fault('evidence', sha, 'an act says it was received; it is not here');
  }

  /** Names that are given open their commitments, and only erased ones are missing. */
  async function checkPersonal() {
    const rows = await listOf('personal.json', ['commitment', 'salt', 'value', 'subject']);
    if (rows === undefined) return;
    const known = new Set(rows.map((row) => row.commitment));
    for (const sealed of replay.sealed.keys()) {
      if (!known.has(sealed) && !replay.erasedNames.has(sealed)) fault('personal', sealed, 'its name is missing, and no act says that it was erased');
    }
    for (const row of rows) {
      const tag = utf8.encode('clearzero personal 1\n');
      const salt = unhex(row.salt);
      const value = utf8.encode(row.value);
      const all = new Uint8Array(tag.length + salt.length + value.length);
      all.set(tag);
      all.set(salt, tag.length);
      all.set(value, tag.length + salt.length);
      if (hex(c.sha256(all)) !== row.commitment) fault('personal', row.commitment, 'the name does not open its commitment');
      const about = replay.sealed.get(row.commitment);
      if (about !== undefined && about !== row.subject) fault('personal', row.commitment, 'it is said to be about somebody else than in the acts');
    }
  }

  function result() {
    return {
      ok: faults.length === 0,
      campaign: manifest?.campaign ?? null,
      origin: head?.origin ?? manifest?.origin ?? null,
      size: head?.size ?? null,
      root: head?.root === undefined ? null : base64(head.root),
      entries: tree?.size ?? 0,
      figures: checkedFigures,
      evidence: checkedEvidence,
      erased: replay.erasedNames.size,
      checkpoints: older?.size ?? 0,
      witnesses: witnesses ?? [],
      first: faults[0] ?? null,
      faults,
    };
  }
}

/** The note in what somebody kept: the note itself, a proof that ends with one, or an answer that holds one. @param {string} kept */
function keptNote(kept) {
  try {
    const { receipt, note, checkpoint } = JSON.parse(kept);
    return String(receipt ?? note ?? checkpoint);
  } catch {
    const blank = kept.startsWith('c2sp.org/tlog-proof@v1\n') ? kept.indexOf('\n\n') : -1;
    return blank < 0 ? kept : kept.slice(blank + 2);
  }
}

// ---------------------------------------------------------------- on the command line

/** Node's own cryptography. @returns {Promise<Crypto>} */
export async function nodeCrypto() {
  const { createHash, createPublicKey, hash, verify } = await import('node:crypto');
  const prefix = Buffer.from('302a300506032b6570032100', 'hex');
  return {
    sha256: hash === undefined ? (bytes) => createHash('sha256').update(bytes).digest() : (bytes) => hash('sha256', bytes, 'buffer'),
    ed25519: (key, message, signature) =>
      verify(null, message, createPublicKey({ key: Buffer.concat([prefix, key]), format: 'der', type: 'spki' }), signature),
  };
}

/** Files of a folder. @param {string} folder @returns {Promise<Files>} */
export async function folderFiles(folder) {
  const { readFile, readdir } = await import('node:fs/promises');
  const { join, relative } = await import('node:path');
  return {
    read: (path) => readFile(join(folder, path)).catch(() => undefined),
    list: async (sub) => {
      const found = await readdir(join(folder, sub), { recursive: true, withFileTypes: true }).catch(() => []);
      return found.filter((e) => e.isFile()).map((e) => relative(folder, join(e.parentPath ?? e.path, e.name)).replaceAll('\\', '/')).sort();
    },
  };
}

/** @param {Awaited<ReturnType<typeof verifyBundle>>} r */
export function inWords(r) {
  const lines = [
    r.ok ? `OK  ${r.origin}: everything holds` : `BAD ${r.origin ?? 'bundle'}: ${r.faults.length} fault${r.faults.length === 1 ? '' : 's'}`,
    `    ${r.entries} entries replayed of ${r.size ?? '?'}; root ${r.root ?? '?'}; ${r.checkpoints} checkpoints`,
    `    ${r.figures} figures recomputed, ${r.evidence} evidence files; ${r.erased} personal values erased`,
    ...r.witnesses.map((w) => `    witnessed by ${w.name} at ${w.at}`),
    ...r.faults.slice(0, 20).map((f, i) => `${i === 0 ? '  1.' : '    '} ${f.what}: ${f.where}: ${f.why}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** What is said of a bundle that breaks the verifier: it does not hold. @param {unknown} error @returns {Awaited<ReturnType<typeof verifyBundle>>} */
function unreadable(error) {
  const first = { what: 'bundle', where: 'the whole of it', why: `it cannot be followed: ${error instanceof Error ? error.message : error}` };
  return { ok: false, campaign: null, origin: null, size: null, root: null, entries: 0, figures: 0, evidence: 0, erased: 0, checkpoints: 0, witnesses: [], first, faults: [first] };
}

/** @param {string[]} args */
async function main(args) {
  const { readFileSync, statSync } = await import('node:fs');
  /** @type {{ witnesses: string[], seen: string[], key?: string, json?: boolean, folder?: string }} */
  const o = { witnesses: [], seen: [] };
  for (let i = 0; i < args.length; i++) {
    const a = /** @type {string} */ (args[i]);
    if (a === '--key' && args[i + 1] !== undefined) o.key = args[++i];
    else if (a === '--witness' && args[i + 1] !== undefined) o.witnesses.push(/** @type {string} */ (args[++i]));
    else if (a === '--seen' && args[i + 1] !== undefined) o.seen.push(/** @type {string} */ (args[++i]));
    else if (a === '--json') o.json = true;
    else if (!a.startsWith('-') && o.folder === undefined) o.folder = a;
    else o.folder = '';
  }
  if (!o.folder) {
    process.stderr.write('usage: node clearzero-verify.mjs BUNDLE [--key NAME+HASH+KEY] [--witness NAME+HASH+KEY]... [--seen FILE]... [--json]\n');
    return 2;
  }
  try {
    if (!statSync(o.folder).isDirectory()) throw new Error('it is not a folder');
  } catch (error) {
    process.stderr.write(`${o.folder}: ${error instanceof Error ? error.message : error}\n`);
    return 3;
  }
  /** @type {{ name: string, text: string }[]} */
  const seen = [];
  for (const name of o.seen) {
    try {
      seen.push({ name, text: readFileSync(name, 'utf8') });
    } catch (error) {
      process.stderr.write(`${name}: ${error instanceof Error ? error.message : error}\n`);
      return 2;
    }
  }
  const r = await verifyBundle(await folderFiles(o.folder), await nodeCrypto(), {
    witnesses: o.witnesses,
    seen,
    needWitnesses: o.witnesses.length,
    ...(o.key === undefined ? {} : { key: o.key }),
  }).catch((error) => unreadable(error));
  process.stdout.write(o.json === true ? `${JSON.stringify(r)}\n` : inWords(r));
  if (o.key === undefined && o.json !== true) process.stdout.write('    the key came with the bundle: compare it with the one that is published, or give it with --key\n');
  return r.ok ? 0 : 1;
}

if (typeof process !== 'undefined' && process.argv?.[1] !== undefined && import.meta.url.endsWith('/clearzero-verify.mjs')) {
  const { pathToFileURL } = await import('node:url');
  const { realpathSync } = await import('node:fs');
  let own = false;
  try {
    own = pathToFileURL(realpathSync(process.argv[1])).href === import.meta.url;
  } catch {
    own = false;
  }
  if (own) process.exitCode = await main(process.argv.slice(2));
}
