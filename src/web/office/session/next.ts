/** Where signing in leads: only addresses of this site, for another site's would be a way to lure people. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}
