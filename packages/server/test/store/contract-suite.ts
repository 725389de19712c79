/**
 * What every store must do, whatever keeps its truth: the comments of `store/contract.ts` as
 * tests. Call `describeStore` with a way to make a place for one.
 */
import { afterEach, beforeEach, describe } from 'node:test';
import { describeHistory } from './contract/history.js';
import { describeLifetime } from './contract/lifetime.js';
import { type Place, Session } from './contract/session.js';
import { describeProving } from './contract/proving.js';
import { describeTraffic } from './contract/traffic.js';
import { describeUpkeep } from './contract/upkeep.js';
import { describeWriting } from './contract/writing.js';

/** Describes what a store must do. */
export function describeStore(name: string, makePlace: () => Promise<Place>): void {
  describe(`the store contract, held by ${name}`, () => {
    const session = new Session(makePlace);
    beforeEach(async () => {
      await session.begin();
    });
    afterEach(() => session.end());

    describeWriting(session);
    describeProving(session);
    describeUpkeep(session);
    describeHistory(session);
    describeTraffic(session);
    describeLifetime(session);
  });
}
