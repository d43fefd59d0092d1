import type { Act } from '../domain/acts/act.ts';
import { draft } from '../domain/acts/act.ts';
import { addDays, dateOf, formatWithOffset, instant, type Instant } from '../domain/kernel/instant.ts';
import { usccCheck } from '../domain/sources/uscc.ts';
import { orgs, person } from './people.ts';
import type { SimulationPlan } from './plan.ts';
import { below, pick, seeded, uuidAt, weighted, type Random } from './random.ts';
import { happened, Recorder } from './recorder.ts';
import { countiesByCity, letterOf } from './slots.ts';
import { kindOf, unitName } from './texts.ts';
import { fromWork, toWork } from './work-time.ts';

/** A window (from, until] of a cumulative plan and how many fall into it. */
interface Window {
  readonly from: Instant;
  readonly until: Instant;
  readonly count: number;
}

function windows(start: Instant, steps: readonly { until: Instant; count: number }[]): Window[] {
  let from = start;
  let before = 0;
  return steps.map((s) => {
    const w = { from, until: s.until, count: s.count - before };
    from = s.until;
    before = s.count;
    return w;
  });
}

function within(r: Random, w: Window, offset: number): Instant {
  const a = toWork(w.from, offset) + 60_000;
  const b = toWork(w.until, offset) - 600_000;
  return fromWork(a + (b - a) * r.next(), offset);
}

function randomPlace(plan: SimulationPlan, r: Random, counties: ReadonlyMap<number, number[]>): number {
  return pick(r, counties.get(weighted(r, plan.cityWeights)) as number[]);
}

/** Invented code of a county that does not exist (149999), with a right check digit. */
function inventedUscc(r: Random): string {
  let body = '91149999MA';
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  while (body.length < 17) body += alphabet[below(r, 31)];
  return body + (usccCheck(body) as string);
}

export interface SourceSlot {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly place: number;
  readonly aspect: string;
  readonly at: Instant;
  readonly closedAt: Instant | null;
}

/** Sources with the time of their first inspection; the first ones of a window are scattered polluters that are closed in it. */
export function sourceSlots(plan: SimulationPlan): SourceSlot[] {
  const out: SourceSlot[] = [];
  const counties = countiesByCity(plan);
  const offset = plan.settings.utcOffsetMinutes;
  const inspected = windows(plan.startsAt, plan.inspected);
  const closures = windows(plan.startsAt, plan.scattered);
  const closing = closures.flatMap((w) => Array.from({ length: w.count }, () => w));
  let index = 0;
  for (const w of inspected) {
    for (let i = 0; i < w.count; i++) {
      index++;
      const r = seeded(plan.seed ^ 0x50c3, index);
      // Scattered polluters are taken from those inspected first, so that inspection comes before closing.
      const closure = closing[index - 1];
      const type = closure === undefined ? weighted(r, plan.typeWeights) : 'scattered';
      const aspect = weighted(r, plan.aspectOfType[type] as readonly (readonly [string, number])[]);
      const first = closure === undefined ? w : { ...w, until: w.until < closure.until ? w.until : closure.until };
      const at = closure === undefined ? within(r, first, offset) : within(r, { ...first, until: early(first) }, offset);
      out.push({
        index,
        id: uuidAt(r, at),
        name: unitName(r, pick(r, kindOf(aspect).trades)),
        place: randomPlace(plan, r, counties),
        aspect,
        at,
        closedAt: closure === undefined ? null : within(r, { ...closure, from: at > closure.from ? at : closure.from }, offset),
      });
    }
  }
  return out;
}

function early(w: Window): Instant {
  return instant(Math.round(w.from + (w.until - w.from) * 0.5));
}

