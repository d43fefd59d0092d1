/**
 * Roll-ups by the questions asked most. A cube keeps some dimensions and sums over the others:
 * 1 city x batch x measure, 2 county x batch (x measure), 3 aspect x type x batch. `every` is how many edges lie between marks:
 * the finer a cube, the more rows a mark has, the fewer marks it gets.
 */
export const cubes = [
  { no: 1, place: 'city', kinds: false, every: 40_000, daily: true },
  { no: 2, place: 'county', kinds: false, every: 120_000, daily: false },
  { no: 3, place: 'none', kinds: true, every: 120_000, daily: false },
] as const;
export type Cube = (typeof cubes)[number];

export function cubeOf(no: 1 | 2 | 3): Cube {
  return cubes[no - 1] as Cube;
}

/** A counted cell; the columns of `figure_totals`. */
export interface Cell {
  readonly fact: number;
  readonly place: number;
  readonly batch: number;
  readonly aspect: number;
  readonly type: number;
  readonly measure: number;
  readonly n: number;
  readonly amount: number;
}

/** The cell of a cube that a finer cell belongs to. */
export function coarsen(cube: Cube, c: Cell): Cell {
  const place = cube.place === 'county' ? c.place : cube.place === 'city' ? c.place - (c.place % 100) : 0;
  return cube.kinds ? { ...c, place } : { ...c, place, aspect: 0, type: 0 };
}
