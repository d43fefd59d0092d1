import { useState } from 'react';

export interface TableLayout {
  readonly columns: readonly string[];
  readonly roomy: boolean;
}

/** Columns and row height, remembered in this browser for each ledger. */
export function useTableLayout(name: string, fallback: readonly string[]): readonly [TableLayout, (next: TableLayout) => void] {
  const key = `clearzero.ledger.${name}`;
  const [chosen, setChosen] = useState<Readonly<Record<string, TableLayout>>>({});
  const layout = chosen[key] ?? read(key) ?? { columns: fallback, roomy: false };
  return [
    layout,
    (next) => {
      setChosen({ ...chosen, [key]: next });
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // A browser that stores nothing keeps it as long as the page lives.
      }
    },
  ];
}

/** What was kept of a table's layout; undefined when it is none. */
export function readLayout(text: string | null): TableLayout | undefined {
  try {
    const stored = JSON.parse(text ?? 'null') as Partial<TableLayout> | null;
    return stored !== null && Array.isArray(stored.columns) && stored.columns.length > 0
      ? { columns: stored.columns, roomy: stored.roomy === true }
      : undefined;
  } catch {
    return undefined;
  }
}

function read(key: string): TableLayout | undefined {
  try {
    return readLayout(localStorage.getItem(key));
  } catch {
    // A browser that lets nothing be read.
    return undefined;
  }
}
