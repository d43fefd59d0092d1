import { printBatches } from '../publication/cohort.ts';

/** A name that is only a number, in digits or as a number word. */
const numberAlone = /^(?:[0-9０-９]+|[〇零一二三四五六七八九十百两]+)$/;

/**
 * What a batch is called in Chinese (批次名称): as it was named; a bare number is completed, and only without a name its own number
 * stands. @example batchTitle(9, '九') is '第九批'
 */
export function batchTitle(no: number, name: string): string {
  const given = name.trim();
  if (given === '') return printBatches([no], 'zh');
  return numberAlone.test(given) ? `第${given}批` : given;
}
