import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { WriteRequest } from '#src/admission/contract.js';
import {
  createEd25519Stranger,
  createEthersStranger,
  createViemStranger,
  type Stranger,
} from '../end-to-end/strangers.js';
import { codeOf, createDesk } from './desk.js';

const desk = createDesk();
after(() => desk.admission.close());

function mutateByte(bytes: Uint8Array, at: number, mask: number): Buffer {
  const mutated = Buffer.from(bytes);
  const index = at % mutated.length;
  mutated[index] = (mutated[index] ?? 0) ^ mask;
  return mutated;
}

function mutateText(text: string | undefined, at: number, mask: number): string {
  return mutateByte(Buffer.from(text ?? '', 'latin1'), at, mask).toString('latin1');
}

/** One byte of one part changed. */
const MUTATIONS = {
  providerIdHeader: (request: WriteRequest, at: number, mask: number) => ({
    ...request,
    providerIdHeader: mutateText(request.providerIdHeader, at, mask),
  }),
  signatureHeader: (request: WriteRequest, at: number, mask: number) => ({
    ...request,
    signatureHeader: mutateText(request.signatureHeader, at, mask),
  }),
  body: (request: WriteRequest, at: number, mask: number) => ({
    ...request,
    body: mutateByte(request.body, at, mask),
  }),
};

const REFUSALS = new Set(['AUTH_001', 'AUTH_002', 'REQ_001', 'ADV_001']);

for (const createStranger of [createViemStranger, createEthersStranger, createEd25519Stranger]) {
  const stranger = createStranger();
  const request = await desk.signedPost(stranger);

  describe(`a request of ${stranger.id.slice(0, 12)}…`, () => {
    it('is admitted as it is', async () => {
      assert.equal(codeOf(await desk.post(request)), 'admitted');
    });

    for (const [part, mutate] of Object.entries(MUTATIONS)) {
      it(`is refused with any one byte of its ${part} changed`, async () => {
        const masks = fc.integer({ min: 1, max: 255 });
        const changes = fc.asyncProperty(fc.nat(10_000), masks, async (at, mask) => {
          const mutated = mutate(request, at, mask);
          fc.pre(!isRespelt(mutated.providerIdHeader, stranger));
          const code = codeOf(await desk.post(mutated));
          assert.ok(REFUSALS.has(code), code);
        });
        await fc.assert(changes, { numRuns: 300 });
      });
    }
  });
}

/** The case of an address is a checksum: one letter more or less may be another right spelling of it. */
function isRespelt(idHeader: string | undefined, { id, canonicalId }: Stranger): boolean {
  return idHeader !== id && idHeader?.toLowerCase() === canonicalId.toLowerCase();
}
