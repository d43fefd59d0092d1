/** How a figure's line is drawn: colour, width and dash, so that lines differ without colour. */
export interface LineStyle {
  readonly stroke: string;
  readonly width: number;
  readonly dash?: string;
  readonly stepped?: boolean;
}

const known: Readonly<Record<string, LineStyle>> = {
  'problems.found': { stroke: 'var(--ink)', width: 1.6 },
  'problems.supervised': { stroke: 'var(--st-open)', width: 1.2, dash: '1 2', stepped: true },
  'problems.claimed': { stroke: 'var(--st-claimed)', width: 1.8, dash: '6 3' },
  'problems.rectified': { stroke: 'var(--st-cleared)', width: 2.6 },
  'problems.rebounded': { stroke: 'var(--st-rebound)', width: 1.6, dash: '2 3' },
  'problems.overdue': { stroke: 'var(--st-overdue)', width: 1.6, dash: '8 3 2 3' },
};

const spare: readonly LineStyle[] = [
  { stroke: 'var(--ink)', width: 1.6 },
  { stroke: 'var(--st-cleared)', width: 2.6 },
  { stroke: 'var(--st-claimed)', width: 1.8, dash: '6 3' },
  { stroke: 'var(--st-open)', width: 1.6, dash: '2 3' },
];

export function lineStyle(id: string, index: number): LineStyle {
  return known[id] ?? (spare[index % spare.length] as LineStyle);
}
