// A server process as far as jobs go: numbers and signs logs under leases, and says on stdout whenever it begins.
import { v7 } from 'uuid';
import { instant } from '../../src/domain/kernel/instant.ts';
import type { Job } from '../../src/jobs/runner/job.ts';
import { startJobs } from '../../src/jobs/runner/runner.ts';
import { sequenceLog } from '../../src/jobs/log/sequence.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { fileSigner } from '../../src/storage/log/keys.ts';
import { fileMarks } from '../../src/storage/log/marks.ts';
import { makeServices } from '../../src/usecases/services.ts';
import { testKeeping } from '../support/keeping.ts';

const [url = '', keys = '', leaseMs = '800', silentMs = '1200'] = process.argv.slice(2);
const database = openDatabase({ connectionString: url, max: 4, silentMs: Number(silentMs) });
const services = makeServices(
  database,
  () => v7(),
  () => instant(Date.now()),
  { ...(await testKeeping()), log: fileSigner(keys, undefined), marks: fileMarks(keys).marks },
);
if (sequenceLog.scope !== 'campaign') throw new Error('a log belongs to a campaign');
const { run } = sequenceLog;
const job: Job = {
  ...sequenceLog,
  scope: 'campaign',
  everyMs: 20,
  run: async (at) => {
    process.stdout.write('ran\n');
    await run(at);
  },
};
const stop = startJobs(services, [job], {
  log: (line) => process.stderr.write(`${line}\n`),
  leaseMs: Number(leaseMs),
  lookMs: 50,
});
const alive = setInterval(() => undefined, 60_000);
process.on('SIGTERM', () => {
  clearInterval(alive);
  void stop()
    .then(() => database.close())
    .then(() => process.exit(0));
});
process.stdout.write('ready\n');
