/**
 * In which part of a figure a thing counts; a key of the words.
 * @param denominator  null when the figure has none
 */
export function countedPart(numerator: boolean, denominator: boolean | null): 'in' | 'both' | 'numerator' | 'denominator' | 'out' {
  if (denominator === null) return numerator ? 'in' : 'out';
  if (numerator) return denominator ? 'both' : 'numerator';
  return denominator ? 'denominator' : 'out';
}
