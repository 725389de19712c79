/** One advertisement at a time, held to what the index answers for all of them. */
import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { createIndex } from '#src/matching/advertisement-index.js';
import { fits } from '#src/matching/fits.js';
import { pricedText } from '#src/matching/records/priced-text.js';
import { recordText } from '#src/matching/records/record-text.js';
import { wholeShape } from '#src/matching/whole-shape.js';
import { Dice, providerOf, randomOffer, randomQuestion, WORLDS } from './worlds.js';

const OFFERS = 150;
const QUESTIONS = 150;

describe('whether an advertisement fits', () => {
  for (const [name, world] of Object.entries(WORLDS)) {
    it(`is what the index says, and it looks the same, in ${name}`, () => {
      const dice = new Dice(7);
      const index = createIndex();
      const offers = Array.from({ length: OFFERS }, (_, n) =>
        randomOffer(dice, world, providerOf(n)),
      );
      for (const offer of offers) index.put(offer);
      for (let asked = 0; asked < QUESTIONS; asked += 1) {
        const { requirements } = randomQuestion(dice, world);
        const page = { sort: 'uptime', limit: OFFERS, after: undefined, count: false } as const;
        const found = index.find({ ...page, requirements, proof: true });
        assert.ok(found.ok);
        const expected = offers
          .filter((offer) => fits(requirements, { ...offer.advertisement, ...offer }))
          .map((offer) => {
            const { pricing } = offer.advertisement;
            return pricedText(recordText(offer), wholeShape(requirements), pricing);
          });
        const texts = found.value.records?.map(({ text }) => text);
        assert.deepEqual(texts?.toSorted(), expected.toSorted(), JSON.stringify(requirements));
      }
    });
  }
});
