import type { CampaignSettings, FigureRef, Phase } from '../campaign/settings.ts';
import { dateOf, endOfDate, formatWithOffset, instant, startOfDate, type Instant, type PlainDate } from '../kernel/instant.ts';
import { inQuotes } from '../kernel/quotes.ts';
import type { BulletinText } from './acts.ts';
import { printBatches, printDate } from './cohort.ts';
import { parseBody, printBody } from './document.ts';
import { printCount, printMoney, type Money, type TextLang } from './reading.ts';
import { printToken } from './token.ts';

type Filter = Readonly<Record<string, string>>;

export function tokenText(id: string, filter: Filter = {}, asOf: string | null = null): string {
  return printToken({ id, version: 1, filter, asOf, show: 'value' });
}

/** Phases (阶段) that have ended by a day, the last one first. */
export function endedPhases(settings: CampaignSettings, today: PlainDate): Phase[] {
  return settings.phases.filter((p) => p.to < today).sort((a, b) => (a.to < b.to ? 1 : -1));
}

/** Last instant of a phase and of the day before it began. */
export function phaseInstants(phase: Phase, offset: number): { before: Instant; end: Instant } {
  return { before: instant(startOfDate(phase.from, offset) - 1), end: instant(endOfDate(phase.to, offset) - 1) };
}

export interface PhaseValue {
  readonly ref: FigureRef;
  readonly name: string;
  /** The same figure before the phase and at its end; null when there was no answer yet. */
  readonly before: number | null;
  readonly end: number;
  readonly unit: string;
}

/**
 * Draft of the summary of a phase (阶段小结), to be offered when the next begins: the figures at its end, those before it, and for
 * counts what came in between.
 */
