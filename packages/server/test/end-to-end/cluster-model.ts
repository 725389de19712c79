/**
 * What several hubs on one database must agree on, kept by somebody who only talks to them: each
 * provider notes what it said, where, and what it was told.
 */
import assert from 'node:assert/strict';
import { setTimeout as pass } from 'node:timers/promises';
import type { Dice } from './random-market.js';
import { createEd25519Stranger, type Stranger } from './strangers.js';
import { listedIn } from './naive-market.js';
import { advertise, find, withdraw, type Answer } from './wire-client.js';

/** Something that was said; `version` is `undefined` for a withdrawal. */
interface Word {
  readonly t: number;
  readonly version: number | undefined;
}

/** One provider: the last word that was acknowledged, and those since of which nobody knows. */
interface Witness {
  readonly stranger: Stranger;
  lastT: number;
  acknowledged: Word | undefined;
  open: Word[];
}

/** How a market was used. */
export interface Usage {
  readonly acknowledged: number;
  readonly refused: number;
}

/** Providers who write at random hubs, one word at a time each. */
export class ClusterModel {
  readonly #witnesses: Witness[];
  readonly #dice: Dice;
  #version = 0;
  #acknowledged = 0;
  #refused = 0;

  constructor(providers: number, dice: Dice) {
    this.#dice = dice;
    this.#witnesses = Array.from({ length: providers }, () => ({
      stranger: createEd25519Stranger(),
      lastT: 0,
      acknowledged: undefined,
      open: [],
    }));
  }

  get usage(): Usage {
    return { acknowledged: this.#acknowledged, refused: this.#refused };
  }

  /** Everybody writes, at hubs chosen anew each time, until `done` says so. */
  async write(urls: () => readonly string[], done: () => boolean): Promise<void> {
    await Promise.all(
      this.#witnesses.map(async (witness) => {
        while (!done()) await this.#writeOnce(witness, urls());
      }),
    );
  }

  /** Resolves when words are taken that were said from now on: nobody had to help. */
  async takesAnother(msMax = 20_000): Promise<void> {
    const startMs = performance.now();
    // Those that are under way were said before.
    const enough = this.#acknowledged + this.#witnesses.length + 1;
    while (this.#acknowledged < enough) {
      if (performance.now() - startMs > msMax) assert.fail('the hubs take nothing any more');
      await pass(20);
    }
  }

  /** Resolves with the time that it took until all hubs say the same, and what they may say. Rejects after `msMax`. */
  async converge(urls: readonly string[], msMax = 15_000): Promise<number> {
    const startMs = performance.now();
    for (;;) {
      const fault = await this.#fault(urls);
      const passedMs = performance.now() - startMs;
      if (fault === undefined) return passedMs;
      if (passedMs > msMax) assert.fail(fault);
      await pass(20);
    }
  }

  async #writeOnce(witness: Witness, urls: readonly string[]): Promise<void> {
    const url = urls[this.#dice(urls.length)];
    if (url === undefined) return pass(20);
    const t = Math.max(Date.now(), witness.lastT + 1);
    this.#version += 1;
    const version = this.#dice(5) === 0 ? undefined : this.#version;
    witness.lastT = t;
    const word = { t, version };
    witness.open.push(word);
    const answer = await orNothing(
      version === undefined
        ? withdraw(url, witness.stranger, t)
        : advertise(url, witness.stranger, bodyOf(version), t),
    );
    if (answer === undefined || answer.status === 503) {
      this.#refused += 1;
      await pass(20);
      return;
    }
    // A withdrawal of what is not listed is told so, and its time counts all the same.
    const isTaken = answer.status === 200 || (version === undefined && answer.status === 404);
    assert.ok(isTaken, `${answer.status} ${JSON.stringify(answer.body)}`);
    this.#acknowledged += 1;
    witness.acknowledged = word;
    witness.open = [];
  }

  async #fault(urls: readonly string[]): Promise<string | undefined> {
    const answers = await Promise.all(urls.map((url) => orNothing(find(url, 'limit=1000'))));
    const texts = answers.map((answer) => JSON.stringify(answer?.body));
    if (new Set(texts).size !== 1) return `the hubs say ${new Set(texts).size} different things`;
    const [answer] = answers;
    if (answer?.status !== 200) return `a hub answers ${answer?.status ?? 'nothing'}`;
    const listed = new Map(
      listedIn(answer.body).map((each) => [each.provider_id, each.resources.storage]),
    );
    for (const witness of this.#witnesses) {
      const version = listed.get(witness.stranger.canonicalId);
      const words = [witness.acknowledged?.version, ...witness.open.map((word) => word.version)];
      if (!words.includes(version)) {
        return `a provider who said ${words.join(', ')} is listed with ${version}`;
      }
    }
    return undefined;
  }
}

/** The version is told apart by its storage, which has room for any number of them. */
function bodyOf(version: number): string {
  return JSON.stringify({
    ip_address: '192.168.1.100',
    country: 'SE',
    resources: { cpu: 7, memory: 8, storage: version },
  });
}

/** The answer, or nothing where the connection broke. */
function orNothing(answer: Promise<Answer>): Promise<Answer | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof TypeError) return undefined;
    throw error;
  });
}
