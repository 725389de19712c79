import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { type EdgeUnderTest, openEdge } from '../edge-under-test.js';
import { assertProblem } from '../problem-shape.js';
import { converse } from '../raw-client.js';
import { advertiseFields, BODY, createProvider, postBytes, valueOf } from '../requests.js';

void describe('a signed POST', () => {
  let hub: EdgeUnderTest;
  const provider = createProvider();
  before(async () => {
    hub = await openEdge();
  });
  after(() => hub.close());

  void it('does not get in with any byte of its id, signature or body changed', async () => {
    const fields = await advertiseFields(provider, hub.clock.wallMs());
    const bytes = Buffer.from(postBytes(fields, BODY), 'latin1');
    const places = [
      ...positionsOf(bytes, fields),
      ...range(bytes.length - BODY.length, BODY.length),
    ];
    const mutation = fc.tuple(fc.constantFrom(...places), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(mutation, async ([at, flip]) => {
        const changed = Buffer.from(bytes);
        changed[at] = (bytes[at] ?? 0) ^ flip;
        const { answers } = await converse(hub.port, changed, { answers: 1 });
        const [answer] = answers;
        assert.ok(answer);
        assert.match(
          assertProblem(answer),
          /^(?:AUTH_00[123]|ADV_001|REQ_001)$/,
          changed.toString(),
        );
      }),
      { numRuns: 400 },
    );
    assert.deepEqual(await hub.listed(), []);
  });

  /** Where the values of the two credentials lie. */
  function positionsOf(
    bytes: Buffer,
    fields: Awaited<ReturnType<typeof advertiseFields>>,
  ): number[] {
    return ['X-Provider-ID', 'X-Provider-Signature'].flatMap((name) => {
      const value = valueOf(fields, name);
      return range(bytes.indexOf(value), value.length);
    });
  }

  function range(start: number, length: number): number[] {
    return Array.from({ length }, (_, i) => start + i);
  }
});
