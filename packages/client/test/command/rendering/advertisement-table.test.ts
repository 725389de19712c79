import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { advertisementTable } from '#src/command/rendering/advertisement-table.js';
import { textWidth } from '#src/command/rendering/text-width.js';
import type { Output } from '#src/command/surroundings.js';

const NOW_MS = Date.parse('2026-11-22T12:00:00Z');

const USUAL: Advertisement = {
  provider_id: '0x4a62316623ad457f02cdc5d997ded67a383ec569',
  ip_address: '203.0.113.200',
  country: 'SE',
  resources: { cpu: 8, memory: 16, storage: 320 },
  pricing: { usd_per_core_month: 4, usd_per_gb_ram_month: 2, usd_per_gb_storage_month: 0.1 },
  provider_name: 'Zürich Metal 4',
  created_at: '2026-11-19T11:00:00Z',
  updated_at: '2026-11-22T11:59:00Z',
  expires_at: '2026-11-22T12:04:00Z',
  verified: true,
};

function output(columns: number | undefined, colour = false): Output {
  return {
    write: () => undefined,
    isTerminal: columns !== undefined,
    columns: () => columns,
    colour,
  };
}

function rendered(rows: readonly Advertisement[], columns: number | undefined): readonly string[] {
  const { header, line } = advertisementTable(rows, output(columns), NOW_MS);
  return [header((text) => text), ...rows.map(line)];
}

const advertisements = fc.record({
  provider_id: fc.constantFrom(
    USUAL.provider_id,
    'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
    'provider-1',
  ),
  ip_address: fc.constantFrom('192.0.2.1', '2001:db8:1234:5678:9abc:def0:1234:5678'),
  country: fc.constantFrom('SE', 'GB', 'KR', 'ZZ'),
  resources: fc.record({
    cpu: fc.integer({ min: 1, max: 1_024 }),
    memory: fc.integer({ min: 1, max: 65_536 }),
    storage: fc.integer({ min: 1, max: 10_000_000 }),
  }),
  provider_name: fc.string({ unit: 'grapheme', maxLength: 64 }),
  created_at: fc.constantFrom(USUAL.created_at, '2019-01-01T00:00:00Z'),
  verified: fc.boolean(),
});

describe('the table of advertisements', () => {
  it('reads so in 80 columns', () => {
    assert.deepEqual(rendered([USUAL, { ...USUAL, country: 'GB', verified: false }], 80), [
      '   COUNTRY           CPU  MEMORY  STORAGE  $/MONTH  $/HOUR  AGE  PROVIDER',
      '✓  SE Sweden           8   16 GB   320 GB    96.00  0.1315   3d  0x4a62…c569',
      '·  GB United Kingd…    8   16 GB   320 GB    96.00  0.1315   3d  0x4a62…c569',
    ]);
  });

  it('reads so in 140 columns', () => {
    assert.deepEqual(rendered([USUAL], 140), [
      '   COUNTRY    CPU  MEMORY  STORAGE  $/MONTH  $/HOUR  AGE  ADDRESS        PROVIDER                                    NAME',
      '✓  SE Sweden    8   16 GB   320 GB    96.00  0.1315   3d  203.0.113.200  0x4a62316623ad457f02cdc5d997ded67a383ec569  Zürich Metal 4',
    ]);
  });

  it('says the same without colours as with them', () => {
    const plain = rendered([USUAL], 80);
    const { header, line } = advertisementTable([USUAL], output(80, true), NOW_MS);
    const coloured = [header((text) => text), line(USUAL)];
    assert.notDeepEqual(coloured, plain);
    assert.deepEqual(coloured.map(stripVTControlCharacters), plain);
  });

  it('fits from 50 columns up, whatever is in it, and never wraps', () => {
    fc.assert(
      fc.property(
        fc.array(advertisements, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 50, max: 200 }),
        (drawn, columns) => {
          const rows = drawn.map((some) => ({ ...USUAL, ...some }));
          for (const line of rendered(rows, columns)) assert.ok(textWidth(line) <= columns, line);
        },
      ),
    );
  });

  it('keeps its columns where a later page has wider values', () => {
    const { line, width } = advertisementTable([USUAL], output(80), NOW_MS);
    const wider = {
      ...USUAL,
      country: 'GB',
      resources: { cpu: 1_024, memory: 65_536, storage: 10_000_000 },
    };
    assert.ok(textWidth(line(wider)) <= width);
  });
});
