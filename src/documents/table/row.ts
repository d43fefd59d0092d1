/** A row of a table to be taken away: the same keys in every row, in the order of the columns. */
export type TableRow = Readonly<Record<string, string | number | boolean | null>>;
