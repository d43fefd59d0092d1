import { useParams, useSearchParams } from 'react-router';
import type { FigureAnswer } from '../../../contract/figures.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { filterQuery } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { cohortText, figureName } from '../../ui/figure-words.ts';
import { Bones, Loaded } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { useStamp } from '../shell/stamp.ts';
import { Absent, AnswerBlock } from './AnswerBlock.tsx';
import { Citation } from './Citation.tsx';
import { Definition } from './Definition.tsx';
import { readFigureFilter } from './filter.ts';
import { FilterLine } from './FilterLine.tsx';
import { History } from './History.tsx';
import { Records } from './Records.tsx';
import { Waterfall } from './Waterfall.tsx';
import { When } from './When.tsx';
import './figure.css';

/** One figure: its value as of the page's instant, what it means, how it came about, and every record it counts. */
export function FigurePage() {
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const { campaign, where } = useCampaign();
  const words = useWords();
  const filter = readFigureFilter(search);
  const query = useApi<FigureAnswer>(to(api.figure, { id }, inCampaign(where, filterQuery(filter))));
  const name = figureName(campaign, id, words);
  const cohort = cohortText(campaign, filter, words);
  useTitle(name);
  useStamp(query.data);
  return (
    <main id="content" className="figure">
      <Loaded query={query} bones={<Bones rows={10} />}>
        {(answer) => (
          <>
            <div className="top">
              <p className="mono">
                {id} v{answer.definition.version} {JSON.stringify(filter)}
              </p>
              <h1>
                {name}
                {cohort === '' ? '' : `${words.lang === 'zh' ? '，' : ', '}${cohort}`}
              </h1>
              <div className="act noprint">
                <button type="button" className="btn" onClick={() => globalThis.print()}>
                  {words.t('shell:print')}
                </button>
                <a className="btn" href={to(api.figureRecordsFile.csv, { id }, inCampaign(where, filterQuery(filter)))} download>
                  CSV
                </a>
                <a className="btn" href={to(api.figureRecordsFile.xlsx, { id }, inCampaign(where, filterQuery(filter)))} download>
                  xlsx
                </a>
                {answer.figure !== null && (
                  <a className="btn main" href="#cite">
                    {words.t('figure:cite.go')}
                  </a>
                )}
              </div>
            </div>
            {answer.figure === null ? <Absent answer={answer} /> : <AnswerBlock answer={answer} figure={answer.figure} />}
            <FilterLine definition={answer.definition} filter={filter} />
            <When answer={answer} />
            <div className="g2">
              <div className="col">
                {answer.figure !== null && <History answer={answer} figure={answer.figure} />}
                {answer.figure !== null && <Waterfall answer={answer} figure={answer.figure} />}
                {answer.figure !== null && <Citation answer={answer} figure={answer.figure} />}
              </div>
              <div className="col">
                <Definition answer={answer} />
                {answer.figure !== null && <Records figure={answer.figure} />}
              </div>
            </div>
          </>
        )}
      </Loaded>
    </main>
  );
}
