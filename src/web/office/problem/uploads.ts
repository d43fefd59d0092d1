import { useSyncExternalStore } from 'react';
import { DetailedError, Upload } from 'tus-js-client';
import { api } from '../../../contract/paths/api.ts';
import type { EvidenceKind } from '../../../domain/evidence/limits.ts';
import { ApiError, changingHeaders, isSessionLost, problemOf, renewSession } from '../../ui/api.ts';
import { forgetNow } from '../../ui/query.ts';
import { loseByReloading } from '../drafts/guard.ts';
import { progressOf, type UploadState } from './upload-state.ts';

export type { UploadState } from './upload-state.ts';

interface Entry {
  readonly upload: Upload;
  state: UploadState;
}

export interface UploadOrder {
  readonly campaign: string;
  readonly item: string;
  readonly sha256: string;
  readonly kind: EvidenceKind;
  readonly name: string;
  readonly takenAt: string;
}

/** Uploads of this page's life: they go on when a form closes. */
const entries = new Map<string, Entry>();
const listeners = new Set<() => void>();
let version = 0;

function changed(): void {
  version++;
  loseByReloading(
    entries,
    [...entries.values()].some((e) => e.state.phase === 'uploading' || e.state.phase === 'checking'),
  );
  for (const listener of listeners) listener();
}

const keyOf = (item: string, sha256: string) => `${item}/${sha256}`;

/** Starts to upload a file, or goes on where an earlier try of it on this device stopped. */
export async function startUpload(file: File, order: UploadOrder): Promise<void> {
  const key = keyOf(order.item, order.sha256);
  const known = entries.get(key);
  if (known !== undefined && known.state.phase !== 'failed') return;
  // Whoever cancelled it wants none of it sent any more, and hears nothing of it beside the one that was begun after it.
  const own = () => {
    const entry = entries.get(key);
    return entry?.upload === upload ? entry : undefined;
  };
  const set = (state: UploadState) => {
    const entry = own();
    if (entry === undefined) return;
    entry.state = state;
    changed();
  };
  const upload = new Upload(file, {
    endpoint: api.uploads,
    // The token of the moment: a session may be renewed while a file is on its way.
    onBeforeRequest: (request) => {
      for (const [name, value] of Object.entries(changingHeaders())) request.setHeader(name, value);
    },
    metadata: { ...order },
    chunkSize: 8_000_000,
    retryDelays: [500, 2000, 5000],
    removeFingerprintOnSuccess: true,
    fingerprint: () => Promise.resolve(`clearzero/${order.campaign}/${key}`),
    onProgress: (sent, total) => {
      // A late tick must not hide that it failed.
      if (own()?.state.phase === 'failed') return;
      set(progressOf(sent, total));
    },
    onSuccess: () => {
      set({ phase: 'received', percent: 100, error: null });
      void forgetNow();
    },
    onError: (error) => {
      const response = error instanceof DetailedError ? error.originalResponse : null;
      const reason = response === null ? undefined : problemOf(response.getStatus(), response.getBody());
      const fail = (why: ApiError | null) => set({ phase: 'failed', percent: own()?.state.percent ?? 0, error: why });
      if (!isSessionLost(reason)) return fail(reason ?? null);
      renewSession()
        .then((signedIn) => {
          if (!signedIn) fail(reason ?? null);
          else if (own() !== undefined) upload.start();
        })
        .catch((why: unknown) => fail(why instanceof ApiError ? why : null));
    },
  });
  entries.set(key, { upload, state: { phase: 'uploading', percent: 0, error: null } });
  changed();
  const earlier = (await upload.findPreviousUploads())[0];
  if (own() === undefined) return;
  if (earlier !== undefined) upload.resumeFromPreviousUpload(earlier);
  upload.start();
}

/** Goes on with an upload that broke off. */
export function resumeUpload(item: string, sha256: string): void {
  const entry = entries.get(keyOf(item, sha256));
  if (entry === undefined) return;
  entry.state = { ...entry.state, phase: 'uploading', error: null };
  changed();
  entry.upload.start();
}

/** Gives an upload up, here and on the server. What was received stays. */
export function cancelUpload(item: string, sha256: string): void {
  const key = keyOf(item, sha256);
  const entry = entries.get(key);
  if (entry === undefined || entry.state.phase === 'received') return;
  // What the server refused is gone there already.
  void entry.upload.abort(entry.state.error === null).catch(() => undefined);
  entries.delete(key);
  changed();
}

/** How an upload stands; undefined when there is none. */
export function uploadOf(item: string, sha256: string): UploadState | undefined {
  return entries.get(keyOf(item, sha256))?.state;
}

export function isUploading(item: string, sha256: string): boolean {
  const phase = uploadOf(item, sha256)?.phase;
  return phase === 'uploading' || phase === 'checking';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** States of a problem's uploads by hash; the component is drawn again as they go on. */
export function useUploads(item: string | undefined): (sha256: string) => UploadState | undefined {
  useSyncExternalStore(subscribe, () => version);
  return (sha256) => (item === undefined ? undefined : uploadOf(item, sha256));
}
