import type { FigureRef } from '../../domain/campaign/settings.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { stampText } from '../../domain/kernel/standing.ts';
import type { Shown } from '../../domain/publication/suppression.ts';
import { conditionsOf, termsOf } from '../../storage/figures/definition.ts';
import { factsByNumber, listPublicRecords } from '../../storage/public/records.ts';
import { dataFile, type DataFile, type DataFormat } from '../../documents/opendata/file.ts';
import type { TableRow } from '../export/table.ts';
import { partTerms } from '../figures/records.ts';
import { standingOf } from '../figures/as-of.ts';
import { findFigure, readValues, requestsOf } from '../figures/values.ts';
import type { Services } from '../services.ts';
import { definitionHash, maskOf, readPublicSet, releasedFigures, type PublicValue } from './figures.ts';
import { citiesOf, countiesOf, crossOf, readPublicCities, readPublicCity } from './places.ts';
import { coarsenerOf } from './records.ts';
import { perDatabase } from './remember.ts';
import { isReleased, type PublicView } from './view.ts';

export type DataSet = 'press' | 'cities' | 'counties' | 'county-aspects' | 'aspects' | 'problems' | 'dictionary';

/** Terms under which open data may be used. */
export const licence = 'CC-BY-4.0';

interface Table {
  readonly columns: readonly string[];
  readonly figures: readonly string[];
  readonly rows: () => AsyncIterable<TableRow>;
}

const counted = ['problems.supervised', 'problems.claimed', 'problems.rectified', 'problems.rebounded'];
const short = (id: string) => id.split('.')[1] as string;
const noteOf = (shown: Shown, k: string) => (shown === 'small' ? k : shown === 'withheld' ? 'withheld' : '');

function tableOf(s: Services, view: PublicView, set: DataSet): Table {
  const { settings } = view.campaign;
  const names = new Map(settings.places.map((p) => [p.code, p]));
  const small = `fewer-than-${settings.smallestPublished ?? 5}`;
  const placed = (code: number) => ({ name_zh: names.get(code)?.name ?? '', name_en: names.get(code)?.nameEn ?? '' });
  const numbers = (list: readonly PublicValue[]) => {
    const out: Record<string, number | string | null> = {};
    for (const id of counted) {
      const v = list.find((x) => x.id === id && x.filter.batches === undefined);
      out[short(id)] = v?.numerator ?? null;
    }
    out.note = noteOf(list.find((x) => x.shown !== 'shown')?.shown ?? 'shown', small);
    return out;
  };
  switch (set) {
    case 'press':
      return {
        columns: ['key', 'figure', 'version', 'name_zh', 'name_en', 'filter', 'numerator', 'denominator', 'value', 'unit'],
        figures: [...new Set(settings.pressSet.map((r) => r.id))],
        rows: async function* () {
          for (const v of await readPublicSet(s, view)) {
            const filter = Object.entries(v.filter)
              .map(([key, x]) => `${key}=${String(x)}`)
              .join('&');
            const name = findFigure(view, v.id)?.name;
            const value = v.denominator === null ? v.numerator : v.denominator === 0 ? null : (v.numerator ?? 0) / v.denominator;
            yield {
              key: filter === '' ? v.id : `${v.id}?${filter}`,
              figure: v.id,
              version: v.version,
              name_zh: name?.zh ?? '',
              name_en: name?.en ?? '',
              filter,
              numerator: v.numerator,
              denominator: v.denominator,
              value,
              unit: v.unit,
            };
          }
        },
      };
    case 'cities':
      return {
        columns: ['key', 'name_zh', 'name_en', ...counted.map(short), 'note'],
        figures: counted,
        rows: async function* () {
          for (const line of (await readPublicCities(s, view)).lines) {
            yield { key: String(line.place), ...placed(line.place), ...numbers(line.figures) };
          }
        },
      };
    case 'counties':
      return {
        columns: ['key', 'city', 'name_zh', 'name_en', ...counted.map(short), 'note'],
        figures: counted,
        rows: async function* () {
          for (const city of citiesOf(view)) {
            const read = await readPublicCity(s, view, city);
            if (isRefusal(read)) continue;
            for (const line of read.lines)
              yield { key: String(line.place), city: String(city), ...placed(line.place), ...numbers(line.figures) };
          }
        },
      };
    case 'county-aspects':
      return {
        columns: ['key', 'place', 'level', 'name_zh', 'name_en', 'aspect', 'supervised', 'note'],
        figures: ['problems.supervised'],
        rows: async function* () {
          for (const city of citiesOf(view)) {
            const cross = await crossOf(s, view, countiesOf(view, city), city);
            for (const line of [cross.city, ...cross.lines]) {
              for (const [i, cell] of line.cells.entries()) {
                const aspect = settings.aspects.find((a) => a.no === cross.aspects[i])?.code ?? '';
                yield {
                  key: `${line.place}/${aspect}`,
                  place: String(line.place),
                  level: line.place === city ? 'city' : 'county',
                  ...placed(line.place),
                  aspect,
                  supervised: cell.count,
                  note: noteOf(cell.shown, small),
                };
              }
            }
          }
        },
      };
    case 'aspects':
      return {
        columns: ['key', 'name_zh', 'name_en', ...counted.map(short)],
        figures: counted,
        rows: async function* () {
          const ids = counted.filter((id) => isReleased(view, id));
          const aspects = settings.aspects.filter((a, i, all) => all.findIndex((b) => b.code === a.code) === i);
          const refs = aspects.flatMap((a) => ids.map((id): FigureRef => ({ id, filter: { aspect: a.code } })));
          const values = await readValues(s, view, requestsOf(view, refs));
          for (const [i, a] of aspects.entries()) {
            const own = values.slice(i * ids.length, (i + 1) * ids.length);
            const row: Record<string, string | number | null> = { key: a.code, name_zh: a.name.zh, name_en: a.name.en };
            for (const id of counted) row[short(id)] = own.find((v) => v.id === id)?.numerator ?? null;
            yield row as TableRow;
          }
        },
      };
    case 'problems':
      return {
        columns: ['key', 'place', 'name_zh', 'name_en', 'aspect', 'batch', 'state', 'since', ...flags.map(([name]) => name)],
        figures: counted,
        rows: () => problemRows(s, view, placed),
      };
    case 'dictionary':
      return {
        columns: ['key', 'version', 'unit', 'name_zh', 'name_en', 'predicate_zh', 'predicate_en', 'filters', 'sha256'],
        figures: releasedFigures(view).map((f) => f.id),
        rows: async function* () {
          for (const f of releasedFigures(view)) {
            yield {
              key: f.id,
              version: f.version,
              unit: f.unit,
              name_zh: f.name.zh,
              name_en: f.name.en,
              predicate_zh: f.predicate.zh,
              predicate_en: f.predicate.en,
              filters: f.filters.join(' '),
              sha256: definitionHash(f),
            };
          }
        },
      };
  }
}