export function tellSource(plan: SimulationPlan, s: SourceSlot): Act[] {
  const r = seeded(plan.seed ^ 0x50c4, s.index);
  const rec = new Recorder(plan.settings.slug, r);
  const seat = plan.seats.get(s.place) ?? { lon: 112.5, lat: 37.8 };
  const team = person(plan.seed, orgs.team(s.place), 1 + below(r, 4));
  const partner = person(plan.seed, orgs.team(s.place), 5 + below(r, 4));
  const scattered = s.closedAt !== null || s.aspect === 'scattered';
  rec.write(
    draft('source', s.id, 'SourceRegistered', {
      no: `SX-Y${String(s.index).padStart(6, '0')}`,
      name: s.name,
      uscc: scattered ? null : inventedUscc(r),
      place: s.place,
      lon: Math.round((seat.lon + (r.next() - 0.5) * 0.12) * 1e5) / 1e5,
      lat: Math.round((seat.lat + (r.next() - 0.5) * 0.1) * 1e5) / 1e5,
      industry: kindOf(s.aspect).industry,
      outlets: scattered ? [] : ['DA001', 'DW001'].slice(0, 1 + below(r, 2)),
      scattered,
    }),
    team,
    s.at,
    happened(r, s.at, plan.startsAt),
  );
  rec.write(
    draft('source', s.id, 'InspectionCompleted', {
      no: `SX-J${String(s.index).padStart(6, '0')}`,
      place: s.place,
      aspect: s.aspect,
      officers: [team.name, partner.name],
      legalBody: '市生态环境保护综合行政执法队',
      result: r.next() < 0.3 ? 'problems' : 'clean',
      text: '现场检查治理设施运行、台账和排放口',
    }),
    team,
    s.at,
    happened(r, s.at, plan.startsAt),
  );
  if (s.closedAt !== null) {
    const acceptor = person(plan.seed, orgs.acceptance, 1 + below(r, 8));
    rec.write(
      draft('source', s.id, 'SourceClosureAccepted', { reason: '“两断三清”到位，验收关闭' }),
      acceptor,
      s.closedAt,
      happened(r, s.closedAt, s.at),
    );
  }
  return rec.acts;
}

/** Penalty cases: numbers, measures and amounts add up exactly at each instant of the plan. */
export function* tellCases(plan: SimulationPlan): Generator<Act[]> {
  const counties = countiesByCity(plan);
  const offset = plan.settings.utcOffsetMinutes;
  let from = plan.startsAt;
  let decided = 0;
  let fen = 0;
  let index = 0;
  let typical: Record<string, number> = {};
  for (const step of plan.cases) {
    const count = step.decided - decided;
    const total = step.amountFen - fen;
    const measures = Object.entries(step.typical).flatMap(([m, n]) => Array.from({ length: n - (typical[m] ?? 0) }, () => m));
    const amounts = shares(total, count, seeded(plan.seed ^ 0xca5e, decided));
    for (let i = 0; i < count; i++) {
      index++;
      const r = seeded(plan.seed ^ 0xca5f, index);
      yield tellCase(
        plan,
        index,
        within(r, { from, until: step.until, count: 1 }, offset),
        randomPlace(plan, r, counties),
        amounts[i] as number,
        measures[i] ?? null,
        false,
      );
    }
    // A few decisions are taken back again: they count nowhere.
    for (let i = 0; i < Math.ceil(count / 180); i++) {
      index++;
      const r = seeded(plan.seed ^ 0xca5f, index);
      yield tellCase(
        plan,
        index,
        within(r, { from, until: step.until, count: 1 }, offset),
        randomPlace(plan, r, counties),
        5_000_000,
        null,
        true,
      );
    }
    from = step.until;
    decided = step.decided;
    fen = step.amountFen;
    typical = { ...step.typical };
  }
}

/** Amounts of whole hundreds of yuan that add up to `total` fen. */
function shares(total: number, count: number, r: Random): number[] {
  if (count === 0) return [];
  const unit = 10_000;
  const weights = Array.from({ length: count }, () => 0.15 + r.next() ** 3 * 4);
  const sum = weights.reduce((a, b) => a + b, 0);
  const out = weights.map((w) => Math.max(unit, Math.floor((total * w) / sum / unit) * unit));
  const rest = total - out.reduce((a, b) => a + b, 0);
  out[0] = (out[0] as number) + rest;
  return out;
}

