/** Figures shown beside a figure so that it is not taken for them, over the same cohort. */
export function figuresBeside(id: string): readonly string[] {
  const rates = ['clearance.rate', 'clearance.claimed', 'clearance.net', 'clearance.ontime'];
  if (rates.includes(id)) return rates.filter((r) => r !== id);
  const counts = [
    'problems.supervised',
    'problems.claimed',
    'problems.rectified',
    'problems.rebounded',
    'problems.open',
    'problems.overdue',
  ];
  return counts.includes(id) ? counts.filter((c) => c !== id) : [];
}
