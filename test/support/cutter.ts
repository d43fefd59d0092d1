import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** A wire between the product and its database that can be cut. */
export interface Cutter {
  readonly port: number;
  /** How many connections were cut so far. */
  readonly cuts: number;
  /** Resets the next connection that carries so many bytes from the database, in the middle of them. */
  cutAfter(bytes: number): void;
  /** Resets the next connection that commits: `before` the database hears of it, or `after` it has, so that only its answer is lost. */
  cutAtCommit(when: 'before' | 'after'): void;
  close(): Promise<void>;
}

/** Listens on a port of its own and passes everything on. */
export async function cutter(to: number): Promise<Cutter> {
  let bytes = Infinity;
  let commit: 'before' | 'after' | undefined;
  let cuts = 0;
  let armed = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(to, '127.0.0.1');
    let passed = 0;
    let of = armed;
    let mute = false;
    const cut = () => {
      cuts++;
      client.resetAndDestroy();
      database.resetAndDestroy();
    };
    for (const socket of [client, database]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        database.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (commit !== undefined && /commit\0/i.test(chunk.toString('latin1'))) {
        const when = commit;
        commit = undefined;
        if (when === 'before') return cut();
        mute = true;
      }
      database.write(chunk);
    });
    database.on('data', (chunk) => {
      // What the database answers to a commit is the first thing that comes after it.
      if (mute) return cut();
      if (of !== armed) [of, passed] = [armed, 0];
      passed += chunk.length;
      if (passed < bytes) return void client.write(chunk);
      const rest = chunk.length - (passed - bytes);
      bytes = Infinity;
      client.write(chunk.subarray(0, rest), cut);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get cuts() {
      return cuts;
    },
    cutAfter(n) {
      armed++;
      bytes = n;
    },
    cutAtCommit(when) {
      commit = when;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
