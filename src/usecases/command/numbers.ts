import { fallbackPattern, formatNumber, readNumber } from '../../domain/campaign/numbering.ts';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { holdSeries, seriesStatement, type Series } from '../../storage/acts/numbers.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import type { Tx } from '../../storage/database.ts';

/** Numbers that the commands of one transaction take: none is written yet, so the second goes on from the first. */
export class Numbers {
  private readonly tx: Tx;
  private readonly row: CampaignRow;
  private readonly campaign: Campaign;
  private series: Series | undefined;
  private last = 0;
  private named = new Set<number>();

  constructor(tx: Tx, row: CampaignRow, campaign: Campaign) {
    this.tx = tx;
    this.row = row;
    this.campaign = campaign;
  }

  /** The next number of the campaign that nobody has; each call gives another one. */
  async next(): Promise<string> {
    const series = await this.open();
    do this.last++;
    while (series.taken.has(this.last) || this.named.has(this.last));
    return formatNumber(series.pattern, this.last);
  }

  /**
   * A number that a person names, in the form in which it is kept. It does not move the campaign's own count.
   * @refuses problem.number-pattern
   */
  async name(typed: string): Promise<string | Refusal> {
    const series = await this.open();
    const read = readNumber(series.pattern, typed);
    if (read === undefined) return refuse('problem.number-pattern', { no: typed.slice(0, 60), pattern: formatNumber(series.pattern, 1) });
    if (read.n <= this.last || series.taken.has(read.n) || this.named.has(read.n)) return refuse('problem.number-taken', { no: read.no });
    this.named.add(read.n);
    return read.no;
  }

  mark(): { readonly last: number; readonly named: ReadonlySet<number> } {
    return { last: this.last, named: new Set(this.named) };
  }

  /** Gives back what was taken since the mark, by a command that writes nothing. */
  reset(mark: ReturnType<Numbers['mark']>): void {
    // Before the first use nothing was read: what was read since stays known.
    this.last = Math.max(mark.last, this.series?.last ?? 0);
    this.named = new Set(mark.named);
  }

  /** What has to be written for the numbers given out. */
  statements() {
    return this.series === undefined || (this.series.kept && this.last === this.series.last)
      ? []
      : [seriesStatement(this.row, this.series.pattern, this.last)];
  }

  private async open(): Promise<Series> {
    if (this.series === undefined) {
      this.series = await holdSeries(this.tx, this.row, this.campaign.settings.numbering?.problem, fallbackPattern(this.row.slug));
      this.last = this.series.last;
    }
    return this.series;
  }
}
