// The other process of the engine's tests: starts the engine, says where it is, and stays until it is killed.
import pg from 'pg';
import { startEngine } from '../../src/storage/engine/index.ts';

const [dataDir = '', mode] = process.argv.slice(2);
const engine = await startEngine({ dataDir });
process.stdout.write(`${JSON.stringify({ port: engine.connection.port, adopted: engine.adopted, cluster: engine.cluster })}\n`);

if (mode === 'write') {
  const client = new pg.Client(engine.connection);
  client.on('error', () => {});
  await client.connect();
  await client.query('create table if not exists written(n int)');
  for (let n = 1; ; n += 1) {
    await client.query('insert into written values ($1)', [n]);
    process.stdout.write(`row ${n}\n`);
  }
}
setInterval(() => {}, 60_000);
