/**
 * The change feed: where the history of what is visible stands, and its last changes, from which
 * watchers are told what they missed.
 *
 * Invariants: the changes that are kept have no gap and end with `position`; the index answers as of
 * `position` (see `live-view.ts`). Memory: at most `HISTORY_CHANGES_MAX` changes, some 25 MB. What an
 * earlier run left stays as it was read until somebody resumes from there.
 */
import { accept, problem, refuse, type Problem, type Result } from 'golem-vm-discovery-protocol';
import {
  HISTORY_CHANGES_MAX,
  type InheritedHistory,
  type PastChange,
  type Position,
} from '../../store/history.js';
import { formatCursor } from './cursor.js';

/** A change with what snapshots need of it. */
export type FeedChange = PastChange & {
  /** The wire text of what was listed before, without an estimate; kept only while a snapshot is being taken. */
  readonly textBefore?: string | undefined;
};

/** Whoever hears of changes as they come. */
export interface FeedListener {
  /** One change, in order. It is visible when the commit that it belongs to has been applied. */
  changed(change: FeedChange): void;
  /** What was told before means nothing any more. */
  rewound(): void;
}

/** See the head of this file. */
export class ChangeFeed {
  /** By revision, modulo the bound. */
  readonly #kept: FeedChange[] = [];
  readonly #keptMax: number;
  #keptAfter = 0;
  #inherited: Iterable<PastChange> = [];
  #position: Position = { epoch: '0', revision: 0 };
  #earlier: readonly Position[] = [];
  #cursor = formatCursor(this.#position);
  #listener: FeedListener | undefined;
  #snapshots = 0;

  /** `keptMax`: how many changes are kept. */
  constructor(keptMax = HISTORY_CHANGES_MAX) {
    this.#keptMax = keptMax;
  }

  get position(): Position {
    return this.#position;
  }

  /** The text of `position`, made once for each. */
  get cursor(): string {
    return this.#cursor;
  }

  /** The revision before the first change that is kept. */
  get keptAfter(): number {
    return this.#keptAfter;
  }

  /** Whether changes must carry `textBefore`. */
  get wantsTexts(): boolean {
    return this.#snapshots > 0;
  }

  listen(listener: FeedListener): void {
    this.#listener = listener;
  }

  /** Goes on from where an earlier run stopped. */
  inherit({ position, earlier, changes, changesAfter }: InheritedHistory): void {
    this.#earlier = earlier;
    this.#inherited = changes;
    this.#keptAfter = Math.max(changesAfter, position.revision - this.#keptMax);
    this.#stand(position);
  }

  /** Goes on from another history than the one that was told: watchers have to come back, and see whether what they hold is of this one. */
  replace(history: InheritedHistory): void {
    this.#kept.length = 0;
    this.inherit(history);
    this.#listener?.rewound();
  }

  /** Adds the next change; it counts from `moveTo` on. */
  add(change: FeedChange): void {
    this.#keep(change);
    this.#listener?.changed(change);
  }

  /** The changes of a commit are all added and visible: this is where the history stands now. */
  moveTo(position: Position): void {
    if (position.revision !== this.#position.revision) this.#stand(position);
  }

  /** The revision from which on somebody who holds this position is to be told. ADV_006. */
  resume(from: Position): Result<number> {
    const refusal = this.#refusal(from);
    return refusal ? refuse(refusal) : accept(from.revision);
  }

  /** Whether a position may be one that others, who share the store, have reached and this feed has not. */
  isAhead(from: Position): boolean {
    const line = this.#lineOf(from);
    return line === undefined || (line === this.#position && from.revision > line.revision);
  }

  /** The change with this revision; `undefined` where it is no longer kept. */
  change(revision: number): FeedChange | undefined {
    if (revision <= this.#keptAfter || revision > this.#position.revision) return undefined;
    this.#unpack();
    return this.#kept[revision % this.#keptMax];
  }

  /** Keeps `textBefore` of all changes from now on, until the returned function is called. */
  keepTexts(): () => void {
    let isKeeping = true;
    this.#snapshots += 1;
    return () => {
      if (isKeeping) this.#snapshots -= 1;
      isKeeping = false;
    };
  }

  #refusal({ epoch, revision }: Position): Problem | undefined {
    const line = this.#lineOf({ epoch });
    if (line === undefined) return gone('it is from another epoch, of which nothing is known here');
    if (revision > line.revision) {
      return gone(
        line === this.#position
          ? 'it is from the future'
          : 'what came up to it was lost when the hub was set back',
      );
    }
    return revision < this.#keptAfter ? gone('it is too old') : undefined;
  }

  #lineOf({ epoch }: Pick<Position, 'epoch'>): Position | undefined {
    return [this.#position, ...this.#earlier].find((known) => known.epoch === epoch);
  }

  #stand(position: Position): void {
    this.#position = position;
    this.#cursor = formatCursor(position);
  }

  #keep(change: FeedChange): void {
    const { revision } = change;
    this.#kept[revision % this.#keptMax] = change;
    this.#keptAfter = Math.max(this.#keptAfter, revision - this.#keptMax);
  }

  #unpack(): void {
    const inherited = this.#inherited;
    this.#inherited = [];
    for (const change of inherited) {
      // Newer ones may have taken its place meanwhile.
      if (change.revision > this.#keptAfter) this.#keep(change);
    }
  }
}

function gone(why: string): Problem {
  return problem(
    'ADV_006',
    `this cursor can't be resumed: ${why}; list again, or watch without one`,
  );
}