const flags = [
  ['claimed', 'problem.claimed', 'problems.claimed'],
  ['cleared', 'problem.rectified', 'problems.rectified'],
  ['rebounded', 'problem.rebounded', 'problems.rebounded'],
  ['withdrawn', 'problem.withdrawn', 'problems.withdrawn'],
  ['overdue', 'problem.overdue', 'problems.overdue'],
] as const;

/** Every supervised problem by number, with 0 or 1 for each figure it counts in: whoever adds them up gets the figures. */
async function* problemRows(s: Services, view: PublicView, placed: (code: number) => TableRow): AsyncGenerator<TableRow> {
  const definition = findFigure(view, 'problems.supervised');
  if (definition === undefined || !isReleased(view, 'problems.supervised')) return;
  const mask = await maskOf(s, view, definition);
  const told = coarsenerOf(view, mask, true, false);
  const known = await Promise.all(flags.map(([, fact]) => s.names.find(s.database.db, fact)));
  const ask = {
    campaignId: view.row.id,
    names: s.names,
    terms: partTerms('numerator', termsOf(definition, {})),
    conditions: conditionsOf({}, view.scope, view.campaign.settings),
    asOf: view.watermark,
    limit: 5000,
  };
  let after: string | undefined;
  for (;;) {
    const rows = await listPublicRecords(s.database.db, { ...ask, after });
    const nos = rows.map((r) => r.no);
    const facts = known.filter((no) => no !== undefined);
    const counts = await factsByNumber(s.database.db, view.row.id, facts, view.watermark, nos, 'problem');
    for (const row of rows) {
      const r = told(row);
      const under = counts.get(row.no);
      yield {
        key: r.no,
        place: r.place === null ? '' : String(r.place),
        ...(r.place === null ? { name_zh: '', name_en: '' } : placed(r.place)),
        aspect: r.aspect ?? '',
        batch: r.batch,
        state: r.state ?? '',
        since: r.since,
        ...Object.fromEntries(
          flags.map(([name, , id], i) => [
            name,
            !isReleased(view, id) ? null : known[i] !== undefined && under?.has(known[i]) === true ? 1 : 0,
          ]),
        ),
      };
    }
    if (rows.length < ask.limit) return;
    after = rows.at(-1)?.no;
  }
}

/** An open-data file as of the view's instant. */
export async function openDataFile(s: Services, view: PublicView, set: DataSet, format: DataFormat): Promise<DataFile> {
  const table = tableOf(s, view, set);
  const { settings } = view.campaign;
  const { campaign, asOf, watermark, logSize } = stampText(await standingOf(s, view));
  const definitions = table.figures.filter((id) => isReleased(view, id)).map((id) => `${id}@${findFigure(view, id)?.version ?? 1}`);
  const notice = [settings.notice.zh, settings.notice.en].filter((x) => x !== '').join(' / ');
  return dataFile(format, table.rows(), table.columns, { campaign, set, asOf, watermark, logSize, definitions, licence, notice });
}

export interface FileFacts {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

const facts = perDatabase<FileFacts>(600);

/** Rows, size and hash of a file: made once, since a published instant never changes. */
export function readFileFacts(s: Services, view: PublicView, set: DataSet, format: DataFormat): Promise<FileFacts> {
  return facts(s.database.db).get(
    `${view.row.id}/${view.published.map((p) => p.asOf).join()}/${view.release.asOf}/${set}.${format}`,
    async () => {
      const file = await openDataFile(s, view, set, format);
      let bytes = 0;
      for await (const chunk of file.stream) bytes += Buffer.byteLength(chunk as string | Buffer);
      return { bytes, ...(await file.summary) };
    },
  );
}
