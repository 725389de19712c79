import { after, before } from 'node:test';
import { openPostgresStore } from '#src/store/postgres/postgres-store.js';
import { systemClock } from '#src/telemetry/clock.js';
import { describeStore } from './contract-suite.js';
import { type PostgresServer, startPostgres } from './postgres-server.js';

let server: PostgresServer;
let url: string;

before(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
});

after(() => server.stop());

/** The suite says when something was received; a database's own clock can't be told. */
const time = {
  observe: () => undefined,
  fromNode: (ms: number) => ms,
  latest: (ms: number) => ms,
  toNode: (ms: number) => ms,
};

describeStore('PostgreSQL', async () => {
  await server.query(url, 'DROP SCHEMA IF EXISTS golem_discovery CASCADE');
  return {
    async open(listener, bounds) {
      const opened = await openPostgresStore({
        url,
        listener,
        clock: systemClock,
        time,
        ...bounds,
      });
      if (!opened.ok) throw new Error(opened.problem);
      return opened.value;
    },
    remove: () => Promise.resolve(),
  };
});
