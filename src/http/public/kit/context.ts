import type { PublicLang, PublicWhere } from '../../../contract/paths/public.ts';
import { publicPaths } from '../../../contract/paths/public.ts';
import { addDays, dateOf } from '../../../domain/kernel/instant.ts';
import type { PublicView } from '../../../usecases/public/view.ts';
import type { Services } from '../../../usecases/services.ts';
import type { Words } from '../words/words.ts';
import { asOfText } from '../present.ts';
import { moment } from './format.ts';
import { h, type Html, type Part } from './html.ts';
import { layout, type Section } from './layout.ts';

/** What every page of a campaign is made from. */
export interface PageContext {
  readonly s: Services;
  readonly view: PublicView;
  readonly lang: PublicLang;
  readonly w: Words;
  readonly where: PublicWhere;
  /** The other query keys, each once. */
  readonly query: Readonly<Record<string, string>>;
}

export interface CampaignPage {
  readonly section: Section | null;
  readonly title: string;
  /** The answer in one sentence: heading and description. */
  readonly answer: string;
  /** The heading when it is more than the sentence. */
  readonly heading?: Part;
  readonly path: (where: PublicWhere) => string;
  readonly main: Part;
  /** What stands where the instants are, on a page that is not of one instant. */
  readonly stamp?: Part;
  readonly checkable?: boolean;
}

/** The published instant in words of the page's language. */
export function instantOf(c: PageContext): string {
  return moment(asOfText(c.view), c.lang);
}

/** A page of a campaign: instant, answer, then what the page has. */
export function campaignPage(c: PageContext, p: CampaignPage): Html {
  const settings = c.view.campaign.settings;
  const fixed = { ...c.where, asOf: asOfText(c.view) };
  return layout({
    lang: c.lang,
    words: c.w,
    title: `${p.title} · ${settings.name[c.lang]}`,
    description: p.answer,
    address: (lang) => p.path({ ...c.where, lang }),
    permanent: p.path(fixed),
    campaign: { where: c.where, name: settings.name[c.lang], notice: settings.notice[c.lang], section: p.section },
    checkable: p.checkable ?? false,
    main: h`${p.stamp ?? stampLine(c, p.path)}
<h1>${p.heading ?? p.answer}</h1>
${p.main}`,
  });
}

function stampLine(c: PageContext, path: (where: PublicWhere) => string): Html {
  const { view, w, lang } = c;
  const at = asOfText(view);
  const others = view.published.filter((p) => p.asOf !== view.release.asOf);
  return h`${view.instead === null ? '' : h`<p class="told" role="note">${w.instead(view.instead, moment(at, lang))}</p>`}
<p class="stampline"><span><time datetime="${at}">${w.asOf(moment(at, lang))}</time>${dayOf(c)}</span>${
    others.length === 0
      ? ''
      : h`<span class="others">${w.otherInstants}${others.map(
          (p, i) =>
            h`${i === 0 ? '' : lang === 'zh' ? '、' : ', '}<a class="nb" href="${path({ ...c.where, asOf: asOfText(view, p.asOf) })}">${moment(asOfText(view, p.asOf), lang)}</a>`,
        )}</span>`
  }</p>`;
}

/** The span of days that the campaign counts by, with the view's day in it. */
export function spanOf(c: PageContext): { from: string; days: number; day: number } | null {
  const { settings } = c.view.campaign;
  const phase = settings.phases.find((p) => p.code === 'enforcement');
  if (phase === undefined) return null;
  const between = (a: string, b: string) => Math.round((Date.parse(b) - Date.parse(a)) / 86_400_000);
  const days = between(phase.from, addDays(phase.to, 1));
  return { from: phase.from, days, day: between(phase.from, dateOf(c.view.release.asOf, settings.utcOffsetMinutes)) + 1 };
}

function dayOf(c: PageContext): string {
  const span = spanOf(c);
  return span === null || span.day < 1 || span.day > span.days ? '' : `${c.w.comma}${c.w.dayOf(span.day, span.days)}`;
}

export { publicPaths };
