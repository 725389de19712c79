/**
 * Bounds on what lies below each node, by which a walk passes over it: only those sides that can rule
 * something out. Requirements are minimums of sizes and a maximum of a price.
 * Invariant: bounds may be looser than the truth, never tighter. The bounds of a node hold those of its children.
 * Cost: 44 bytes of the node.
 */
import type { Rows } from '../rows/rows.js';
import { lower, raise } from '../columns/bounds.js';
import type { NodeChunks } from './node-chunks.js';

/** The least unit prices below a node, in doubles from its start. */
const CORE_PRICE = 0;
const MEMORY_PRICE = 1;
const STORAGE_PRICE = 2;

/** The largest sizes, and the platforms from the lowest number to the highest, in whole numbers from its start. */
const CPU = 6;
const MEMORY = 7;
const STORAGE = 8;
const PLATFORM_LOW = 9;
const PLATFORM_HIGH = 10;

/** The first whole number of a node that is free for others. */
export const AFTER_BOUNDS = 11;

const WORD_MAX = 2 ** 32 - 1;

export class NodeBounds {
  readonly #chunks: NodeChunks;
  readonly #rows: Rows;

  constructor(chunks: NodeChunks, rows: Rows) {
    this.#chunks = chunks;
    this.#rows = rows;
  }

  /** Nothing below has more cores. */
  mostCpu(node: number): number {
    return this.#word(node, CPU);
  }

  mostMemory(node: number): number {
    return this.#word(node, MEMORY);
  }

  mostStorage(node: number): number {
    return this.#word(node, STORAGE);
  }

  /** Whether something below may have a platform. */
  mayHavePlatform(node: number, platform: number): boolean {
    return (
      this.#word(node, PLATFORM_LOW) <= platform && platform <= this.#word(node, PLATFORM_HIGH)
    );
  }

  /** Nothing below charges less for a core. */
  leastCorePrice(node: number): number {
    return this.#double(node, CORE_PRICE);
  }

  leastMemoryPrice(node: number): number {
    return this.#double(node, MEMORY_PRICE);
  }

  leastStoragePrice(node: number): number {
    return this.#double(node, STORAGE_PRICE);
  }

  /** Lets nothing lie below a node. */
  clear(node: number): void {
    const doubles = this.#chunks.doublesOf(node);
    const words = this.#chunks.wordsOf(node);
    const doublesFrom = this.#chunks.doubleStart(node);
    const wordsFrom = this.#chunks.wordStart(node);
    doubles.fill(Infinity, doublesFrom, doublesFrom + STORAGE_PRICE + 1);
    words.fill(0, wordsFrom + CPU, wordsFrom + AFTER_BOUNDS);
    words[wordsFrom + PLATFORM_LOW] = WORD_MAX;
  }

  /** Lets the advertisement in a slot lie below a node. */
  widenByRow(node: number, slot: number): void {
    const rows = this.#rows;
    const doubles = this.#chunks.doublesOf(node);
    const words = this.#chunks.wordsOf(node);
    const doublesFrom = this.#chunks.doubleStart(node);
    const wordsFrom = this.#chunks.wordStart(node);
    const platform = rows.platform(slot);
    lower(doubles, doublesFrom + CORE_PRICE, rows.corePrice(slot));
    lower(doubles, doublesFrom + MEMORY_PRICE, rows.memoryPrice(slot));
    lower(doubles, doublesFrom + STORAGE_PRICE, rows.storagePrice(slot));
    raise(words, wordsFrom + CPU, rows.cpu(slot));
    raise(words, wordsFrom + MEMORY, rows.memory(slot));
    raise(words, wordsFrom + STORAGE, rows.storage(slot));
    lower(words, wordsFrom + PLATFORM_LOW, platform);
    raise(words, wordsFrom + PLATFORM_HIGH, platform);
  }

  /** Lets all that lies below a child lie below a node. */
  widenByNode(node: number, child: number): void {
    const doubles = this.#chunks.doublesOf(node);
    const words = this.#chunks.wordsOf(node);
    const doublesFrom = this.#chunks.doubleStart(node);
    const wordsFrom = this.#chunks.wordStart(node);
    for (let price = CORE_PRICE; price <= STORAGE_PRICE; price += 1) {
      lower(doubles, doublesFrom + price, this.#double(child, price));
    }
    for (let size = CPU; size <= STORAGE; size += 1) {
      raise(words, wordsFrom + size, this.#word(child, size));
    }
    lower(words, wordsFrom + PLATFORM_LOW, this.#word(child, PLATFORM_LOW));
    raise(words, wordsFrom + PLATFORM_HIGH, this.#word(child, PLATFORM_HIGH));
  }

  #double(node: number, field: number): number {
    return this.#chunks.doublesOf(node)[this.#chunks.doubleStart(node) + field] ?? NaN;
  }

  #word(node: number, field: number): number {
    return this.#chunks.wordsOf(node)[this.#chunks.wordStart(node) + field] ?? 0;
  }
}
