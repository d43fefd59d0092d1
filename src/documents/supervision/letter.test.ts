import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { letterDocx, type LetterModel } from './letter.ts';

const letter: LetterModel = {
  campaign: '山西省“百日清零”专项行动',
  notice: '',
  issuer: '省专班',
  docNo: '晋〔2019〕9号',
  batch: '第九批',
  government: '临汾市人民政府',
  issuedOn: '2019-07-06',
  deadline: '2019-07-31',
  issuedAt: '2019-07-06T10:00:00Z',
  problems: [{ no: 'SX2019-0001', county: '洪洞', unit: '某厂', text: '外排水超标' }],
  checkpoint: null,
  seal: 'x',
};

test('the campaign stands in quotation marks of its own, its own marks inside them, and the batch by its name', async () => {
  const xml = new TextDecoder().decode(unzipSync(await letterDocx(letter))['word/document.xml']);
  const shown = xml.replace(/<[^>]+>/g, '');
  expect(shown).toContain('列入“山西省‘百日清零’专项行动”第九批（清单附后）');
  expect(shown).toContain('督办函（第九批）');
});
