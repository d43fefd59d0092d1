import { writable } from '../kit/writable.ts';

/** What stands at the end of every open-data file (尾注): enough to cite it and to check that nothing is missing. */
export interface DataStamp {
  readonly campaign: string;
  readonly set: string;
  readonly asOf: string;
  readonly watermark: string;
  readonly logSize: number;
  /** Definitions behind the columns, as id@version. */
  readonly definitions: readonly string[];
  readonly licence: string;
  /** What is generated, or where the records came from. */
  readonly notice: string;
}

/** How many rows were written, and SHA-256 over all bytes before the trailer. */
export interface DataSummary {
  readonly rows: number;
  readonly sha256: string;
}

/** The trailer's lines in the order in which they stand in every format. */
export function trailerEntries(stamp: DataStamp, summary: DataSummary): readonly (readonly [string, string | number])[] {
  return writable([
    ['rows', summary.rows],
    ['sha256', summary.sha256],
    ['campaign', stamp.campaign],
    ['set', stamp.set],
    ['asOf', stamp.asOf],
    ['watermark', stamp.watermark],
    ['logSize', stamp.logSize],
    ['definitions', stamp.definitions.join(' ')],
    ['licence', stamp.licence],
    ['notice', stamp.notice],
  ] as const);
}
