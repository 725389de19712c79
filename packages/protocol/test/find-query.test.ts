import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import {
  FindQuerySchema,
  LIMITS,
  parseFindQuery,
  parseRequirements,
  parseWatchQuery,
} from 'golem-vm-discovery-protocol';
import { accepted, refused } from './expecting.js';

const SHAPE = 'cpu=4&memory=8&storage=40';

function percentEncode(text: string): string {
  return text.replace(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
}

describe('parseFindQuery', () => {
  it('never throws, and bounds what it says', () => {
    const names = fc.constantFrom(...Object.keys(FindQuerySchema.properties), '__proto__', 'x');
    const part = fc.tuple(names, fc.string()).map(([name, value]) => `${name}=${value}`);
    const query = fc.oneof(
      fc.string({ maxLength: 500 }),
      fc.array(part).map((parts) => parts.join('&')),
    );
    fc.assert(
      fc.property(query, (text) => {
        const result = parseFindQuery(text);
        if (result.ok) return;
        assert.equal(result.problem.code, 'ADV_002');
        assert.ok(result.problem.message.length < 8_000);
        assert.match(result.problem.message, /^[ -~]*$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('understands a question alike in whatever order and encoding it is asked', () => {
    const parts = [...SHAPE.split('&'), 'country=SE', 'sort=price', 'max_usd_per_month=9.5'];
    const expected = JSON.stringify(accepted(parseFindQuery(parts.join('&'))));
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (shuffled) => {
        const query = shuffled.map(percentEncode).join('&');
        assert.equal(JSON.stringify(accepted(parseFindQuery(query))), expected);
      }),
    );
  });

  it('lists at most sixteen faults, however many there are', () => {
    const query = Array.from({ length: 5_000 }, (_, at) => `x${at}=1`).join('&');
    const { details, message } = refused(parseFindQuery(query));
    assert.equal(details?.length, 16);
    assert.ok(message.length < 4_000);
  });

  it('names a value without a name by where it is', () => {
    for (const query of ['=1', '+=1']) {
      const { details, message } = refused(parseFindQuery(query));
      assert.deepEqual(details, [
        { field: 'query', message: 'has a value without a name before its =' },
      ]);
      assert.doesNotMatch(message, / {2}/);
    }
  });

  it('repeats at most 64 characters of a value, and none that a terminal would obey', () => {
    const { message } = refused(parseFindQuery(`platform=%1b%5b31m${'A'.repeat(10_000)}`));
    assert.match(message, /not "\?\[31mA{59}\.\.\."$/);
  });

  it('takes each number at its bound and refuses it one past', () => {
    const bounds = {
      cpu: LIMITS.cpuCoresMax,
      memory: LIMITS.memoryGbMax,
      storage: LIMITS.storageGbMax,
      limit: LIMITS.pageMax,
    };
    for (const [name, max] of Object.entries(bounds)) {
      accepted(parseFindQuery(`${name}=${max}`));
      const { details } = refused(parseFindQuery(`${name}=${max + 1}`));
      assert.deepEqual(
        details?.map(({ field }) => field),
        [name],
      );
    }
  });

  it('takes as many countries as there are, and not one more', () => {
    accepted(parseFindQuery(`country=${Array.from({ length: 249 }, () => 'SE').join()}`));
    refused(parseFindQuery(`country=${Array.from({ length: 250 }, () => 'SE').join()}`));
    refused(parseFindQuery(Array.from({ length: 250 }, () => 'country=SE').join('&')));
  });

  it('says that a price is the price of a shape', () => {
    const { details } = refused(parseFindQuery('sort=price&max_usd_per_month=5&cpu=4'));
    const message = 'needs cpu, memory and storage: it is about the price of that shape';
    assert.deepEqual(details, [
      { field: 'max_usd_per_month', message },
      { field: 'sort', message: `price ${message}` },
    ]);
  });
});

describe('the questions that are answered with no list', () => {
  it('propose nothing that only a list takes, and refuse it by name', () => {
    for (const parse of [parseRequirements, parseWatchQuery]) {
      assert.match(refused(parse('sort=cpu')).message, /sort is not taken here/);
      const { message } = refused(parse('colour=red&per_page=5&srot=cpu&vcpus=4'));
      for (const name of ['sort', 'limit', 'after', 'count', 'proof']) {
        assert.doesNotMatch(message, new RegExp(`\\b${name}\\b`));
      }
      assert.match(message, /vcpus is not a parameter: did you mean cpu\?/);
    }
    assert.match(refused(parseWatchQuery('cursor=e-1')).message, /did you mean since\?/);
  });
});
