#!/usr/bin/env node
// Checks a bundle exported from Clearzero: the signed log, every act in it, every published figure, every draw and the evidence.
// One file, Node 20 or newer, nothing else: no database, no server, no code of the product. The same file runs in a browser.
//
//   node clearzero-verify.mjs BUNDLE [--key NAME+HASH+KEY] [--witness NAME+HASH+KEY]... [--json]
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

/** Checks a checkpoint's signature. @param {Crypto} c @param {string} note @param {string} vkey */
export async function checkCheckpoint(c, note, vkey) {
  const key = readKey(c, vkey);
  const parsed = readNote(note);
  if (key === undefined) return { fault: 'the key cannot be read' };
  if (parsed === undefined) return { fault: 'it is not a signed note' };
  const signature = parsed.signatures.find((s) => s.name === key.name && s.id === key.id);
  if (signature === undefined) return { fault: `it carries no signature of ${key.name}` };
  if (!(await c.ed25519(key.key, utf8.encode(parsed.text), signature.bytes))) return { fault: `its signature of ${key.name} is wrong` };
  const [origin, size, root] = parsed.text.split('\n');
  const bytes = root === undefined ? undefined : unbase64(root);
  if (size === undefined || !/^(0|[1-9]\d{0,15})$/.test(size) || bytes?.length !== 32) return { fault: 'it is not a checkpoint' };
  if (origin !== key.name) return { fault: `it is of another log, ${origin}` };
  return { origin, size: Number(size), root: bytes, signatures: parsed.signatures, text: parsed.text };
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

// ---------------------------------------------------------------- replay

/** What may follow what, by state of the problem (the chart of the product's description). */
const chart = {
  ProblemConfirmed: [['found'], 'confirmed'],
  ProblemNotFounded: [['found', 'confirmed'], 'notFounded'],
  ProblemSupervised: [['confirmed'], 'supervised'],
  ProblemPlanned: [['supervised', 'planned'], 'planned'],
  RectificationStarted: [['planned', 'returned'], 'rectifying'],
  RectificationStaged: [['rectifying', 'staged'], 'staged'],
  RectificationClaimed: [['rectifying', 'staged'], 'claimed'],
  ProblemChecked: [['claimed'], 'checked'],
  ProblemReturned: [['claimed', 'checked', 'accepted'], 'returned'],
  ProblemAccepted: [['checked'], 'accepted'],
  ProblemCleared: [['accepted'], 'cleared'],
  ProblemWatched: [['cleared'], 'watched'],
  ProblemSettled: [['watched'], 'settled'],
  ProblemSplit: [['found', 'confirmed'], 'split'],
  ProblemRebounded: [['cleared', 'watched', 'settled'], 'rebounded'],
  ProblemWithdrawn: [['confirmed', 'supervised', 'planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked'], 'withdrawn'],
  ProblemMerged: [['confirmed', 'supervised', 'planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked'], 'merged'],
};

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
  /** @type {{ index: number, act: any }[]} */
  draws = [];
  size = 0;
  lastRecorded = -Infinity;
  ids = new Set();
  /** Hashes of files that acts say were received or derived. */
  evidence = new Set();
  /** Commitments to names of persons, and those that were erased. */
  sealed = new Set();
  erasedNames = new Set();

  /**
   * Takes one act in; what is wrong with it, or undefined.
   * @param {any} act
   * @returns {string | undefined}
   */
  take(act) {
    const at = Date.parse(act.recordedAt);
    const done = Date.parse(act.happenedAt);
    const index = this.size++;
    if (typeof act.id !== 'string' || typeof act.kind !== 'string' || Number.isNaN(at) || Number.isNaN(done)) return 'it is not an act';
    if (this.ids.has(act.id)) return `the act ${act.id} stands in the log twice`;
    this.ids.add(act.id);
    if (at < this.lastRecorded) return 'it was recorded before the entry before it';
    this.lastRecorded = at;
    if (done > at) return 'it happened after it was recorded';
    let s = this.streams.get(act.streamId);
    if (s === undefined) {
      s = { id: act.streamId, stream: act.stream, seq: 0 };
      this.streams.set(act.streamId, s);
    }
    if (s.stream !== act.stream) return `its stream was a ${s.stream} before`;
    if (act.seq !== s.seq + 1) return `it is number ${act.seq} of its stream, after number ${s.seq}`;
    s.seq = act.seq;
    for (const hash of commitmentsIn(act)) this.sealed.add(hash);
    return this.fold(s, act, at, done, index);
  }

  /** @param {any} s @param {any} act @param {number} at @param {number} done @param {number} index @returns {string | undefined} */
  fold(s, act, at, done, index) {
    const p = act.payload;
    switch (act.stream) {
      case 'campaign':
        if (act.kind === 'CampaignOpened') {
          this.settings = { ...p, aspects: [...p.aspects] };
          this.own = p.facts.length === 0;
        } else if (act.kind === 'AspectDefined') this.settings.aspects.push(p);
        else if (act.kind === 'FigureDefined') this.definitions.push(p);
        else if (act.kind === 'PersonalDataErased') for (const x of p.commitments) this.erasedNames.add(String(x).slice(7));
        return undefined;
      case 'problem':
        return foldProblem(s, act, p, at, done);
      case 'case':
        if (act.kind === 'CaseFiled') Object.assign(s, { place: p.place, amount: 0 });
        else if (act.kind === 'PenaltyDecided') Object.assign(s, { decided: true, amount: s.amount + p.amountFen });
        else if (act.kind === 'DailyFineDecided') s.amount += p.amountFen;
        else if (act.kind === 'MeasureDecided') s.measure ??= p.measure;
        else if (act.kind === 'PenaltyRevoked') s.revoked = true;
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
        if (act.kind === 'BulletinReleased') {
          this.published.push({ index, act });
          for (const a of p.artefacts) this.evidence.add(a.sha256);
        }
        return undefined;
      case 'evidence':
        if (act.kind === 'EvidenceReceived' || act.kind === 'RenditionDerived') this.evidence.add(p.sha256);
        return undefined;
      case 'draw':
        this.draws.push({ index, act });
        return undefined;
      default:
        foldRest(s, act, p);
        if (act.kind === 'FiguresPublished') this.published.push({ index, act });
        return undefined;
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

/** Texts of an act that name persons. @param {any} act @returns {string[]} */
function commitmentsIn(act) {
  const { members, officers, person, by } = act.payload;
  const inText = (/** @type {any} */ text) => /^sealed:([0-9a-f]{64})$/.exec(String(text))?.[1];
  // Since version 2 of payloads a commitment is a member of its own, and no text is taken for one.
  const inField = (/** @type {any} */ x) => (typeof x === 'object' && x !== null ? x.sealed : act.schema === 1 ? inText(x) : undefined);
  return [inText(act.actor.name), ...[members, officers, person, by].flat().map(inField)].filter((x) => x !== undefined);
}

/** @param {any} s @param {any} act @param {any} p @param {number} at @param {number} done @returns {string | undefined} */
function foldProblem(s, act, p, at, done) {
  if (act.kind === 'ProblemFound') {
    Object.assign(s, { state: 'found', place: p.place, aspect: p.aspect, type: p.type, batch: 0 });
    return undefined;
  }
  if (s.state === undefined) return 'its problem had not been found';
  const rule = /** @type {Record<string, any>} */ (chart)[act.kind];
  if (rule !== undefined) {
    if (!rule[0].includes(s.state)) return `${act.kind} cannot follow on ${s.state}`;
    s.state = rule[1];
  }
  if (act.kind === 'ProblemSupervised') Object.assign(s, { supervised: true, batch: p.batch, deadline: p.deadline });
  else if (act.kind === 'DeadlineExtended') s.deadline = p.deadline;
  else if (act.kind === 'RectificationClaimed') s.claimed = true;
  else if (act.kind === 'ProblemReturned') s.claimed = false;
  else if (act.kind === 'ProblemCleared') Object.assign(s, { cleared: at, clearedHappened: done });
  else if (act.kind === 'ProblemRebounded') s.rebounded = true;
  else if ((act.kind === 'ProblemWithdrawn' || act.kind === 'ProblemMerged') && p.proposedBy === act.actor.id) return 'one person proposed and decided it';
  return undefined;
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
 * @param {{ key?: string, witnesses?: string[], needWitnesses?: number, progress?: (done: number, of: number) => void, most?: number }} [options]
 */
export async function verifyBundle(files, c, options = {}) {
  /** @type {Fault[]} */
  const faults = [];
  const t = trees(c);
  let checkedFigures = 0;
  let checkedEvidence = 0;
  let checkedDraws = 0;
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

  /** @type {any} */
  let head = null;
  /** @type {any[]} */
  let witnesses = [];
  const tree = growing(t, c);
  const replay = new Replay();
  /** @type {Map<number, { root: Uint8Array, where: string }>} */
  const older = new Map();
  /** What was recomputed, by what was asked. @type {Map<string, any>} */
  const recomputed = new Map();
  const manifest = await json('bundle.json');
  if (manifest?.format !== 'clearzero-bundle/1') {
    fault('manifest', 'bundle.json', manifest === undefined ? 'it is missing or unreadable' : `its format ${manifest.format} is unknown`);
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

  if (manifest.files === null || typeof manifest.files !== 'object') fault('manifest', 'bundle.json', 'it names no files');
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
    else older.set(was.size, { root: was.root, where });
  }
  older.set(head.size, { root: head.root, where: 'checkpoint' });

  const definitions = await definitionsOf();
  const claims = await claimsOf();

  // Entries, one bundle after the other, against the tiles beside them.
  /** @type {{ done: number, hashes: Uint8Array[] }[]} */
  const above = [];
  for (let n = 0; n * width < head.size; n++) {
    const fill = Math.min(width, head.size - n * width);
    const where = tileFile('entries', n, head.size);
    const bytes = await files.read(where);
    const entries = bytes === undefined ? undefined : unpack(bytes);
    const tileWhere = tileFile(0, n, head.size);
    const tile = await files.read(tileWhere);
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
      const act = await readAct(entry, index);
      if (act !== undefined) {
        const wrong = safely(() => replay.take(act));
        if (wrong !== undefined) fault('entry', `entry ${index}`, wrong, index);
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
  for (const claim of claims) if (!claim.done) fault('figure', claim.where, `its log position ${claim.figure.logSize} is not in this log`);
  await checkPublished();
  checkedDraws = checkDraws();
  await checkEvidence();
  if (replay.settings !== undefined && replay.settings.mode !== manifest.mode) {
    fault('manifest', 'bundle.json', `it calls the campaign ${manifest.mode}; it was opened as ${replay.settings.mode}`);
  }
  await checkPersonal();
  return result();

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

  /** @param {Uint8Array} entry @param {number} index */
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
    if (JSON.stringify(act) !== body && canonical(act) !== body) fault('entry', `entry ${index}`, 'it is not in canonical form', index);
    if (act.payloadDigest !== undefined) {
      const { sha256, bytes } = act.payloadDigest;
      const where = `payloads/${sha256}.json`;
      const payload = await files.read(where);
      if (payload === undefined) fault('entry', where, 'the payload of an entry is missing', index);
      else if (hex(c.sha256(payload)) !== sha256 || payload.length !== bytes) fault('entry', where, 'it has another hash than its entry gives it', index);
      else act = { ...act, payload: JSON.parse(text.decode(payload)) };
    }
    if (act.payload === undefined) return undefined;
    return act;
  }

  async function definitionsOf() {
    /** @type {Map<string, any>} */
    const out = new Map();
    const all = await json('definitions.json');
    for (const d of Array.isArray(all) ? all : []) out.set(`${d.id}@${d.version}`, d);
    return out;
  }

  /** Figures that are stated beside the log; each is looked at where the log stood. */
  async function claimsOf() {
    const all = await json('figures.json');
    return (Array.isArray(all) ? all : []).map((figure, i) => ({ figure, where: `figures.json[${i}] ${figure.id}`, done: false }));
  }

  /** @param {any} f */
  function asked(f) {
    return canonical([f.id, f.version, f.filter ?? {}, f.asOf, f.logSize]);
  }
  /** @param {any} f */
  function definitionOf(f) {
    return definitions.get(`${f.id}@${f.version}`) ?? replay.definitions.find((d) => d.id === f.id && d.version === f.version);
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
        const act = await readAct(entry, n * width + i);
        if (act !== undefined) safely(() => again.take(act));
        if (positions[0] !== n * width + i + 1) continue;
        const at = positions.shift();
        safely(() => recompute(missing.filter((w) => w.f.logSize === at).map((w) => w.f), again));
      }
    }
    for (const w of wanted) checkFigure(w.f, w.where, w.index);
  }

  /** Draws: the sample again from the public seed (HMAC-SHA-256 over each id; the smallest win). */
  function checkDraws() {
    for (const d of replay.draws) {
      const { seed, population, sample } = d.act.payload;
      if (!Array.isArray(population) || !Array.isArray(sample) || typeof seed !== 'string') {
        fault('draw', `draw at entry ${d.index}`, 'it does not say from what it was drawn', d.index);
        continue;
      }
      const ranked = population.map((/** @type {string} */ id) => ({ id, rank: hex(hmac(c, utf8.encode(seed), utf8.encode(id))) })).sort((a, b) => (a.rank < b.rank ? -1 : 1));
      const again = ranked.slice(0, sample.length).map((x) => x.id);
      if (canonical([...again].sort()) !== canonical([...sample].sort())) fault('draw', `draw at entry ${d.index}`, 'the seed draws others than it names', d.index);
    }
    return replay.draws.length;
  }

  async function checkEvidence() {
    const objects = await json('evidence.json');
    const named = new Set();
    for (const o of Array.isArray(objects) ? objects : []) {
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
    const rows = await json('personal.json');
    if (rows === undefined) return;
    const known = new Set((Array.isArray(rows) ? rows : []).map((row) => row.commitment));
    for (const sealed of replay.sealed) {
      if (!known.has(sealed) && !replay.erasedNames.has(sealed)) fault('personal', sealed, 'its name is missing, and no act says that it was erased');
    }
    for (const row of Array.isArray(rows) ? rows : []) {
      const tag = utf8.encode('clearzero personal 1\n');
      const salt = unhex(row.salt);
      const value = utf8.encode(row.value);
      const all = new Uint8Array(tag.length + salt.length + value.length);
      all.set(tag);
      all.set(salt, tag.length);
      all.set(value, tag.length + salt.length);
      if (hex(c.sha256(all)) !== row.commitment) fault('personal', row.commitment, 'the name does not open its commitment');
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
      draws: checkedDraws,
      evidence: checkedEvidence,
      erased: replay.erasedNames.size,
      checkpoints: older?.size ?? 0,
      witnesses: witnesses ?? [],
      first: faults[0] ?? null,
      faults,
    };
  }
}

/** @param {Crypto} c @param {Uint8Array} key @param {Uint8Array} message */
function hmac(c, key, message) {
  const k = new Uint8Array(64);
  k.set(key.length > 64 ? c.sha256(key) : key);
  const inner = new Uint8Array(64 + message.length);
  inner.set(k.map((b) => b ^ 0x36));
  inner.set(message, 64);
  const outer = new Uint8Array(96);
  outer.set(k.map((b) => b ^ 0x5c));
  outer.set(c.sha256(inner), 64);
  return c.sha256(outer);
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
    `    ${r.figures} figures recomputed, ${r.draws} draws, ${r.evidence} evidence files; ${r.erased} personal values erased`,
    ...r.witnesses.map((w) => `    witnessed by ${w.name} at ${w.at}`),
    ...r.faults.slice(0, 20).map((f, i) => `${i === 0 ? '  1.' : '    '} ${f.what}: ${f.where}: ${f.why}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** @param {string[]} args */
async function main(args) {
  const { statSync } = await import('node:fs');
  /** @type {{ witnesses: string[], key?: string, json?: boolean, folder?: string }} */
  const o = { witnesses: [] };
  for (let i = 0; i < args.length; i++) {
    const a = /** @type {string} */ (args[i]);
    if (a === '--key' && args[i + 1] !== undefined) o.key = args[++i];
    else if (a === '--witness' && args[i + 1] !== undefined) o.witnesses.push(/** @type {string} */ (args[++i]));
    else if (a === '--json') o.json = true;
    else if (!a.startsWith('-') && o.folder === undefined) o.folder = a;
    else o.folder = '';
  }
  if (!o.folder) {
    process.stderr.write('usage: node clearzero-verify.mjs BUNDLE [--key NAME+HASH+KEY] [--witness NAME+HASH+KEY]... [--json]\n');
    return 2;
  }
  try {
    if (!statSync(o.folder).isDirectory()) throw new Error('it is not a folder');
  } catch (error) {
    process.stderr.write(`${o.folder}: ${error instanceof Error ? error.message : error}\n`);
    return 3;
  }
  const r = await verifyBundle(await folderFiles(o.folder), await nodeCrypto(), {
    witnesses: o.witnesses,
    needWitnesses: o.witnesses.length,
    ...(o.key === undefined ? {} : { key: o.key }),
  });
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