function tellCase(
  plan: SimulationPlan,
  index: number,
  at: Instant,
  place: number,
  amountFen: number,
  measure: string | null,
  revoked: boolean,
): Act[] {
  const r = seeded(plan.seed ^ 0xca60, index);
  const rec = new Recorder(plan.settings.slug, r);
  const offset = plan.settings.utcOffsetMinutes;
  const officer = person(plan.seed, orgs.city(place), 20 + below(r, 6));
  const id = uuidAt(r, at);
  const filedAt = fromWork(Math.max(toWork(plan.opensAt, offset), toWork(at, offset) - (1 + r.next() * 12) * 9.5 * 3_600_000), offset);
  const kind = kindOf(pick(r, ['key-dischargers', 'air-supervision', 'construction-dust', 'scattered', 'other']));
  rec.write(
    draft('case', id, 'CaseFiled', {
      no: `演环立〔2019〕${index}号`,
      unit: unitName(r, pick(r, kind.trades)),
      sourceId: null,
      problemId: null,
      place,
      cause: pick(r, kind.problems)(r),
      department: '生态环境局',
    }),
    officer,
    filedAt,
    happened(r, filedAt, plan.opensAt),
  );
  // For a daily fine the base and the days add up to the amount.
  const daily = measure === 'daily-fine' ? Math.floor((amountFen * 0.8) / 10_000) * 10_000 : 0;
  rec.write(
    draft('case', id, 'PenaltyDecided', { docNo: `演环罚〔2019〕${index}号`, amountFen: amountFen - daily, basis: '大气99' }),
    officer,
    at,
    happened(r, at, filedAt),
  );
  if (daily > 0) {
    const on = dateOf(at, offset);
    rec.write(
      draft('case', id, 'DailyFineDecided', {
        docNo: `演环连罚〔2019〕${index}号`,
        amountFen: daily,
        from: addDays(on, -20),
        to: addDays(on, -1),
      }),
      officer,
      at,
      at,
    );
  }
  if (measure !== null) rec.write(draft('case', id, 'MeasureDecided', { measure, docNo: `演环措〔2019〕${index}号` }), officer, at, at);
  if (revoked)
    rec.write(
      draft('case', id, 'PenaltyRevoked', { reason: '主体认定有误，自行撤销' }),
      officer,
      instant(at + 60_000),
      instant(at + 60_000),
    );
  return rec.acts;
}

/** Batches, letters, central-inspection tasks, projects and publications. */
export function* tellOffice(plan: SimulationPlan, perLetter: ReadonlyMap<string, number>): Generator<Act[]> {
  const office = person(plan.seed, orgs.office, 1);
  const slug = plan.settings.slug;
  for (const batch of plan.batches) {
    const r = seeded(plan.seed ^ 0xb47c, batch.no);
    const rec = new Recorder(slug, r);
    rec.write(
      draft('batch', uuidAt(r, batch.issuedAt), 'BatchIssued', { no: batch.no, name: `第${batch.no}批`, deadline: batch.deadline }),
      office,
      batch.issuedAt,
      batch.issuedAt,
    );
    yield rec.acts;
    for (const [city] of plan.cityWeights) {
      const letter = letterOf(plan, batch, city);
      const problems = perLetter.get(letter.id) ?? 0;
      if (problems === 0) continue;
      const letters = new Recorder(slug, seeded(plan.seed ^ 0x1e77, batch.no * 100 + (city % 10_000) / 100));
      letters.write(
        draft('letter', letter.id, 'LetterIssued', {
          batch: batch.no,
          place: city,
          government: orgs.city(city),
          docNo: letter.docNo,
          problems,
          deadline: batch.deadline,
        }),
        office,
        letter.at,
        letter.at,
      );
      const received = fromWork(
        toWork(letter.at, plan.settings.utcOffsetMinutes) + (1 + r.next() * 5) * 3_600_000,
        plan.settings.utcOffsetMinutes,
      );
      letters.write(
        draft('letter', letter.id, 'LetterReceived', { by: person(plan.seed, orgs.city(city), 1).name }),
        person(plan.seed, orgs.city(city), 1),
        received,
        received,
      );
      yield letters.acts;
    }
  }
  yield* tellTasks(plan);
  yield* tellProjects(plan);
  for (const [i, p] of plan.publications.entries()) {
    const r = seeded(plan.seed ^ 0x9b1, i);
    const rec = new Recorder(slug, r);
    rec.write(draft('publication', uuidAt(r, p.at), 'CasePublished', { no: p.no, unit: p.unit, text: p.text }), office, p.at, p.at);
    yield rec.acts;
  }
  const director = person(plan.seed, orgs.office, 9);
  for (const [i, asOf] of plan.published.entries()) {
    const r = seeded(plan.seed ^ 0x9b2, i);
    // Figures are released a minute after the instant they stand for, so that nothing in them is their own release.
    const at = instant(asOf + 60_000);
    const rec = new Recorder(slug, r);
    const text = formatWithOffset(asOf, plan.settings.utcOffsetMinutes);
    rec.write(draft('publication', uuidAt(r, at), 'FiguresPublished', { asOf: text }), director, at, at);
    yield rec.acts;
  }
}

