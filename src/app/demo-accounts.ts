import type { Grant } from '../domain/access/policy.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import { addUser, userExists } from '../usecases/access/users.ts';
import type { Services } from '../usecases/services.ts';
import { demoCampaign } from './demo.ts';

interface DemoAccount {
  readonly username: string;
  readonly name: string;
  readonly org: string;
  readonly role: Grant['role'];
  readonly place: number;
  /** Also sees campaigns loaded later. */
  readonly everywhere?: boolean;
}

/** One password for all demo accounts: it is printed at the start and protects nothing. */
export const demoPassword = 'clearzero-demo';

export const demoAccounts: readonly DemoAccount[] = [
  { username: 'clerk', name: '周慎', org: 'sx-office', role: 'clerk', place: 140_000, everywhere: true },
  { username: 'director', name: '郝明远', org: 'sx-office', role: 'director', place: 140_000, everywhere: true },
  { username: 'inspector', name: '贺川', org: 'team-141000', role: 'inspector', place: 141_000 },
  { username: 'acceptance', name: '秦朗', org: 'sx-acceptance', role: 'acceptance', place: 140_000 },
  { username: 'linfen', name: '段知行', org: 'gov-141000', role: 'city-officer', place: 141_000 },
  { username: 'hongtong', name: '石远', org: 'gov-141024', role: 'county-officer', place: 141_024 },
  { username: 'taiyuan', name: '白若兰', org: 'gov-140100', role: 'city-officer', place: 140_100 },
  { username: 'auditor', name: '邵平', org: 'audit-office', role: 'auditor', place: 140_000, everywhere: true },
  { username: 'press', name: '杜若', org: 'press', role: 'press', place: 140_000 },
  { username: 'security', name: '安守信', org: 'it-office', role: 'security-admin', place: 140_000, everywhere: true },
];

/** Makes the demo accounts that are missing; an existing account is left as it is. */
export async function ensureDemoAccounts(s: Services): Promise<void> {
  for (const a of demoAccounts) {
    if (await userExists(s, a.username)) continue;
    // Registers of other regulators have trees of their own: whoever works everywhere holds the role at their roots too.
    const places = a.everywhere === true ? [a.place, 900_000, 710_000] : [a.place];
    const grants = places.map((place): Grant => ({ role: a.role, place, campaign: a.everywhere === true ? null : demoCampaign }));
    const made = await addUser(s, { username: a.username, name: a.name, org: a.org, password: demoPassword, grants });
    if (isRefusal(made) && made.code !== 'user.exists') throw new Error(made.code);
  }
}
