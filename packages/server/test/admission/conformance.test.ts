import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { asWallMs } from '#src/telemetry/clock.js';
import type { Admission, WriteRequest } from '#src/admission/contract.js';
import { createAdmission } from '#src/admission/admission.js';
import { accept, parseProviderId } from 'golem-vm-discovery-protocol';
import { createFakeClock } from '../fake-clock.js';
import { codeOf, HOME } from './desk.js';

interface Vector {
  readonly name: string;
  readonly network: string;
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
  readonly provider_id: string;
  readonly body: string;
  readonly signature: string;
}

interface Vectors {
  readonly now_ms: number;
  readonly valid: readonly Vector[];
  readonly invalid: readonly Vector[];
}

const NOTHING_KNOWN = { find: () => undefined, highWaterMark: () => 0 };
const FILE = new URL('../../../../../conformance/signatures.json', import.meta.url);
const vectors = readVectors();

function readVectors(): Vectors {
  const value: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
  assert.ok(isVectors(value), 'the vectors have another shape');
  return value;
}

function isVectors(value: unknown): value is Vectors {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['now_ms', 'valid', 'invalid'].every((key) => key in value)
  );
}

function requestOf(vector: Vector): WriteRequest {
  return {
    providerIdHeader: vector.provider_id,
    signatureHeader: vector.signature,
    body: Buffer.from(vector.body),
    source: HOME,
    chargeAddress: () => accept(undefined),
  };
}

async function submit(admission: Admission, vector: Vector): Promise<string> {
  const request = requestOf(vector);
  if (vector.method === 'POST')
    return codeOf(await admission.advertisement(request, NOTHING_KNOWN));
  const owner = parseProviderId(vector.path.slice('/api/v1/advertisements/'.length));
  assert.ok(owner.ok);
  return codeOf(await admission.withdrawal(request, owner.value.id, NOTHING_KNOWN));
}

const WHY_REFUSED: Readonly<Record<string, string>> = {
  older_than_the_window: 'AUTH_002',
  further_ahead_than_the_window: 'AUTH_002',
};

for (const implementation of ['native', 'portable'] as const) {
  describe(`the conformance vectors, verified by ${implementation} code`, () => {
    const admissions = new Map<string, Admission>();
    const admissionOf = (network: string): Admission => {
      const admission =
        admissions.get(network) ??
        createAdmission({
          auth: 'required',
          network,
          ipPolicy: 'any',
          clock: createFakeClock(asWallMs(vectors.now_ms)),
          workers: 1,
          implementation,
        });
      admissions.set(network, admission);
      return admission;
    };
    after(() => Promise.all([...admissions.values()].map((admission) => admission.close())));

    for (const vector of vectors.valid) {
      it(`admit ${vector.name}`, async () => {
        assert.equal(await submit(admissionOf(vector.network), vector), 'admitted');
      });
    }
    for (const vector of vectors.invalid) {
      it(`refuse ${vector.name}`, async () => {
        const code = await submit(admissionOf(vector.network), vector);
        assert.equal(code, WHY_REFUSED[vector.name] ?? 'AUTH_001');
      });
    }
  });
}
