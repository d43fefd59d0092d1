import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { addUser, changePassword, erasePerson, installation, readUsers, setDisabled } from '../../app/operations.ts';
import type { Grant, Role } from '../../domain/access/policy.ts';
import { orRefuse, usage } from '../problem.ts';
import { withServices } from '../running.ts';

/** The password from standard input, so that it stands in no process list and no shell history. */
function passwordFromInput(): string {
  const text = readFileSync(0, 'utf8').split('\n')[0] ?? '';
  if (text === '') throw usage('give the password on standard input');
  return text;
}

function grantsOf(list: readonly string[]): Grant[] {
  return list.map((text) => {
    const [role, place, campaign] = text.split(':');
    if (role === undefined || !/^[1-9]\d{5}$/.test(place ?? ''))
      throw usage(`--role ${text}: write role:place or role:place:campaign, such as clerk:140000`);
    return { role: role as Role, place: Number(place), campaign: campaign === undefined || campaign === '' ? null : campaign };
  });
}

export function userCommand(program: Command): void {
  const user = program.command('user').description('Accounts / 账户');
  user
    .command('list')
    .option('--json', 'print JSON')
    .action((o: { json?: boolean }) =>
      withServices(async ({ services }) => {
        const users = await readUsers(services);
        if (o.json === true) process.stdout.write(`${JSON.stringify({ users })}\n`);
        else
          for (const u of users)
            process.stdout.write(
              `${u.username.padEnd(16)} ${u.name}  ${u.grants.map((g) => `${g.role}:${g.place}${g.campaign === null ? '' : `:${g.campaign}`}`).join(' ')}${u.disabled ? '  (disabled)' : ''}\n`,
            );
      }),
    );
  user
    .command('erase')
    .description('Erase a person\u2019s name from a campaign; acts and proofs stay / 删除个人信息')
    .requiredOption('--campaign <slug>', 'the campaign')
    .option('--id <id>', 'the person\u2019s id as it stands in acts')
    .option('--name <name>', 'the name as it was written')
    .requiredOption('--reason <text>', 'is kept in the act')
    .option('--json', 'print JSON')
    .action(async (o: { campaign: string; id?: string; name?: string; reason: string; json?: boolean }) => {
      if (o.id === undefined && o.name === undefined) throw usage('give --id or --name');
      await withServices(async ({ services }) => {
        const q = { campaign: o.campaign, subject: o.id, name: o.name, reason: o.reason };
        const done = orRefuse(await erasePerson(services, installation, q));
        process.stdout.write(o.json === true ? `${JSON.stringify(done)}\n` : `${done.erased} personal values erased\n`);
      });
    });
  user
    .command('add <username>')
    .description('The password is read from standard input.')
    .requiredOption('--name <name>', 'the person')
    .requiredOption('--org <code>', 'the organisation they act for')
    .requiredOption('--role <role:place[:campaign]>', 'repeatable', (v: string, all: string[]) => [...all, v], [])
    .option('--json', 'print JSON')
    .action(async (username: string, o: { name: string; org: string; role: string[]; json?: boolean }) => {
      const grants = grantsOf(o.role);
      const password = passwordFromInput();
      await withServices(async ({ services }) => {
        const made = orRefuse(await addUser(services, { username, name: o.name, org: o.org, password, grants }));
        process.stdout.write(o.json === true ? `${JSON.stringify({ username, ...made })}\n` : `${username} added\n`);
      });
    });
  user
    .command('password <username>')
    .description('The new password is read from standard input; every session of the account ends.')
    .option('--json', 'print JSON')
    .action(async (username: string, o: { json?: boolean }) => {
      const password = passwordFromInput();
      await withServices(async ({ services }) => {
        orRefuse(await changePassword(services, username, password));
        process.stdout.write(o.json === true ? `${JSON.stringify({ username })}\n` : `${username}: password changed\n`);
      });
    });
  for (const [word, disabled] of [
    ['disable', true],
    ['enable', false],
  ] as const) {
    user
      .command(`${word} <username>`)
      .option('--json', 'print JSON')
      .action((username: string, o: { json?: boolean }) =>
        withServices(async ({ services }) => {
          orRefuse(await setDisabled(services, username, disabled));
          process.stdout.write(o.json === true ? `${JSON.stringify({ username, disabled })}\n` : `${username}: ${word}d\n`);
        }),
      );
  }
}
