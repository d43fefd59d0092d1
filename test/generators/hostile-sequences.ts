import { randomUUID } from 'node:crypto';
import { problemVerbs, type ProblemVerb } from '../../src/domain/problems/commands.ts';
import { below, pick, type Random } from '../../src/demo/random.ts';
import type { Role } from '../../src/domain/access/policy.ts';

/** People beside those of the tests: they reach the whole province, so that commands get through everywhere. */
export const reaching: Readonly<Record<string, { role: Role; org: string }>> = {
  teamA: { role: 'inspector', org: 'team-a' },
  teamB: { role: 'inspector', org: 'team-b' },
  govA: { role: 'county-officer', org: 'gov-somewhere' },
  govB: { role: 'city-officer', org: 'gov-elsewhere' },
  acceptA: { role: 'acceptance', org: 'sx-acceptance' },
  acceptB: { role: 'acceptance', org: 'sx-acceptance' },
  directorB: { role: 'director', org: 'sx-office' },
};

/** Whoever may give a command on a problem anywhere in the province. */
const honest: Partial<Record<ProblemVerb, readonly string[]>> = {
  plan: ['govA', 'govB'],
  start: ['govA', 'govB'],
  stage: ['govA', 'govB'],
  claim: ['govA', 'govB'],
  check: ['teamA', 'teamB'],
  return: ['teamA', 'acceptA', 'clerk'],
  accept: ['acceptA', 'acceptB'],
  clear: ['acceptA', 'acceptB'],
  split: ['clerk', 'clerk2'],
  watch: ['clerk', 'acceptA'],
  settle: ['clerk2', 'acceptB'],
  rebound: ['teamB', 'clerk', 'acceptA'],
};

/** The chart as the product describes it: what may be done next, the way on before the ways off. */
const next: Readonly<Record<string, readonly ProblemVerb[]>> = {
  found: ['confirm', 'confirm', 'confirm', 'notFounded', 'split'],
  confirmed: ['assign', 'withdraw', 'merge', 'split'],
  supervised: ['plan', 'plan', 'plan', 'assign', 'extend', 'withdraw', 'merge'],
  planned: ['start', 'start', 'start', 'changeBody', 'extend', 'withdraw'],
  rectifying: ['claim', 'claim', 'claim', 'stage', 'merge'],
  staged: ['claim', 'claim', 'stage', 'withdraw'],
  returned: ['start', 'start', 'extend'],
  claimed: ['check', 'check', 'check', 'return', 'withdraw'],
  checked: ['accept', 'accept', 'accept', 'return', 'merge'],
  accepted: ['clear', 'clear', 'clear', 'return'],
  cleared: ['watch', 'rebound'],
  watched: ['settle', 'rebound'],
  settled: ['rebound'],
};

/** What everybody of a run knows: things by id, to be used where they belong and where they do not. */
export interface World {
  readonly problems: {
    readonly id: string;
    readonly no: string;
    readonly place: number;
    state: string;
    version: number;
    deadline: string | null;
  }[];
  /** Ids of anything: acts, commands, sources, letters, batches, bulletins, objects, the campaign's own stream. */
  readonly ids: string[];
  readonly sources: string[];
  readonly bulletins: { readonly id: string; version: number }[];
  /** Hashes of files that were handed in, with the problem. */
  readonly files: { readonly sha256: string; readonly problem: string }[];
}

export interface Request {
  readonly who: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: object;
}

const strange = [
  '\u0000',
  '\ud800',
  'sealed:00112233445566778899aabbccddeeff',
  `${'{{'.repeat(3000)}`,
  '　',
  '\u202e改',
  'e\u0301',
  '-- ;',
  "'; drop table acts",
];

/** A text as somebody writes it, now and then as somebody should not. */
export function someText(r: Random): string {
  return r.next() < 0.93 ? `随机试验${below(r, 1000)}` : `${pick(r, strange)}${r.next() < 0.5 ? '试' : ''}`;
}

/** An instant that a client may say: mostly none, else long ago, a little ago, to come, or no instant at all. */
function someTime(r: Random): { happenedAt?: string } {
  const x = r.next();
  if (x < 0.8) return {};
  if (x < 0.97) return { happenedAt: new Date(Date.now() - below(r, 3000 * 86_400_000)).toISOString() };
  if (x < 0.99) return { happenedAt: new Date(Date.now() + 1 + below(r, 9_000_000)).toISOString() };
  return { happenedAt: pick(r, ['2019-08-05', 'now', '2019-13-01T00:00:00Z', '2019-08-05T10:00:00']) };
}

