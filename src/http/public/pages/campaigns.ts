import { publicPaths, type PublicLang } from '../../../contract/paths/public.ts';
import { listPublicCampaigns } from '../../../usecases/public/view.ts';
import type { Services } from '../../../usecases/services.ts';
import { moment } from '../kit/format.ts';
import { h, type Html } from '../kit/html.ts';
import { layout } from '../kit/layout.ts';
import { asOfText } from '../present.ts';
import { wordsOf } from '../words/words.ts';

/** Campaigns with public figures. */
export async function campaignsPage(s: Services, lang: PublicLang): Promise<Html> {
  const w = wordsOf(lang);
  const list = await listPublicCampaigns(s);
  return layout({
    lang,
    words: w,
    title: w.campaigns.title,
    description: w.campaigns.answer(list.length),
    address: publicPaths.campaigns,
    permanent: publicPaths.campaigns(lang),
    campaign: null,
    main: h`<h1>${w.campaigns.answer(list.length)}${lang === 'zh' ? '。' : '.'}</h1>
<table class="slim"><thead><tr><th scope="col">${w.campaigns.name}</th><th scope="col">${w.campaigns.newest}</th><th scope="col" class="n">${w.campaigns.instants}</th></tr></thead><tbody>${list.map(
      (view) =>
        h`<tr><th scope="row"><a href="${publicPaths.home({ lang, slug: view.row.slug, asOf: null })}">${view.campaign.settings.name[lang]}</a></th><td>${moment(asOfText(view), lang)}</td><td class="n">${view.published.length}</td></tr>`,
    )}</tbody></table>`,
  });
}

/** Nothing here: the same page for what is absent, not published, or spelled wrong. */
export function missingPage(lang: PublicLang, told: string): Html {
  const w = wordsOf(lang);
  return layout({
    lang,
    words: w,
    title: w.missing.title,
    description: w.missing.answer,
    address: publicPaths.campaigns,
    permanent: publicPaths.campaigns(lang),
    campaign: null,
    main: h`<h1>${told}</h1><p><a href="${publicPaths.campaigns(lang)}">${w.missing.back}</a></p>`,
  });
}
