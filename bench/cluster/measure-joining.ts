/** How long a node takes to join many advertisements, and how the others answer meanwhile. */
import type { Sql } from 'postgres';
import { startHub, type ServerProcess } from '../server-process.js';

/** What was measured. */
export interface Joining {
  readonly advertisements: number;
  readonly firstMs: number;
  readonly joinMs: number;
  /** Of questions to the first node while the second joined. */
  readonly findP99Ms: number;
}

/** Fills the tables, starts one node, and lets another join. */
export async function measureJoining(
  sql: Sql,
  count: number,
  start: () => Promise<ServerProcess>,
): Promise<Joining> {
  await fill(sql, count);
  const first = await start();
  let isOver = false;
  const asking = askUntil(first, () => isOver);
  const second = await start();
  isOver = true;
  const findMs = (await asking).toSorted((a, b) => a - b);
  const listed = await countAt(second);
  await Promise.all([first.close(), second.close()]);
  if (listed !== count) throw new Error(`the second node lists ${listed} of ${count}`);
  return {
    advertisements: count,
    firstMs: first.startMs,
    joinMs: second.startMs,
    findP99Ms: findMs[Math.floor(findMs.length * 0.99)] ?? 0,
  };
}

/** Rows as hubs would have written them; nobody verifies a signature that is stored. */
async function fill(sql: Sql, count: number): Promise<void> {
  await sql.unsafe('TRUNCATE golem_discovery.providers, golem_discovery.history');
  await sql.unsafe(`
    INSERT INTO golem_discovery.providers
    SELECT '0x' || lpad(to_hex(n), 40, '0'), 1, now_ms, advertisement, advertisement,
      't=' || now_ms || ',v1=0x' || repeat('ab', 65), '203.0.113.10', now_ms - n, now_ms,
      now_ms + 86400000, due_ms, NULL, NULL
    FROM generate_series(1, ${count}) n,
      LATERAL (SELECT floor(extract(epoch FROM now()) * 1000)::bigint AS now_ms,
        (SELECT lease_ms + 86400000 FROM golem_discovery.feed) AS due_ms,
        json_build_object('ip_address', '203.0.113.' || n % 250, 'country', 'SE',
          'resources', json_build_object('cpu', 1 + n % 64, 'memory', 1 + n % 256, 'storage', 10 + n % 2000),
          'platform', 'x86_64',
          'pricing', json_build_object('usd_per_core_month', n % 100 / 10.0, 'usd_per_gb_ram_month', n % 70 / 10.0,
            'usd_per_gb_storage_month', n % 9 / 100.0))::text AS advertisement) made`);
  await sql.unsafe('ANALYZE golem_discovery.providers');
}

async function askUntil(hub: ServerProcess, isOver: () => boolean): Promise<number[]> {
  const ms: number[] = [];
  while (!isOver()) {
    const startMs = performance.now();
    const answer = await fetch(`${urlOf(hub)}?cpu=8&limit=20`);
    await answer.text();
    ms.push(performance.now() - startMs);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return ms;
}

async function countAt(hub: ServerProcess): Promise<number> {
  const answer = await fetch(`${urlOf(hub)}?limit=1&count=true`);
  await answer.text();
  return Number(answer.headers.get('x-total-count'));
}

function urlOf({ port }: ServerProcess): string {
  return `http://127.0.0.1:${port}/api/v1/advertisements`;
}

/** Hubs that share a database. */
export function startNode(folder: string, url: string): Promise<ServerProcess> {
  return startHub(folder, false, { DISCOVERY_DB_URL: url });
}
