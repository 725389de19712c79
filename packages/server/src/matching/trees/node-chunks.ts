/**
 * The memory of nodes: 832 bytes each, in one piece. Spread over several arrays the same node took four
 * misses of the address cache instead of one, and a change twice as long. It begins with 64 bytes that say
 * what lies below it; then come three columns of items.
 * Nodes come in chunks, so that growing copies nothing; a freed node is the next to be taken.
 */

/** A node holds fewer items than this; reaching it splits the node. */
export const NODE_ITEMS_MAX = 64;

const HEAD_BYTES = 64;
const NODE_BYTES = HEAD_BYTES + 3 * 4 * NODE_ITEMS_MAX;
const NODE_DOUBLES = NODE_BYTES / 8;
const NODE_WORDS = NODE_BYTES / 4;

const CHUNK_NODES_LOG2 = 12;
const CHUNK_NODE_MASK = 2 ** CHUNK_NODES_LOG2 - 1;

const NO_DOUBLES = new Float64Array(0);
const NO_WORDS = new Uint32Array(0);

/** Where the columns of a node begin, in whole numbers of 32 bits. */
export const COLUMN = {
  hints: HEAD_BYTES / 4,
  marks: HEAD_BYTES / 4 + NODE_ITEMS_MAX,
  items: HEAD_BYTES / 4 + 2 * NODE_ITEMS_MAX,
} as const;

export class NodeChunks {
  /** Two views of the same chunks. */
  readonly #doubles: Float64Array[] = [];
  readonly #words: Uint32Array[] = [];
  readonly #free: number[] = [];
  #made = 0;

  /** A node, with whatever was in it before. */
  take(): number {
    return this.#free.pop() ?? this.#make();
  }

  release(node: number): void {
    this.#free.push(node);
  }

  /** What holds a node as doubles, */
  doublesOf(node: number): Float64Array {
    return this.#doubles[node >> CHUNK_NODES_LOG2] ?? NO_DOUBLES;
  }

  /** from here on; */
  doubleStart(node: number): number {
    return (node & CHUNK_NODE_MASK) * NODE_DOUBLES;
  }

  /** the same as whole numbers, */
  wordsOf(node: number): Uint32Array {
    return this.#words[node >> CHUNK_NODES_LOG2] ?? NO_WORDS;
  }

  /** from here on. */
  wordStart(node: number): number {
    return (node & CHUNK_NODE_MASK) * NODE_WORDS;
  }

  #make(): number {
    if (this.#made >> CHUNK_NODES_LOG2 >= this.#words.length) {
      const chunk = new ArrayBuffer(NODE_BYTES << CHUNK_NODES_LOG2);
      this.#doubles.push(new Float64Array(chunk));
      this.#words.push(new Uint32Array(chunk));
    }
    this.#made += 1;
    return this.#made - 1;
  }
}
