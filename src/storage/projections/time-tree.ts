import type { Instant } from '../../domain/kernel/instant.ts';

/** Milliseconds of a leaf of the tree, and of a bucket of intervals without an end. */
const leaf = 2 ** 21;
const bucket = 2 ** 29;
/** Height of the tree: leaves of 35 minutes below 2^24 of them reach beyond the year 3000. */
const levels = 24;

/**
 * Where an interval [from, to) hangs in a binary tree over time, so that the intervals around an instant are found without passing
 * over all others: at the topmost node that lies in it. One without an end stands in a bucket of its beginning, below zero.
 *
 * The tree is virtual: a node is a number of leaves since 1970, its level the number of zero bits at its end.
 * @source H.-P. Kriegel, M. Pötke, T. Seidl: Managing Intervals Efficiently in Object-Relational Databases (VLDB 2000)
 */
export function treeNode(from: Instant, to: Instant | null): number {
  if (to === null) return openBucket(from);
  const first = Math.floor(from / leaf);
  const last = Math.floor(to / leaf);
  const level = 31 - Math.clz32((first - 1) ^ last);
  return (last >> level) << level;
}

/** The bucket of intervals without an end that begin at an instant; those that began earlier stand between it and zero. */
export function openBucket(from: Instant): number {
  return -1 - Math.floor(from / bucket);
}

/** Nodes at which every interval with an end hangs that holds an instant; others hang there too. */
export function nodesAround(at: Instant): number[] {
  const t = Math.floor(at / leaf);
  return Array.from({ length: levels }, (_, level) => ((t >> level) | 1) << level);
}
