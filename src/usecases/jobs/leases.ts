import { addJobs, endLease, renewLeases, takeJobs, type Ended, type JobKey, type Lease } from '../../storage/jobs/leases.ts';
import type { Services } from '../services.ts';

export type { BackOff, Ended, JobKey, Lease } from '../../storage/jobs/leases.ts';

/** The leases of one server process: `holder` is an id that nobody else has, and not this process' number either. */
export interface Leases {
  add(list: readonly (JobKey & { readonly firstMs: number })[]): Promise<void>;
  take(wanted: readonly JobKey[]): Promise<Lease[]>;
  renew(held: readonly (Lease & { readonly ran: boolean })[]): Promise<Lease[]>;
  end(lease: Lease, how: Ended): Promise<boolean>;
}

/** Leases of jobs for one holder, each `leaseMs` long, by the clock of the database. */
export function leasesOf(s: Services, holder: string, leaseMs: number): Leases {
  const { db } = s.database;
  return {
    add: (list) => addJobs(db, list),
    take: (wanted) => takeJobs(db, holder, wanted, leaseMs),
    renew: (held) => renewLeases(db, holder, held, leaseMs),
    end: (lease, how) => endLease(db, holder, lease, how),
  };
}
