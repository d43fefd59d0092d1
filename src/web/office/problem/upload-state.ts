import { type ApiError, isSessionLost } from '../../ui/api.ts';

export interface UploadState {
  readonly phase: 'uploading' | 'checking' | 'received' | 'failed';
  readonly percent: number;
  /** Why it failed: the server's words, or null when the connection broke off. */
  readonly error: ApiError | null;
}

/** How far an upload is after so many bytes of so many; all of them sent is not yet received: the server looks at the file first. */
export function progressOf(sent: number, total: number): UploadState {
  return { phase: sent === total ? 'checking' : 'uploading', percent: Math.floor((sent / Math.max(1, total)) * 100), error: null };
}

/** Whether going on may help: the connection broke, the server was in trouble or busy, or the session ended. What was refused stays refused. */
export function mayResume({ phase, error }: UploadState): boolean {
  return phase === 'failed' && (error === null || error.status >= 500 || error.status === 429 || isSessionLost(error));
}
