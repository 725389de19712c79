/**
 * A node among those who share the database: its connections, how it joins, how it keeps up, and whether
 * it is the one that sweeps.
 *
 * Invariants: one node at a time is the keeper: whoever is, says so every second, and another takes
 * over after two seconds of silence. The feed is looked at several times a second, hints or not.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import { accept, refuse, type Result } from 'golem-vm-discovery-protocol';
import type { SharedListener } from '../contract.js';
import { randomEpoch } from '../random-epoch.js';
import type { SharedTruth } from '../shared-truth.js';
import { type Agreement, reasonToStayOut } from './agreement.js';
import { Audit } from './audit.js';
import { Draft } from './draft.js';
import { writeOrder } from './draft-writing.js';
import { FeedFollower } from './feed-follower.js';
import { lockFeed, type Queries, readFeed } from './feed-queries.js';
import { KEEPER_MS_MAX } from './feed-draft.js';
import type { FeedRow } from './feed-row.js';
import { Hints } from './hints.js';
import { isAlone, isQuiet, revive, wereAllAway } from './joining.js';
import { Line } from './line.js';
import { migrate } from './schema.js';

/** How often the feed is looked at without a hint. */
const LOOK_EVERY_MS = 200;

/** How often some providers are compared with what is stored. */
const AUDIT_EVERY_MS = 2_000;

/** How often the keeper says that it is there. */
const KEEPER_EVERY_MS = 1_000;

/** How long somebody waits for what others have committed. */
const CATCH_UP_MS_MAX = 5_000;

/** How long it may take to say who sweeps no longer. */
const SAY_MS_MAX = 1_000;

/** How long coming in may take. */
const JOIN_MS_MAX = 10_000;

/**
 * Rows are found by the key, whatever the planner believes of a table that has just grown from nothing:
 * it would read all of it for a batch, and remember that this was a good way.
 */