function* tellTasks(plan: SimulationPlan): Generator<Act[]> {
  const office = person(plan.seed, orgs.office, 2);
  const at = plan.opensAt;
  for (let i = 0; i < plan.tasks; i++) {
    const r = seeded(plan.seed ^ 0x7a5c, i);
    const rec = new Recorder(plan.settings.slug, r);
    const place = weighted(r, plan.cityWeights);
    const taskAt = instant(at + (i + 1) * 60_000);
    const id = uuidAt(r, taskAt);
    rec.write(
      draft('task', id, 'TaskRegistered', {
        no: `DC-${i + 1}`,
        title: pick(r, kindOf('central-inspection').problems)(r),
        place,
        lead: orgs.city(place),
        deadline: '2019-12-31',
      }),
      office,
      taskAt,
      taskAt,
    );
    if (r.next() < 0.6) {
      const done = fromWork(toWork(plan.startsAt, 480) + r.next() * (toWork(plan.endsAt, 480) - toWork(plan.startsAt, 480)), 480);
      rec.write(
        draft('task', id, 'CentralItemAccepted', { body: orgs.acceptance, text: '通过销号验收' }),
        person(plan.seed, orgs.acceptance, 1),
        done,
        done,
      );
    }
    yield rec.acts;
    const own = Math.floor(((i + 1) * plan.measures) / plan.tasks) - Math.floor((i * plan.measures) / plan.tasks);
    for (let m = 0; m < own; m++) {
      const mr = seeded(plan.seed ^ 0x7a5d, i * 100 + m);
      const measure = new Recorder(plan.settings.slug, mr);
      const mid = uuidAt(mr, taskAt);
      measure.write(
        draft('measure', mid, 'MeasureRegistered', {
          no: `DC-${i + 1}-${m + 1}`,
          taskId: id,
          text: kindOf('central-inspection').measures,
          place,
        }),
        office,
        taskAt,
        taskAt,
      );
      yield measure.acts;
    }
  }
}

function* tellProjects(plan: SimulationPlan): Generator<Act[]> {
  const office = person(plan.seed, orgs.office, 3);
  const counties = countiesByCity(plan);
  for (let i = 0; i < plan.projects; i++) {
    const r = seeded(plan.seed ^ 0x9807, i);
    const rec = new Recorder(plan.settings.slug, r);
    const at = instant(plan.opensAt + (i + 1) * 120_000);
    const id = uuidAt(r, at);
    const place = randomPlace(plan, r, counties);
    const pipe = r.next() < 0.5;
    rec.write(
      draft('project', id, 'ProjectRegistered', {
        no: `GC-${i + 1}`,
        name: pipe ? '截污管网工程' : '污水处理厂提标改造工程',
        kind: pipe ? 'pipe-network' : 'sewage-plant',
        place,
        amount: pipe ? 2 + below(r, 40) : (1 + below(r, 10)) * 10_000,
        unit: pipe ? 'km' : 'm3-per-day',
      }),
      office,
      at,
      at,
    );
    if (r.next() < 0.7) {
      const done = fromWork(toWork(plan.startsAt, 480) + r.next() * (toWork(plan.endsAt, 480) - toWork(plan.startsAt, 480)), 480);
      rec.write(draft('project', id, 'ProjectCompleted', { body: orgs.acceptance }), person(plan.seed, orgs.acceptance, 2), done, done);
    }
    yield rec.acts;
  }
}
