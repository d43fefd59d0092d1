import { join } from 'node:path';
import exifr from 'exifr';
import sharp, { type Metadata } from 'sharp';
import { inspection as limits, thumbnailSide, viewSide } from '../../domain/evidence/limits.ts';
import { likenessOf, likenessSide } from '../../domain/evidence/likeness.ts';
import { thumbnailTransform, viewTransform } from '../../domain/evidence/state.ts';
import { Rejected, type Finding, type MadeCopy } from './finding.ts';

sharp.cache(false);
sharp.concurrency(1);

const reading = { limitInputPixels: limits.pixels, failOn: 'error', sequentialRead: true } as const;

/** Decodes an image and makes the copies that are shown: re-encoded, turned upright, without any of its metadata. */
export async function inspectImage(path: string, scratch: string): Promise<Omit<Finding, 'mediaType'>> {
  const about = await sharp(path, { limitInputPixels: false }).metadata().catch(damaged);
  refuseLarge(about);
  const claims = await claimsOf(path);
  const view = await copy(path, scratch, viewTransform, viewSide, 82);
  // Of the copy and not of the original, which would be decoded again.
  const thumbnail = await copy(view.path, scratch, thumbnailTransform, thumbnailSide, 72);
  return { ...claims, likeness: await likeness(view.path), copies: [view, thumbnail] };
}

/** What the picture looks like, from the copy that stands upright. */
async function likeness(path: string): Promise<string | null> {
  const grey = await sharp(path, reading).greyscale().resize(likenessSide, likenessSide, { fit: 'fill' }).raw().toBuffer();
  return likenessOf(grey);
}

function refuseLarge(about: Metadata): void {
  const frames = about.pages ?? 1;
  if (frames > limits.frames) throw new Rejected('evidence.frames', { frames, limit: limits.frames });
  const pixels = about.width * (about.pageHeight ?? about.height) * frames;
  if (pixels > limits.pixels) throw new Rejected('evidence.pixels', { limit: limits.pixels / 1_000_000 });
}

async function copy(source: string, scratch: string, transform: string, side: number, quality: number): Promise<MadeCopy> {
  const path = join(scratch, `${transform.replace('/', '-')}.jpg`);
  await sharp(source, reading)
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .toFile(path)
    .catch(damaged);
  return { transform, path, mediaType: 'image/jpeg' };
}

/** What the file says of itself: when it was made, and whether (not where) it says where. */
async function claimsOf(path: string): Promise<{ deviceTakenAt: string | null; hasLocation: boolean }> {
  const options = { pick: ['DateTimeOriginal', 'OffsetTimeOriginal', 'GPSLatitude', 'GPSLongitude'], reviveValues: false, xmp: false };
  const read = (await exifr.parse(path, options).catch(() => undefined)) as Record<string, unknown> | undefined;
  const hasLocation = read?.GPSLatitude !== undefined || read?.GPSLongitude !== undefined || read?.latitude !== undefined;
  const taken = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(String(read?.DateTimeOriginal ?? ''));
  const offset = /^[+-]\d\d:\d\d$/.exec(String(read?.OffsetTimeOriginal ?? ''))?.[0] ?? '';
  return { deviceTakenAt: taken === null ? null : `${taken[1]}-${taken[2]}-${taken[3]}T${taken[4]}${offset}`, hasLocation };
}

function damaged(error: unknown): never {
  if (/pixel limit|too large|exceeds/i.test(String(error))) throw new Rejected('evidence.pixels', { limit: limits.pixels / 1_000_000 });
  throw new Rejected('evidence.damaged', {});
}
