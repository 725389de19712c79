/**
 * What a hub should answer, computed the slow and obvious way from what providers said: filter
 * everything, sort the rest. It knows the rules of the wire and nothing of how the hub works.
 */

/** One advertisement of an answer, as it came over the wire. */
export interface Listed {
  readonly provider_id: string;
  readonly ip_address: string;
  readonly country: string;
  readonly resources: { readonly cpu: number; readonly memory: number; readonly storage: number };
  readonly platform?: string;
  readonly pricing?: Readonly<Record<string, number>>;
  readonly created_at: string;
  readonly updated_at: string;
  readonly expires_at: string;
  readonly verified: boolean;
  readonly estimate?: { readonly usd_per_month: number };
  readonly proof?: { readonly signature: string; readonly body: string };
}

/** A question in the terms of the wire. */
export interface Question {
  readonly cpu?: number;
  readonly memory?: number;
  readonly storage?: number;
  readonly country?: readonly string[];
  readonly platform?: string;
  readonly max_usd_per_month?: number;
  readonly sort?: 'uptime' | 'price' | 'cpu' | 'memory' | 'storage';
}

/** Whether a value has the shape of an advertisement in an answer. */
export function isListed(value: unknown): value is Listed {
  return (
    typeof value === 'object' &&
    value !== null &&
    'provider_id' in value &&
    'created_at' in value &&
    'resources' in value
  );
}

/** The advertisements of an answer; throws where it holds anything else. */
export function listedIn(body: unknown): Listed[] {
  if (!Array.isArray(body)) throw new Error(`not a list: ${JSON.stringify(body)}`);
  return body.map((item: unknown) => {
    if (!isListed(item)) throw new Error(`not an advertisement: ${JSON.stringify(item)}`);
    return item;
  });
}

/** The whole answer to a question, in order. */
export function answerNaively<Item extends Listed>(
  market: readonly Item[],
  question: Question,
): Item[] {
  return market
    .filter((listed) => fits(listed, question))
    .toSorted((a, b) => compare(a, b, question));
}

/** The question as a query string. */
export function queryOf(question: Question): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(question)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.toString();
}

function fits(listed: Listed, question: Question): boolean {
  const { cpu = 0, memory = 0, storage = 0, country, platform, max_usd_per_month } = question;
  if (listed.resources.cpu < cpu) return false;
  if (listed.resources.memory < memory) return false;
  if (listed.resources.storage < storage) return false;
  if (country && !country.some((code) => code.toUpperCase() === listed.country)) return false;
  if (platform !== undefined && listed.platform !== platform) return false;
  return max_usd_per_month === undefined || price(listed, question) <= max_usd_per_month;
}

function compare(a: Listed, b: Listed, question: Question): number {
  return (
    Number(b.verified) - Number(a.verified) ||
    order(sortKey(a, question), sortKey(b, question)) ||
    order(a.provider_id, b.provider_id)
  );
}

function order<Key extends string | number>(a: Key, b: Key): number {
  return a < b ? -1 : Number(a > b);
}

function sortKey(listed: Listed, question: Question): number {
  switch (question.sort ?? 'uptime') {
    case 'uptime':
      return Date.parse(listed.created_at);
    case 'price':
      return price(listed, question);
    case 'cpu':
      return -listed.resources.cpu;
    case 'memory':
      return -listed.resources.memory;
    case 'storage':
      return -listed.resources.storage;
  }
}

function price({ pricing }: Listed, { cpu = 0, memory = 0, storage = 0 }: Question): number {
  const core = pricing?.['usd_per_core_month'];
  const ram = pricing?.['usd_per_gb_ram_month'];
  const disk = pricing?.['usd_per_gb_storage_month'];
  if (core === undefined || ram === undefined || disk === undefined) return Infinity;
  return cpu * core + memory * ram + storage * disk;
}
