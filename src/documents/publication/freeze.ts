import type { ArtefactFormat } from '../../domain/publication/acts.ts';
import { fontsName } from '../kit/fonts.ts';
import { proofBundle } from './bundle.ts';
import { bulletinDocx } from './docx.ts';
import { bulletinHtml } from './html.ts';
import type { Proof, PublicationModel } from './model.ts';
import { bulletinPdf } from './pdf.ts';

/**
 * What the files are made with. The same versions make the same bytes; they are pinned exactly in `package.json`, and a change of
 * one of them, or of a template, is a new name here.
 */
export const renderer = `bulletin/2 typst-ts/0.7.0 ${fontsName} easy-template-x/7.2.8 fflate/0.8.3 qrcode/1.5.4`;

/** All files of a released bulletin. */
export async function freeze(m: PublicationModel, proof: Proof): Promise<{ format: ArtefactFormat; bytes: Uint8Array }[]> {
  return [
    { format: 'html', bytes: new TextEncoder().encode(bulletinHtml(m)) },
    { format: 'docx', bytes: await bulletinDocx(m) },
    { format: 'pdf', bytes: bulletinPdf(m) },
    { format: 'zip', bytes: proofBundle(m, proof) },
  ];
}
