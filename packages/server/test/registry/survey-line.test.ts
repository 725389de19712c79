import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createIndex } from '#src/matching/advertisement-index.js';
import type { Survey } from '#src/matching/contract.js';
import { SurveyLine, WAITING_MAX } from '#src/registry/survey-line.js';
import { Dice, WORLDS, providerOf, randomOffer } from '../matching/worlds.js';

function crowdedIndex() {
  const index = createIndex();
  const dice = new Dice(1);
  const world = WORLDS['a market where all are equal'];
  assert.ok(world);
  for (let number = 0; number < 40_000; number += 1) {
    index.put(randomOffer(dice, world, providerOf(number)));
  }
  return index;
}

void test('one survey runs at a time, a step in each turn of the event loop', async () => {
  const index = crowdedIndex();
  const line = new SurveyLine();
  let running = 0;
  let steps = 0;
  const begin = (): Survey => {
    const survey = index.explain({});
    running += 1;
    assert.equal(running, 1);
    return {
      get findings() {
        return survey.findings;
      },
      advance() {
        steps += 1;
        return survey.advance();
      },
      close() {
        running -= 1;
        survey.close();
      },
    };
  };
  const answers = Promise.all([line.take(begin), line.take(begin)]);
  for (let turns = 1; turns <= 6; turns += 1) {
    await turn();
    assert.ok(steps <= turns, `${steps} steps in ${turns} turns`);
  }
  const found = (await answers).map((answer) => answer.ok && answer.value.matching);
  assert.deepEqual([found, steps, running], [[40_000, 40_000], 6, 0]);
});

void test('as many wait as may, and one more is turned away at once', async () => {
  const index = createIndex();
  const line = new SurveyLine();
  const waiting = Array.from({ length: WAITING_MAX }, () => line.take(() => index.explain({})));
  const refused = await line.take(() => index.explain({}));
  assert.equal(!refused.ok && refused.problem.code, 'SYS_002');
  for (const answer of await Promise.all(waiting)) assert.ok(answer.ok);
});

void test('closing answers everybody, and closing twice does no harm', async () => {
  const index = crowdedIndex();
  const line = new SurveyLine();
  const answers = [line.take(() => index.explain({})), line.take(() => index.explain({}))];
  await turn();
  line.close();
  line.close();
  for (const answer of await Promise.all(answers)) assert.equal(answer.ok, false);
});
