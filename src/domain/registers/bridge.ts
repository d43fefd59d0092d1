import type { Bilingual, FactRule } from '../campaign/settings.ts';
import { matches } from './facts.ts';
import type { RegisterItem } from './item.ts';
import type { Bridge } from './mapping.ts';

/** One line of a bridge: a sum in the smallest unit of the currency, and how many rows or records stand behind it. */
export interface BridgeLine {
  readonly name: Bilingual;
  /** `total` lines are reached; `minus` lines lead from one total to the next. */
  readonly kind: 'total' | 'minus';
  readonly amount: number;
  readonly count: number;
}

export interface BridgeResult {
  readonly code: string;
  readonly name: Bilingual;
  readonly lines: readonly BridgeLine[];
  /** True when every total is the one before minus the lines between, and the last equals the fact's own sum. */
  readonly exact: boolean;
}

/** Sum and number of what was set aside while reading. */
export interface Aside {
  readonly amount: number;
  readonly count: number;
}

/** Builds a bridge; every total is added up by itself, so that an inexact one shows. */
export function buildBridge(
  bridge: Bridge,
  read: { readonly rows: Aside; readonly rejected: Aside; readonly repeated: Aside },
  items: Iterable<RegisterItem>,
  facts: readonly FactRule[],
): BridgeResult {
  const rule = facts.find((f) => f.fact === bridge.result.fact);
  const minus = bridge.minus.map(() => ({ amount: 0, count: 0 }));
  const records = { amount: 0, count: 0 };
  const result = { amount: 0, count: 0 };
  const put = (to: { amount: number; count: number }, amount: number) => {
    to.amount += amount;
    to.count++;
  };
  for (const item of items) {
    if (item.register !== bridge.register) continue;
    const amount = item.amounts[bridge.amount] ?? 0;
    put(records, amount);
    const taken = bridge.minus.findIndex((m) => matches({ fact: '', when: m.when }, item));
    if (taken >= 0) put(minus[taken] as Aside & { amount: number; count: number }, amount);
    if (rule !== undefined && matches(rule, item)) put(result, amount);
  }
  const lines: BridgeLine[] = [
    { name: bridge.rows, kind: 'total', ...read.rows },
    { name: bridge.rejected, kind: 'minus', ...read.rejected },
    { name: bridge.repeated, kind: 'minus', ...read.repeated },
    { name: bridge.records, kind: 'total', ...records },
    ...bridge.minus.map((m, i): BridgeLine => ({ name: m.name, kind: 'minus', ...(minus[i] as Aside) })),
    { name: bridge.result.name, kind: 'total', ...result },
  ];
  return { code: bridge.code, name: bridge.name, lines, exact: addsUp(lines) };
}

function addsUp(lines: readonly BridgeLine[]): boolean {
  let amount = lines[0]?.amount ?? 0;
  let count = lines[0]?.count ?? 0;
  for (const line of lines.slice(1)) {
    if (line.kind === 'minus') {
      amount -= line.amount;
      count -= line.count;
    } else if (line.amount !== amount || line.count !== count) return false;
  }
  return true;
}
