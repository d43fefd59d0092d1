/** A row of a table to be taken away: the same keys in every row, in the order of the columns. */
export type TableRow = Readonly<Record<string, string | number | boolean | null>>;

/** A column of a table as people see it. */
export interface TableColumn {
  readonly key: string;
  readonly heading: string;
  /** Hidden in workbooks, and at the end everywhere: what a program needs and a person does not. */
  readonly hidden?: boolean;
  /** In characters of a workbook. */
  readonly width?: number;
}
