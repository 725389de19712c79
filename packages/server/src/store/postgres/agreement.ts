/**
 * What all hubs on one database must have been told alike: settings that give a meaning to what is stored.
 * The first to come writes down what it was told; who comes while others are there has to say the same.
 *
 * Invariant: the network stays the same for as long as anybody is stored: what they signed is for no other.
 */
import type { Queries } from './feed-queries.js';

/** Values by the names of settings, under which operators know them. */
export type Agreement = Readonly<Record<string, string>>;

/** The setting that is nobody's to change while anything is stored. */
const NETWORK = 'DISCOVERY_NETWORK';

/** Agrees, under the lock of the feed; `alone`: nobody else is there to disagree. A sentence where this hub may not come in. */
export async function reasonToStayOut(
  sql: Queries,
  agreement: Agreement,
  alone: boolean,
): Promise<string | undefined> {
  const [row] = await sql<{ agreement: string }[]>`SELECT agreement FROM golem_discovery.agreement`;
  const made = parseAgreement(row?.agreement ?? '{}');
  for (const [setting, value] of Object.entries(agreement)) {
    const theirs = made[setting] ?? value;
    if (theirs === value) continue;
    if (setting === NETWORK) {
      if (!alone || (await isUsed(sql))) return otherNetwork(value, theirs);
    } else if (!alone) return otherSetting(setting, value, theirs);
  }
  await write(sql, { ...made, ...agreement });
  return undefined;
}

async function isUsed(sql: Queries): Promise<boolean> {
  const rows = await sql`SELECT FROM golem_discovery.providers LIMIT 1`;
  return rows.length > 0;
}

async function write(sql: Queries, agreement: Agreement): Promise<void> {
  await sql`
    INSERT INTO golem_discovery.agreement VALUES (1, ${JSON.stringify(agreement)})
    ON CONFLICT (id) DO UPDATE SET agreement = excluded.agreement`;
}

function otherNetwork(ours: string, theirs: string): string {
  return `${NETWORK} is ${ours} here, and this database is for ${theirs}: set it to that, or name another database in DISCOVERY_DB_URL`;
}

function otherSetting(setting: string, ours: string, theirs: string): string {
  return `${setting} is ${ours} here, and ${theirs} at the hubs that run on this database: say the same, or stop all of them before you change it`;
}

function parseAgreement(text: string): Agreement {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
