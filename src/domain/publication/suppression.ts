import TinyQueue from 'tinyqueue';

/**
 * Small-cell suppression (小数保护): which counts of a published table stay hidden so that nobody is recognised by them.
 *
 * A table with totals is a net of flows: what enters a node leaves it, and every edge is a published count. A hidden count can be
 * worked out exactly when no cycle of hidden counts runs through it along which one unit may be moved; so each small count is
 * given such a cycle, the one that hides the least. This also covers several levels of totals (county, city, province) at once,
 * and bounds: two hidden counts that are known to be 1 to 4 and add up to 8 are both 4.
 */
export interface CountEdge {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** The count; never negative. */
  readonly value: number;
  /** Published elsewhere, such as by the press: always shown, whatever its size. */
  readonly fixed?: boolean;
  /** A total that readers need most: others are withheld rather than this one. */
  readonly dear?: boolean;
  /** Hidden at an earlier published instant: stays hidden, since later lists say since when each record counts. */
  readonly earlier?: boolean;
}

/** How a count is shown: as it is, as "fewer than k", or as withheld although it is not small. */
export type Shown = 'shown' | 'small' | 'withheld';

export interface Suppressed {
  readonly shown: ReadonlyMap<string, Shown>;
  /** Small counts that no hiding of others can protect: the table must not be published with them. */
  readonly unprotected: readonly string[];
}

interface Edge extends CountEdge {
  state: Shown;
}

/**
 * Decides what of a net of counts is shown.
 *
 * 0 is always shown. Counts from 1 to k - 1 are hidden, and others with them until each small one could be at least one higher or
 * lower without contradicting anything that is shown. Deterministic: the same counts give the same answer.
 * @param k  smallest count that may be shown, such as 5
 */
export function suppress(counts: readonly CountEdge[], k: number): Suppressed {
  const edges = counts.map((c): Edge => {
    const small = c.value > 0 && c.value < k && c.fixed !== true;
    return { ...c, state: small ? 'small' : c.earlier === true && c.value > 0 && c.fixed !== true ? 'withheld' : 'shown' };
  });
  const at = nodesOf(edges);
  const unprotected: string[] = [];
  // What was withheld earlier needs a cycle too, or it is withheld in vain.
  const order = (a: Edge, b: Edge) => a.value - b.value || (a.key < b.key ? -1 : 1);
  for (const e of edges.filter((x) => x.state !== 'shown').sort(order)) {
    const up = e.state !== 'small' || e.value < k - 1 ? cheapest(at, e, 1, k) : undefined;
    const down = (e.state === 'small' ? e.value > 1 : e.value > k) ? cheapest(at, e, -1, k) : undefined;
    const best = up === undefined || (down !== undefined && down.cost < up.cost) ? down : up;
    if (best === undefined) {
      if (e.state === 'small') unprotected.push(e.key);
    } else for (const step of best.path) if (step.state === 'shown') step.state = 'withheld';
  }
  return { shown: new Map(edges.map((e) => [e.key, e.state])), unprotected };
}

function nodesOf(edges: readonly Edge[]): Map<string, Edge[]> {
  const at = new Map<string, Edge[]>();
  for (const e of edges) {
    for (const node of new Set([e.from, e.to])) {
      const known = at.get(node);
      if (known === undefined) at.set(node, [e]);
      else known.push(e);
    }
  }
  return at;
}

/** True when the count may move by one in a direction without leaving what is known of it. */
function moves(e: Edge, direction: 1 | -1, k: number): boolean {
  if (e.fixed === true || e.value === 0) return false;
  if (e.state === 'small') return direction > 0 ? e.value < k - 1 : e.value > 1;
  // What is withheld is known to be at least k.
  return direction > 0 || e.value > k;
}

/** The cycle through an edge, moved by one in a direction, that hides the least beyond what is hidden already. */
function cheapest(
  at: ReadonlyMap<string, Edge[]>,
  through: Edge,
  direction: 1 | -1,
  k: number,
): { cost: number; path: Edge[] } | undefined {
  const [start, goal] = direction > 0 ? [through.to, through.from] : [through.from, through.to];
  const cost = new Map<string, number>([[start, 0]]);
  const by = new Map<string, { edge: Edge; node: string }>();
  const done = new Set<string>();
  // Of equal costs the node that was reached first: the same counts always give the same answer.
  const place = new Map<string, number>([[start, 0]]);
  const queue = new TinyQueue([{ node: start, cost: 0, place: 0 }], (a, b) => a.cost - b.cost || a.place - b.place);
  for (;;) {
    const nearest = queue.pop();
    if (nearest === undefined) return undefined;
    const { node } = nearest;
    if (node === goal) break;
    if (done.has(node)) continue;
    done.add(node);
    for (const e of at.get(node) ?? []) {
      if (e === through) continue;
      const forward = e.from === node;
      if (!moves(e, forward ? 1 : -1, k)) continue;
      const next = forward ? e.to : e.from;
      const c = nearest.cost + (e.state === 'shown' ? (e.value + 1) * (e.dear === true ? 20 : 1) : 0);
      if (c < (cost.get(next) ?? Infinity)) {
        if (!place.has(next)) place.set(next, place.size);
        cost.set(next, c);
        by.set(next, { edge: e, node });
        queue.push({ node: next, cost: c, place: place.get(next) as number });
      }
    }
  }
  const path: Edge[] = [];
  for (let node = goal; node !== start; ) {
    const step = by.get(node) as { edge: Edge; node: string };
    path.push(step.edge);
    node = step.node;
  }
  return { cost: cost.get(goal) as number, path };
}