export function phaseSummary(
  settings: CampaignSettings,
  phase: Phase,
  values: readonly PhaseValue[],
  money: Money,
  lang: TextLang,
): BulletinText {
  const offset = settings.utcOffsetMinutes;
  const { before, end } = phaseInstants(phase, offset);
  const [asOf, start] = [formatWithOffset(end, offset), formatWithOffset(before, offset)];
  const zh = lang === 'zh';
  const known = values.some((v) => v.before !== null);
  const dayOf = (at: Instant) => printDate(dateOf(at, offset), lang);
  const head = zh
    ? ['指标', ...(known ? [`${dayOf(before)}`] : []), dayOf(end), ...(known ? ['本阶段增减'] : [])]
    : ['Figure', ...(known ? [dayOf(before)] : []), dayOf(end), ...(known ? ['Change'] : [])];
  const rows = values.map((v) => {
    const filter = Object.fromEntries(Object.entries(v.ref.filter).map(([k, x]) => [k, Array.isArray(x) ? x.join(',') : String(x)]));
    const change = v.before === null || v.unit === 'ratio' ? '—' : signed(v.end - v.before, v.unit, money, lang);
    const old = v.before === null ? '—' : tokenText(v.ref.id, filter, start);
    return [
      escape(v.name),
      ...(known ? [old] : []),
      tokenText(v.ref.id, filter),
      ...(known ? [change === '—' ? change : `{{=${change}}}`] : []),
    ];
  });
  const name = phase.name[lang];
  const period = zh
    ? `${escape(inQuotes(name))}阶段自${printDate(phase.from, lang)}至${printDate(phase.to, lang)}，现已结束。`
    : `The phase ${escape(inQuotes(name))} ran from ${printDate(phase.from, lang)} to ${printDate(phase.to, lang)} and has ended.`;
  const note = zh
    ? '以下数字以阶段最后一刻为准；比率不作增减。此后补录的记录不改变这些数字。'
    : 'The figures are those of the last moment of the phase; of rates no change is given. Later entries do not alter them.';
  const body = [period, note, [head, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')].join('\n\n');
  return { title: zh ? `${name}阶段小结` : `Summary of the phase ${inQuotes(name)}`, lang, body: printBody(parseBody(body)), asOf };
}

function signed(n: number, unit: string, money: Money, lang: TextLang): string {
  const size = unit === 'fen' ? printMoney(Math.abs(n), money, lang) : printCount(Math.abs(n));
  return n === 0 ? size : `${n > 0 ? '+' : '−'}${size}`;
}

const escape = (text: string) => text.replace(/[\\{|]/g, '\\$&');

/**
 * Draft of a sheet of questions and answers for the press conference (答问口径): the questions a rate always raises, each answered
 * with tokens that open their records.
 * @param batches  the cohort of the published rate; empty when it is over all batches
 */
export function questionSheet(asOf: string, batches: readonly number[], lang: TextLang): BulletinText {
  const cohort: Filter = batches.length === 0 ? {} : { batches: batches.join(',') };
  const t = (id: string, filter: Filter = {}) => tokenText(id, filter);
  const name = batches.length === 0 ? '' : printBatches(batches, lang);
  const body =
    lang === 'zh'
      ? [
          ...(batches.length === 0
            ? []
            : [
                `## 为什么清零率是${t('clearance.rate', cohort)}，而不是${t('clearance.rate')}？`,
                `{{=两}}个数都对，口径不同。公布口径只计${name}：督办${t('problems.supervised', cohort)}个问题，已销号${t('problems.rectified', cohort)}个，得${t('clearance.rate', cohort)}。`,
                `把其后各批也算进分母，督办${t('problems.supervised')}个，已销号${t('problems.rectified')}个，得${t('clearance.rate')}。公布口径不含其后各批；只说前一个数会让人误以为是全部，所以{{=两}}个数并列公布。`,
              ]),
          '## “已完成整改”是谁说的？',
          `是验收主体销号的数，不是责任单位自报的数。自报完成的有${t('problems.claimed')}个，经验收并销号的有${t('problems.rectified')}个。核查确认由独立随机抽查得出，与上述{{=两}}个数分开公布。`,
          '## 销号后又反弹的怎么算？',
          `反弹的有${t('problems.rebounded')}个。公布口径不扣除；扣除后的净清零率为${t('clearance.net')}。反弹的另立新问题督办，原记录保留。`,
          '## 处罚情况如何？',
          `作出行政处罚决定${t('cases.penalty')}件，罚款${t('fines.total')}。撤销的决定不计。`,
          '## 分母会不会变小？',
          `不会。撤回、合并须{{=两}}人办理，并仍计入已督办的问题；目前撤回、合并的有${t('problems.withdrawn')}个。`,
          '## 这些数字怎么核对？',
          '每个数字都可点开，看到所计记录的编号、所在县、方面、批次和状态；证明包内有记录编号和定义，可不经本系统核对。',
        ]
      : [
          ...(batches.length === 0
            ? []
            : [
                `## Why is the clearance rate ${t('clearance.rate', cohort)} and not ${t('clearance.rate')}?`,
                `Both are right; they count different things. The published rate takes ${name} only: ${t('problems.supervised', cohort)} problems supervised, ${t('problems.rectified', cohort)} struck off, which is ${t('clearance.rate', cohort)}.`,
                `With the later batches in the denominator there are ${t('problems.supervised')} problems and ${t('problems.rectified')} struck off, which is ${t('clearance.rate')}. The published rate leaves the later batches out; alone it would be taken for all of them, so both are published.`,
              ]),
          '## Who says that a problem is rectified?',
          `The acceptance body that struck it off, not whoever rectified it. ${t('problems.claimed')} are claimed as done; ${t('problems.rectified')} are accepted and struck off. What an independent random draw confirms is published apart from both.`,
          '## And those that rebounded afterwards?',
          `${t('problems.rebounded')} did. The published rate does not take them out; the net rate is ${t('clearance.net')}. A rebounded problem is supervised anew and its old record stays.`,
          '## What about penalties?',
          `${t('cases.penalty')} penalty decisions stand, fines of ${t('fines.total')}. Revoked decisions are not counted.`,
          '## Can the denominator shrink?',
          `No. Withdrawing or merging takes different persons and the problem stays counted; ${t('problems.withdrawn')} were withdrawn or merged.`,
          '## How can these figures be checked?',
          'Each opens the numbers, counties, aspects, batches and states of the records it counts; the proof bundle holds their ids and the definitions and is checked without this system.',
        ];
  return {
    title: lang === 'zh' ? '答记者问参考口径' : 'Questions and answers for the press',
    lang,
    body: printBody(parseBody(body.join('\n\n'))),
    asOf,
  };
}
