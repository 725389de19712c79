import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  AdvertisementBodySchema,
  ADVERTISEMENTS_PATH,
  composeSignedText,
  createEthereumSigner,
  EstimateSchema,
  FindQuerySchema,
  LIMITS,
  PricingSchema,
  PROBLEMS,
  ProofSchema,
  ResourcesSchema,
  AdvertisementSchema,
  sha256Hex,
  signRequest,
} from '#src/index.js';

const PAGE = readFileSync(new URL('../../../../docs/protocol.md', import.meta.url), 'utf8');

/** The rows of the table below a heading, their cells without padding and code marks. */
function table(heading: string): readonly (readonly string[])[] {
  const section = PAGE.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

/** The text of the code block that follows a phrase. */
function blockAfter(phrase: string): string {
  const [, text] = /^```\w*\n(.*?)\n```$/ms.exec(PAGE.split(phrase)[1] ?? '') ?? [];
  return text ?? '';
}

/** Names and descriptions of the properties of a schema. */
function described(properties: Readonly<Record<string, object>>, prefix = ''): string[][] {
  return Object.entries(properties).map(([name, schema]) => [
    prefix + name,
    'description' in schema ? String(schema.description) : '',
  ]);
}

describe('the page of the protocol', () => {
  it('lists every problem as the code has it', () => {
    const rows = Object.entries(PROBLEMS).map(([code, { status, title, retry }]) => [
      code,
      String(status),
      title,
      retry,
    ]);
    assert.deepEqual(table('Problems'), rows);
  });

  it('lists every parameter of a search as the code has it', () => {
    const expected = described(FindQuerySchema.properties);
    assert.deepEqual(table('Finding'), expected);
  });

  it('lists every field of an advertisement as the code has it', () => {
    const {
      resources: _resources,
      pricing: _pricing,
      ...plain
    } = AdvertisementBodySchema.properties;
    const expected = [
      ...described(plain),
      ...described(ResourcesSchema.properties, 'resources.'),
      ...described(PricingSchema.properties, 'pricing.'),
    ];
    const listed = table('Advertising').map(([name, , description]) => [name, description]);
    assert.deepEqual(new Set(listed.map(String)), new Set(expected.map(String)));
    const required = table('Advertising').filter(([, isRequired]) => isRequired === 'yes');
    assert.deepEqual(
      required.map(([name]) => name?.split('.')[0]),
      ['ip_address', 'country', 'resources', 'resources', 'resources'],
    );
  });

  it('names every field of an answer', () => {
    const own = Object.keys(AdvertisementSchema.properties).filter(
      (field) => !Object.hasOwn(AdvertisementBodySchema.properties, field),
    );
    const rows = table('The advertisement in answers');
    assert.deepEqual(
      rows.map(([field]) => field),
      own,
    );
    const text = rows.flat().join(' ');
    for (const field of Object.keys({ ...EstimateSchema.properties, ...ProofSchema.properties })) {
      assert.ok(text.includes(field), field);
    }
  });

  it('tells the bounds that no table of it has', () => {
    const bounds = [
      `at most ${LIMITS.signatureAgeMsMax / 1_000} s old and at most ${LIMITS.signatureLeadMsMax / 1_000} s ahead`,
      `at least ${LIMITS.signatureMemoryMsMin / 60_000} minutes`,
      `at most ${LIMITS.signatureHeaderCharsMax} characters`,
      `{1,${LIMITS.networkCharsMax}}`,
      `{0,${LIMITS.providerIdCharsMax - 1}}`,
      `${LIMITS.bodyBytesMax.toLocaleString('en')} bytes and ${LIMITS.bodyDepthMax} levels deep`,
      `${LIMITS.hoursPerMonth} hours a month`,
      ADVERTISEMENTS_PATH,
      sha256Hex(new Uint8Array()),
    ];
    for (const bound of bounds) assert.ok(PAGE.replaceAll(/\s+/g, ' ').includes(bound), bound);
  });

  it('works an example that comes out as it says', async () => {
    const signer = createEthereumSigner(new Uint8Array(32).fill(7));
    const body = new TextEncoder().encode(blockAfter('The body, '));
    assert.ok(PAGE.includes(`The body, ${body.length} bytes`), `${body.length} bytes`);
    const request = {
      network: 'mainnet',
      method: 'POST',
      path: ADVERTISEMENTS_PATH,
      t: 1_790_000_000_123,
    } as const;
    const { providerId } = signer;
    const signedText = composeSignedText({
      ...request,
      providerId,
      bodySha256Hex: sha256Hex(body),
    });
    assert.equal(blockAfter('\nThe signed text:'), signedText);
    const headers = await signRequest(signer, { ...request, body });
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    assert.equal(blockAfter('\nThe headers:'), lines.join('\n'));
  });
});
