import { publicPaths, type PublicLang, type PublicWhere } from '../../../contract/paths/public.ts';
import type { Words } from '../words/words.ts';
import { doctype, h, type Html, type Part } from './html.ts';
import { loaderHash } from './files.ts';
import { styleHash } from './style.ts';

/** Sections of a campaign's public pages, in the order of the bar. */
export const sections = ['home', 'cities', 'figures', 'cases', 'bulletins', 'corrections', 'method', 'data'] as const;
export type Section = (typeof sections)[number];

export interface PageFrame {
  readonly lang: PublicLang;
  readonly words: Words;
  /** Title of the document, without the brand. */
  readonly title: string;
  /** The answer in one sentence, for search engines and previews. */
  readonly description: string;
  /** This page in a language, with its instant and filter. */
  readonly address: (lang: PublicLang) => string;
  /** The same with its published instant: what to cite. */
  readonly permanent: string;
  /** Null on pages outside a campaign. */
  readonly campaign: {
    readonly where: PublicWhere;
    readonly name: string;
    readonly notice: string;
    readonly section: Section | null;
  } | null;
  readonly main: Part;
  /** Whether the page can be checked in the browser: then it asks for the small script that offers to. */
  readonly checkable?: boolean;
}

/** A whole public page: readable without scripts, one style sheet, readable from top to bottom. */
export function layout(p: PageFrame): Html {
  const { words: w, campaign } = p;
  const other: PublicLang = p.lang === 'zh' ? 'en' : 'zh';
  return h`${doctype}<html lang="${w.tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${p.title} · ${w.brand}</title>
<meta name="description" content="${p.description}">
<link rel="stylesheet" href="${publicPaths.style(styleHash)}">
${p.checkable === true ? h`<script type="module" src="${publicPaths.loader(loaderHash)}"></script>` : ''}<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="canonical" href="${p.address(p.lang)}">
<link rel="alternate" hreflang="zh-CN" href="${p.address('zh')}">
<link rel="alternate" hreflang="en" href="${p.address('en')}">
<link rel="alternate" hreflang="x-default" href="${p.address('zh')}">
</head>
<body>
<a class="skip" href="#main">${w.skip}</a>
<header class="bar"><div class="wrap"><b><a href="${publicPaths.campaigns(p.lang)}">${w.brand}</a></b>
${campaign === null ? h`<span class="camp">${w.tagline}</span>` : h`<span class="camp">${w.campaignProgress(campaign.name)}</span>`}
<a class="lang" href="${p.address(other)}" lang="${other === 'en' ? 'en' : 'zh-CN'}" hreflang="${other === 'en' ? 'en' : 'zh-CN'}">${w.otherLanguage}</a></div></header>
${campaign === null || campaign.notice === '' ? '' : h`<div class="syn"><div class="wrap">${campaign.notice}${w.stop}${w.noticeMore}</div></div>`}
${campaign === null ? '' : navigation(campaign.where, campaign.section, w)}
<main class="wrap" id="main">
${p.main}
</main>
${footer(p)}
</body>
</html>`;
}

function navigation(where: PublicWhere, here: Section | null, w: Words): Html {
  const items = sections.map(
    (s) => h`<li><a href="${publicPaths[s](where)}"${s === here ? h` aria-current="page"` : ''}>${w.sections[s]}</a></li>`,
  );
  return h`<nav class="nav" aria-label="${w.navigation}"><div class="wrap"><ul>${items}</ul></div></nav>`;
}

function footer(p: PageFrame): Html {
  const w = p.words;
  return h`<footer><div class="wrap">
<ul><li><a href="tel:12369">${w.hotline}</a></li>${
    p.campaign === null
      ? ''
      : h`<li><a href="${publicPaths.method(p.campaign.where)}">${w.sections.method}</a></li><li><a href="${publicPaths.data(p.campaign.where)}">${w.sections.data}</a></li>`
  }<li><a href="/">${w.office}</a></li></ul>
<p class="addr">${w.noScripts}${w.permanent}${p.permanent}</p>
</div></footer>`;
}