/** An id that a client may bring: none, a new one, one that is in use for anything, in either case. */
function someId(r: Random, w: World, key = 'id'): object {
  const x = r.next();
  if (x < 0.6) return {};
  const id = x < 0.75 ? randomUUID() : x < 0.97 ? pick(r, w.ids) : pick(r, ['', 'x', '00000000-0000-0000-0000-000000000000']);
  return { [key]: r.next() < 0.3 ? id.toUpperCase() : id };
}

/** The body of a command, right in its form more often than not. */
export function bodyOf(verb: ProblemVerb, r: Random, w: World, p: World['problems'][number]): object {
  const reason = someText(r);
  const evidence = () => {
    const own = w.files.filter((f) => f.problem === p.id);
    const file = r.next() < 0.85 && own.length > 0 ? pick(r, own) : w.files.length > 0 && r.next() < 0.7 ? pick(r, w.files) : undefined;
    const sha256 = file?.sha256 ?? Array.from({ length: 64 }, () => '0123456789abcdef'[below(r, 16)]).join('');
    const takenAt = new Date(Date.now() - below(r, r.next() < 0.9 ? 60_000 : 4e11)).toISOString();
    return [{ sha256: r.next() < 0.1 ? sha256.toUpperCase() : sha256, kind: 'document', name: '材料.txt', takenAt }];
  };
  switch (verb) {
    case 'confirm':
    case 'start':
    case 'settle':
      return {};
    case 'notFounded':
    case 'return':
    case 'withdraw':
      return { reason };
    case 'assign':
      return { government: pick(r, ['gov-somewhere', 'gov-elsewhere', `gov-${p.place}`]), department: '分局', person: '某某' };
    case 'plan':
      return {
        implementer: '单位',
        goal: reason,
        deadline: p.deadline ?? '2019-12-31',
        measures: '整改',
        acceptanceBody: r.next() < 0.9 ? 'sx-acceptance' : 'gov-somewhere',
      };
    case 'changeBody':
      return { body: pick(r, ['sx-acceptance', 'nobody']), reason };
    case 'stage':
      return { progress: reason };
    case 'claim':
      return { text: reason, evidence: evidence() };
    case 'check':
      return { text: reason, alike: '已核实' };
    case 'accept':
      return { criteria: '五项', penaltyCase: null, noPenaltyReason: r.next() < 0.9 ? reason : null, alike: '已核实' };
    case 'clear':
      return { decisionNo: `销${below(r, 1e9)}` };
    case 'watch':
      return { until: pick(r, ['2099-01-01', '2019-01-01', new Date().toISOString().slice(0, 10)]) };
    case 'extend':
      return { rule: pick(r, ['SX-YAN-01', 'SX-YAN-02', 'none']), days: 1 + below(r, 40), reason };
    case 'merge':
      return { into: r.next() < 0.5 ? pick(r, w.problems).id : pick(r, w.problems).no, reason };
    case 'split':
      return { parts: ['一部分', someText(r)], reason };
    case 'rebound':
      return { reason, evidence: r.next() < 0.5 ? [] : evidence() };
  }
}

const at = (campaign: string, p: string, verb: string) => `/api/problems/${p}/${verb}?campaign=${campaign}`;

/** The next step of somebody who means well. */
export function honestStep(campaign: string, r: Random, w: World, p: World['problems'][number]): Request | undefined {
  const verbs = next[p.state];
  if (verbs === undefined) return undefined;
  const verb = pick(r, verbs);
  return {
    who: pick(r, honest[verb] ?? ['clerk', 'clerk2', 'director']),
    method: 'POST',
    url: at(campaign, p.id, verb),
    body: bodyOf(verb, r, w, p),
  };
}

/** A batch of what is confirmed, or of what is not. */
export function issueStep(campaign: string, r: Random, w: World): Request {
  const confirmed = w.problems.filter((p) => p.state === 'confirmed').slice(0, 1 + below(r, 6));
  const problems = (r.next() < 0.85 && confirmed.length > 0 ? confirmed : [pick(r, w.problems), pick(r, w.problems)]).map((p) => p.id);
  if (r.next() < 0.2) problems.push((problems[0] as string).toUpperCase());
  const deadline = r.next() < 0.9 ? '2099-01-01' : '2000-01-01';
  return {
    who: pick(r, ['clerk', 'clerk2', 'director', 'directorB', 'linfen', 'govA']),
    method: 'POST',
    url: '/api/batches',
    body: { campaign, name: `补充${below(r, 1e6)}`, deadline, problems, ...someId(r, w), ...someTime(r) },
  };
}