const BY_KEY = { enable_seqscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off' };

/** What a connection for short questions may take. */
const SHORT = { statementMs: 5_000, lockMs: 2_000, idleInTransactionMs: 2_000 };

/** What reading everything may take: it waits for this process now and then. */
const LONG = { statementMs: 900_000, lockMs: 5_000, idleInTransactionMs: 60_000 };

/** What a membership is made of. */
export interface MembershipParts {
  readonly url: string;
  readonly listener: SharedListener;
  readonly monotonicMs: () => number;
  /** Told of each reading of the row of the feed. */
  readonly observed: (feed: FeedRow) => void;
  /** Asked to write a sign of life, since one is due. */
  readonly signDue: () => void;
  /** What this node was told that all have to be told alike. */
  readonly agreement: Agreement;
  /** Told how many providers were held wrongly, and no longer are. */
  readonly repaired: (count: number) => void;
}

export class Membership {
  readonly node = randomUUID();
  readonly writeLine: Line;
  readonly askLine: Line;
  readonly snapshotLine: Line;
  readonly follower: FeedFollower;
  readonly #parts: MembershipParts;
  readonly #lookLine: Line;
  readonly #hints: Hints;
  #heardMs: number;
  #isIn = false;
  #feed: FeedRow | undefined;
  readonly #audit: Audit;
  #timers: readonly NodeJS.Timeout[] = [];

  constructor(parts: MembershipParts) {
    const { url, listener } = parts;
    const line = (use: string): Line => new Line({ url, name: `golem-discovery ${use}`, ...SHORT });
    this.#parts = parts;
    this.#heardMs = parts.monotonicMs();
    this.writeLine = new Line({ url, name: 'golem-discovery write', settings: BY_KEY, ...SHORT });
    this.askLine = line('ask');
    this.#lookLine = line('look');
    this.snapshotLine = new Line({ url, name: 'golem-discovery snapshot', ...LONG });
    this.follower = new FeedFollower({
      line: this.#lookLine,
      snapshotLine: this.snapshotLine,
      listener,
      observe: (feed) => this.#observe(feed),
      rewound: () => parts.signDue(),
    });
    const { follower, askLine } = this;
    this.#audit = new Audit({ line: askLine, listener, follower, repaired: parts.repaired });
    this.#hints = new Hints({ url, name: 'golem-discovery listen', ...SHORT }, (node) => {
      if (node !== this.node) this.#look();
    });
  }

  /** What the feed said last; `undefined` before anything was read. */
  get feed(): FeedRow | undefined {
    return this.#feed;
  }

  get isKeeper(): boolean {
    return this.#feed?.keeper === this.node;
  }

  /** Whether nobody has said lately that it sweeps. */
  get isKeeperWanted(): boolean {
    return this.#feed !== undefined && !this.isKeeper && keeperSilentMs(this.#feed) > KEEPER_MS_MAX;
  }

  /**
   * Takes the keeper's office from it, whoever it is: where this node finds no room, a keeper who writes nothing but signs of life
   * would not notice, and leases would run. Who takes over looks for room first.
   */
  async vacate(): Promise<void> {
    const vacated = this.writeLine.run(
      SAY_MS_MAX,
      (sql) => sql`UPDATE golem_discovery.feed SET keeper = '', keeper_ms = 0 WHERE keeper <> ''`,
    );
    await vacated.catch(() => undefined);
  }

  get shared(): SharedTruth {
    return {
      follow: () => this.#follow(),
      leaseMs: () => this.follower.leaseMs,
      silentMs: () => this.#parts.monotonicMs() - this.#heardMs,
      isCatchingUp: () => this.follower.isCatchingUp,
      catchUp: () => this.#catchUp(),
    };
  }

  /** Makes the schema what it must be, and comes in: the last sign of life of those before, where nobody was there. A sentence where this database can't be used. */
  async join(): Promise<Result<number | undefined, string>> {
    const unfit = await this.writeLine.transact(JOIN_MS_MAX, 'BEGIN', (sql) => migrate(sql));
    if (unfit !== undefined) return refuse(unfit);
    const come = await this.writeLine.transact(JOIN_MS_MAX, 'BEGIN', (sql) => this.#comeIn(sql));
    this.#isIn = come.ok;
    if (come.ok) await this.#hints.open();
    return come;
  }

  async #comeIn(sql: Queries): Promise<Result<number | undefined, string>> {
    const [, feed, alone] = await Promise.all([lockFeed(sql), readFeed(sql, 0), isAlone(sql)]);
    const unfit = await reasonToStayOut(sql, this.#parts.agreement, alone && isQuiet(feed));
    if (unfit !== undefined) return refuse(unfit);
    const names = { node: this.node, batchId: randomUUID(), newEpoch: randomEpoch() };
    const authorship = { ...names, ...this.follower.known };
    const draft = new Draft(feed, [], authorship);
    const isFirst = wereAllAway(feed, alone);
    if (isFirst) revive(draft.feed);
    if (alone) draft.feed.takeOver();
    await Promise.all(writeOrder(sql, draft, authorship));
    return accept(isFirst ? (feed.last_alive_ms ?? undefined) : undefined);
  }

  #follow(): void {
    this.#timers = [
      setInterval(() => this.#look(), LOOK_EVERY_MS).unref(),
      setInterval(() => void this.#audit.round(), AUDIT_EVERY_MS).unref(),
    ];
  }

  /** Stops keeping up. */
  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    this.follower.close();
  }

  /** Lets another be the keeper, and everything go. */
  async close(): Promise<void> {
    this.stop();
    if (this.#isIn) await this.#resign();
    await Promise.all(
      [this.writeLine, this.askLine, this.#lookLine, this.snapshotLine, this.#hints].map((each) =>
        each.close(),
      ),
    );
  }

  #look(): void {
    if (this.#timers.length === 0) return;
    this.follower.look().catch(() => this.#parts.signDue());
  }

  async #catchUp(): Promise<void> {
    const late = pass(CATCH_UP_MS_MAX, 'late', { ref: false });
    for (let isRead = false; !isRead && this.#timers.length > 0;) {
      const looked = this.follower.look().then(
        () => 'read',
        () => 'failed',
      );
      const outcome = await Promise.race([looked, late]);
      if (outcome === 'late') return;
      isRead = outcome === 'read';
      if (!isRead) await pass(LOOK_EVERY_MS, undefined, { ref: false });
    }
  }

  #observe(feed: FeedRow): void {
    this.#feed = feed;
    this.#heardMs = this.#parts.monotonicMs();
    this.#parts.observed(feed);
    if (keeperSilentMs(feed) > (this.isKeeper ? KEEPER_EVERY_MS : KEEPER_MS_MAX))
      this.#parts.signDue();
  }

  async #resign(): Promise<void> {
    const resigned = this.writeLine.run(
      SAY_MS_MAX,
      (sql) => sql`UPDATE golem_discovery.feed SET keeper = '' WHERE keeper = ${this.node}`,
    );
    // Where it can't be said, silence says it.
    await resigned.catch(() => undefined);
  }
}

function keeperSilentMs({ now_ms, keeper_ms }: FeedRow): number {
  return Math.abs(now_ms - keeper_ms);
}
