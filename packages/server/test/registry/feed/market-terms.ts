/** What is offered and asked for in the tests of watches: few choices, so that everything meets. */
import type { AdvertisementBody, Requirements } from 'golem-vm-discovery-protocol';

/** Bounds that a short test meets. */
export const SMALL = {
  snapshotPart: 2,
  changesAtOnce: 3,
  eventsAtOnce: 2,
  toldAtOnce: 2,
  pendingMax: 3,
};

/** What providers offer. */
export const OFFERS: readonly AdvertisementBody[] = [
  body('SE', 4),
  body('SE', 8),
  body('DE', 4),
  { ...body('DE', 8), platform: 'arm64' },
  { ...body('FR', 4), platform: 'x86_64', pricing: prices(1) },
  { ...body('SE', 16), pricing: prices(2) },
  { ...body('FI', 16), pricing: { usd_per_core_month: 1 } },
];

/** What is watched. */
export const WANTED: readonly Requirements[] = [
  {},
  { country: ['SE'] },
  { country: ['DE', 'FR'], platform: 'arm64' },
  { cpu: 8 },
  { cpu: 4, memory: 8, storage: 100, max_usd_per_month: 150 },
  { verified: true, country: ['FI', 'SE'] },
];

/** An advertisement of so many cores in a country. */
export function body(country: string, cpu: number): AdvertisementBody {
  return { ip_address: '203.0.113.10', country, resources: { cpu, memory: 8, storage: 100 } };
}

function prices(usd: number): NonNullable<AdvertisementBody['pricing']> {
  return {
    usd_per_core_month: usd,
    usd_per_gb_ram_month: usd,
    usd_per_gb_storage_month: usd,
    glm_per_core_month: 1,
    glm_per_gb_ram_month: 1,
    glm_per_gb_storage_month: 1,
  };
}
