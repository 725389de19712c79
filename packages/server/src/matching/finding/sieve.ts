/**
 * The requirements of one question, as tests of an advertisement and of a whole node.
 * The same formula over the least unit prices of a node is a true lower bound of what those below charge:
 * see `BoxSieve`.
 */
import type { Requirements } from 'golem-vm-discovery-protocol';
import type { Nodes } from '../trees/nodes.js';
import type { Rows } from '../rows/rows.js';
import { mayBeAsLarge, mayHavePlatform, sizeMark } from '../rows/size-mark.js';

/** Any platform will do. */
const ANY = -1;

/** The numbers of the names in the requirements; `undefined` where they name none. */
export interface RequiredNumbers {
  readonly platform: number | undefined;
  readonly countries: ReadonlySet<number> | undefined;
}

/** Nodes are not asked for countries or `verified`: those choose the trees. */
export class Sieve {
  readonly #rows: Rows;
  readonly #nodes: Nodes;
  readonly #cpu: number;
  readonly #memory: number;
  readonly #storage: number;
  readonly #platform: number;
  readonly #sizeMark: number;
  readonly #capUsd: number;
  readonly #isCapped: boolean;
  readonly #countries: ReadonlySet<number> | undefined;

  constructor(rows: Rows, nodes: Nodes, requirements: Requirements, names: RequiredNumbers) {
    this.#rows = rows;
    this.#nodes = nodes;
    this.#cpu = requirements.cpu ?? 1;
    this.#memory = requirements.memory ?? 1;
    this.#storage = requirements.storage ?? 1;
    this.#platform = names.platform ?? ANY;
    this.#sizeMark = sizeMark(this.#cpu, this.#memory, this.#storage, 0);
    this.#countries = names.countries;
    this.#capUsd = requirements.max_usd_per_month ?? Infinity;
    this.#isCapped = requirements.max_usd_per_month !== undefined;
  }

  /** As `admits` of the slot at an index of a leaf; what is too small costs no look at its row. */
  admitsAt(leaf: number, index: number): boolean {
    const mark = this.#nodes.mark(leaf, index);
    return (
      mayBeAsLarge(mark, this.#sizeMark) &&
      (this.#platform === ANY || mayHavePlatform(mark, this.#platform)) &&
      this.admits(this.#nodes.item(leaf, index))
    );
  }

  /** Whether an advertisement meets the requirements. */
  admits(slot: number): boolean {
    const rows = this.#rows;
    return (
      rows.cpu(slot) >= this.#cpu &&
      rows.memory(slot) >= this.#memory &&
      rows.storage(slot) >= this.#storage &&
      (this.#platform === ANY || rows.platform(slot) === this.#platform) &&
      (this.#countries === undefined || this.#countries.has(rows.country(slot))) &&
      (!this.#isCapped || this.usd(slot) <= this.#capUsd)
    );
  }

  /** `false` only where nothing below a node meets the requirements. */
  mayAdmitBelow(node: number): boolean {
    const { bounds } = this.#nodes;
    return (
      bounds.mostCpu(node) >= this.#cpu &&
      bounds.mostMemory(node) >= this.#memory &&
      bounds.mostStorage(node) >= this.#storage &&
      (this.#platform === ANY || bounds.mayHavePlatform(node, this.#platform)) &&
      (!this.#isCapped || this.usdFloor(node) <= this.#capUsd)
    );
  }

  /** What the required shape costs a month; `Infinity` for the unpriced. */
  usd(slot: number): number {
    return this.#rows.usd(slot, this.#cpu, this.#memory, this.#storage);
  }

  /** Nothing below a node costs less. */
  usdFloor(node: number): number {
    const { bounds } = this.#nodes;
    return (
      this.#cpu * bounds.leastCorePrice(node) +
      this.#memory * bounds.leastMemoryPrice(node) +
      this.#storage * bounds.leastStoragePrice(node)
    );
  }
}
