import type { TFunction } from 'i18next';

/** The name of an industry by its code (GB/T 4754-2017), with the code; what has no name here stays as it was typed. */
export function industryName(t: TFunction, code: string): string {
  const name = t(`record:industry.${code}`, { defaultValue: '' });
  return name === '' ? code : `${name} ${code}`;
}
