/** The ways to lie about one advertisement, each of which a client must see. */
import type { Advertisement, Proof } from 'golem-vm-discovery-protocol';

/** What the same answer, and an earlier one, say besides. */
export interface Sources {
  /** Another advertisement of the same answer. */
  readonly other: Advertisement;
  /** What the same provider said before. */
  readonly earlier: Advertisement;
}

/** Lies about one advertisement. */
export type Lie = (record: Advertisement, sources: Sources) => Advertisement;

const MADE_UP = '198.51.100.7';
const [A_SECOND, TOO_LONG, TOO_EARLY] = [1_000, 400_000, -90_000];

/** Every lie there is, by what it is about. */
export const LIES: Readonly<Record<string, Lie>> = {
  address: (record) => ({ ...record, ip_address: MADE_UP }),
  country: (record) => ({ ...record, country: 'FR' }),
  cores: (record) => withResources(record, { cpu: record.resources.cpu + 1 }),
  memory: (record) => withResources(record, { memory: record.resources.memory + 1 }),
  storage: (record) => withResources(record, { storage: record.resources.storage - 1 }),
  'a price': (record) => withPrice(record, { usd_per_core_month: 0.001 }),
  'a price that nobody named': (record) => withPrice(record, { glm_per_core_month: 1 }),
  'prices left out': ({ pricing: _pricing, ...record }) => record,
  platform: (record) => ({ ...record, platform: 'riscv64' }),
  'a name': (record) => ({ ...record, provider_name: 'Golem Factory' }),
  'the price of the shape': ({ estimate, ...record }) => ({
    ...record,
    estimate: { usd_per_month: 0.01, usd_per_hour: estimate?.usd_per_hour ?? 0 },
  }),
  'being unverified': (record) => ({ ...record, verified: false }),

  'the id of another': (record, { other }) => ({ ...record, provider_id: other.provider_id }),
  'an id that is not canonical': (record) => ({ ...record, provider_id: `${record.provider_id} ` }),
  'a label as an id': (record) => ({ ...record, provider_id: 'provider-1' }),

  'no proof': ({ proof: _proof, ...record }) => record,
  'the proof of another': (record, { other }) => withProof(record, proofOf(other)),
  'the proof of what it said before': (record, { earlier }) => withProof(record, proofOf(earlier)),
  'the signature of another': (record, { other }) =>
    withProof(record, { signature: proofOf(other).signature }),
  'the body of another': (record, { other }) => withProof(record, { body: proofOf(other).body }),
  'a body with a space more': (record) => withProof(record, { body: `${proofOf(record).body} ` }),
  'a body that fits the lie': (record) => ({
    ...withProof(record, { body: proofOf(record).body.replace('"memory":', '"memory":1') }),
    resources: { ...record.resources, memory: Number(`1${record.resources.memory}`) },
  }),
  'another time of signing': (record) =>
    withProof(record, { signature: proofOf(record).signature.replace(/t=\d{12}/u, increment) }),
  'a digit of the signature': (record) =>
    withProof(record, { signature: proofOf(record).signature.replace(/.(?=.{20}$)/u, otherDigit) }),

  'a renewal that was not signed': (record) => renewedBy(record, TOO_LONG),
  'a renewal before it was signed': (record) => renewedBy(record, TOO_EARLY),
  'a beginning after the renewal': (record) => ({
    ...record,
    created_at: moved(record.updated_at, A_SECOND),
  }),
  'an end before the renewal': (record) => ({ ...record, expires_at: record.updated_at }),
};

function withResources(
  record: Advertisement,
  change: Partial<Advertisement['resources']>,
): Advertisement {
  return { ...record, resources: { ...record.resources, ...change } };
}

function withPrice(record: Advertisement, change: Advertisement['pricing']): Advertisement {
  return { ...record, pricing: { ...record.pricing, ...change } };
}

function withProof(record: Advertisement, change: Partial<Proof>): Advertisement {
  return { ...record, proof: { ...proofOf(record), ...change } };
}

function proofOf({ proof }: Advertisement): Proof {
  return proof ?? { signature: '', body: '' };
}

function increment(t: string): string {
  return t.replace(/\d+/u, (digits) => String(Number(digits) + 1));
}

function otherDigit(digit: string): string {
  return digit === 'a' ? 'b' : 'a';
}

function renewedBy(record: Advertisement, ms: number): Advertisement {
  const { created_at, updated_at, expires_at } = record;
  return {
    ...record,
    created_at: moved(created_at, Math.min(0, ms)),
    updated_at: moved(updated_at, ms),
    expires_at: moved(expires_at, ms),
  };
}

function moved(time: string, ms: number): string {
  return new Date(Date.parse(time) + ms).toISOString();
}