/** Requests given at once by somebody who does not mean well, or by two people who know nothing of each other. */
export function hostileStep(campaign: string, r: Random, w: World, everybody: readonly string[], p: World['problems'][number]): Request[] {
  const anybody = () => pick(r, everybody);
  const post = (who: string, url: string, body: object): Request => ({ who, method: 'POST', url, body });
  const other = pick(r, w.problems);
  const kind = pick(r, [
    'anything',
    'anything',
    'anything',
    'twice',
    'stale',
    'late',
    'taken-id',
    'taken-id',
    'bulk',
    'merge-both',
    'withdraw-both',
    'publish',
    'aspect',
    'bulletin',
    'inspection',
    'foreign',
    'read',
    'lead',
    'evidence',
  ] as const);
  const verb = pick(r, problemVerbs);
  const body = () => bodyOf(verb, r, w, p);
  switch (kind) {
    case 'anything':
      return [
        post(anybody(), at(campaign, r.next() < 0.8 ? p.id : pick(r, [p.no, p.id.toUpperCase()]), verb), {
          ...body(),
          ...someId(r, w),
          ...someTime(r),
        }),
      ];
    case 'twice': {
      const id = randomUUID();
      const step = honestStep(campaign, r, w, p);
      if (step === undefined) return [];
      const same = { ...step, body: { ...step.body, id } };
      return [same, same, { ...same, body: { ...body(), id: id.toUpperCase() } }, { ...same, who: anybody() }];
    }
    case 'stale': {
      const step = honestStep(campaign, r, w, p);
      return step === undefined
        ? []
        : [
            { ...step, body: { ...step.body, version: Math.max(1, p.version - 2 + below(r, 4)) } },
            { ...step, body: { ...step.body, version: p.version } },
          ];
    }
    case 'late': {
      const step = honestStep(campaign, r, w, p);
      return step === undefined
        ? []
        : [{ ...step, body: { ...step.body, happenedAt: new Date(Date.parse('2019-06-01') + below(r, 2.4e11)).toISOString() } }];
    }
    case 'taken-id': {
      const found = {
        campaign,
        unit: '演示厂',
        place: pick(r, [140_105, 141_024, 140_212, p.place, 140_000, 999_999]),
        aspect: 'key-dischargers',
        type: 'key-dischargers',
        text: someText(r),
        clue: 'inspection',
        evidence: [],
      };
      const source = { campaign, name: '演示铸造厂', uscc: null, place: 141_024, industry: '3391' };
      const id = r.next() < 0.4 ? pick(r, w.ids).toUpperCase() : pick(r, w.ids);
      const no = r.next() < 0.2 ? { no: pick(r, [other.no, 'X-999999999999999', '1', 'SIM-9']) } : {};
      return [
        pick(r, [
          post(anybody(), '/api/problems', { ...found, ...no, id }),
          post('teamA', '/api/problems', { ...found, ...no, ...someId(r, w), ...someTime(r) }),
          post(anybody(), '/api/sources', { ...source, id }),
          post('teamA', '/api/sources', { ...source, ...someId(r, w), ...someTime(r) }),
          post('clerk', at(campaign, p.id, verb), { ...body(), id }),
        ]),
      ];
    }
    case 'bulk': {
      const what = pick(r, ['assign', 'extend', 'confirm'] as const);
      const ids = [p.id, other.id, pick(r, w.ids), p.id.toUpperCase()];
      return [
        post(anybody(), '/api/problems/bulk', {
          campaign,
          verb: what,
          ids,
          body: bodyOf(what, r, w, p),
          ...someId(r, w),
          preview: r.next() < 0.3,
        }),
      ];
    }
    case 'merge-both':
      return [
        post('clerk', at(campaign, p.id, 'merge'), { into: other.id, reason: '重复' }),
        post('clerk2', at(campaign, other.id, 'merge'), { into: p.id, reason: '重复' }),
        post('clerk2', at(campaign, p.id, 'merge'), { into: other.id, reason: '重复' }),
        post('clerk', at(campaign, other.id, 'merge'), { into: p.id, reason: '重复' }),
      ];
    case 'withdraw-both':
      return [
        post('clerk', at(campaign, p.id, 'withdraw'), { reason: '误报' }),
        post(pick(r, ['clerk', 'clerk2']), at(campaign, p.id, 'withdraw'), { reason: '误报' }),
      ];
    case 'publish': {
      const asOf = () => new Date(Date.now() - below(r, r.next() < 0.8 ? 50 : 9e9)).toISOString();
      return Array.from({ length: 1 + below(r, 3) }, () =>
        post(pick(r, ['director', 'directorB', anybody()]), `/api/campaigns/${campaign}/releases`, { asOf: asOf(), ...someId(r, w) }),
      );
    }
    case 'aspect': {
      const words = { zh: someText(r), en: 'x' };
      const aspect = {
        code: pick(r, ['central-inspection', `new-${below(r, 20)}`]),
        name: words,
        unit: words,
        criteria: words,
        evidence: [],
        acceptanceBody: 'sx-acceptance',
        noticeDays: below(r, 3),
        deadlineDays: 9,
      };
      return r.next() < 0.15
        ? [post(pick(r, ['clerk', anybody()]), `/api/campaigns/${campaign}/aspects`, { ...aspect, ...someId(r, w) })]
        : [];
    }
    case 'bulletin': {
      const known = w.bulletins.length > 0 ? pick(r, w.bulletins.slice(-4)) : undefined;
      const id = known?.id;
      const text = {
        title: someText(r),
        lang: 'zh',
        body: '督办问题{{problems.supervised@1}}个。',
        asOf: new Date(Date.now() - 1000).toISOString(),
      };
      if (id === undefined || r.next() < 0.3) {
        const corrects = id !== undefined && r.next() < 0.4 ? { corrects: { id, reason: '更正' } } : {};
        return [
          post(pick(r, ['clerk', 'clerk2', anybody()]), '/api/bulletins', {
            campaign,
            kind: 'bulletin',
            ...text,
            ...corrects,
            ...someId(r, w, 'commandId'),
          }),
        ];
      }
      const version = r.next() < 0.75 ? (known?.version ?? 1) : 1 + below(r, 4);
      const say = (what: string, more: object) =>
        post(pick(r, ['clerk', 'clerk2', 'director', anybody()]), `/api/bulletins/${id}/${what}?campaign=${campaign}`, {
          version,
          ...more,
          ...someId(r, w, 'commandId'),
        });
      return pick(r, [
        [say('revise', text)],
        [say('submit', {}), say('submit', {})],
        [say('return', { reason: '改' })],
        [say('revise', text), say('submit', {})],
      ]);
    }
    case 'inspection': {
      const officers = r.next() < 0.7 ? ['甲', `乙${below(r, 9)}`] : ['甲', '甲'];
      return [
        post(pick(r, ['teamA', 'teamB', anybody()]), '/api/inspections', {
          campaign,
          sourceId: r.next() < 0.7 ? pick(r, w.sources) : pick(r, w.ids),
          aspect: 'key-dischargers',
          officers,
          legalBody: '分局',
          result: 'clean',
          text: someText(r),
          ...someId(r, w),
          ...someTime(r),
        }),
      ];
    }
    case 'foreign':
      return [
        post(pick(r, ['taiyuan', 'hongtong', 'stranger', 'press', 'sysadmin', 'linfen']), at(campaign, p.id, verb), body()),
        post(anybody(), at(pick(r, ['another-campaign', 'x']), p.id, verb), body()),
      ];
    case 'read':
      return [
        {
          who: anybody(),
          method: 'GET',
          url: pick(r, [
            `/api/items/${p.id}?campaign=${campaign}`,
            `/api/ledger?campaign=${campaign}&text=${encodeURIComponent(
              someText(r)
                .slice(0, 60)
                .replace(/\p{Cs}/gu, '\ufffd'),
            )}`,
            `/api/figures?campaign=${campaign}`,
            `/api/dashboard?campaign=${campaign}`,
            `/api/items/${pick(r, w.ids)}?campaign=${campaign}`,
          ]),
        },
      ];
    case 'evidence': {
      const file = w.files.length > 0 ? pick(r, w.files).sha256 : 'f'.repeat(64);
      const who = pick(r, ['clerk', 'auditor', 'govA', anybody()]);
      const url = `/api/evidence/${file}`;
      return [
        pick(r, [
          { who, method: 'GET', url: `${url}/view?campaign=${campaign}` },
          post(who, `${url}/export?campaign=${campaign}`, { purpose: someText(r) }),
        ]),
      ];
    }
    case 'lead':
      return [
        post(pick(r, ['director', anybody()]), `/api/leads/${pick(r, w.ids)}/close?campaign=${campaign}`, {
          finding: someText(r),
          ...someId(r, w),
        }),
      ];
  }
}
