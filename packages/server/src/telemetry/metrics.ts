/**
 * What is counted, and how it is read. Counting is adding to a plain number; gauges are read
 * when somebody asks for the page, not when they change. So the hot path pays next to nothing,
 * and a hub without a metrics port pays nothing else.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A number that only rises. */
export interface Tally {
  add(count?: number): void;
}

/** Numbers that only rise, one for each of a closed set of kinds. */
export interface KindTally<Kind extends string> {
  add(kind: Kind, count?: number): void;
}

/** Durations, sorted into buckets. */
export interface Durations {
  /** One duration in milliseconds. */
  observe(ms: number): void;
}

/** What a hub tells about itself. Names get the prefix `discovery_`; asking twice for a name throws: that is a bug. */
export interface Metrics {
  /** Counts events; the name ends in `_total`. */
  tally(name: string, help: string): Tally;
  /** Counts events of a closed set of kinds under one label: an open one would grow without bound. */
  kindTally<Kind extends string>(
    name: string,
    help: string,
    label: string,
    kinds: readonly Kind[],
  ): KindTally<Kind>;
  /** A value that is read when the page is. `undefined` leaves the line out. */
  gauge(name: string, help: string, read: () => number | undefined): void;
  /** Durations in seconds on the page; the name ends in `_seconds`. */
  durations(name: string, help: string): Durations;
  /** Adds what Node knows of its process: memory, event loop, garbage collection. It starts observers, so only who serves the page asks for it; safe to call twice. */
  watchProcess(): void;
  /** The page, in the Prometheus text format. */
  page(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** From what a find in memory takes to what is longer than anybody waits. */
const DURATION_BUCKETS_SECONDS = [0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

const PREFIX = 'discovery_';

/** Makes an empty set of metrics. Nothing in it needs closing. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  let watchesProcess = false;
  return {
    tally: (name, help) => plainTally(registry, name, help),
    kindTally: (name, help, label, kinds) => labelledTally(registry, { name, help, label }, kinds),
    gauge(name, help, read) {
      // The gauge registers itself, and `collect` runs when the page is made.
      void new Gauge({
        name: PREFIX + name,
        help,
        registers: [registry],
        collect() {
          const value = read();
          if (value === undefined) this.remove();
          else this.set(value);
        },
      });
    },
    durations(name, help) {
      const histogram = new Histogram({
        name: PREFIX + name,
        help,
        registers: [registry],
        buckets: DURATION_BUCKETS_SECONDS,
      });
      return { observe: (ms) => histogram.observe(ms / 1_000) };
    },
    watchProcess() {
      if (!watchesProcess) collectDefaultMetrics({ register: registry });
      watchesProcess = true;
    },
    async page() {
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

interface Labelled {
  readonly name: string;
  readonly help: string;
  readonly label: string;
}

function plainTally(registry: Registry, name: string, help: string): Tally {
  let total = 0;
  void new Counter({
    name: PREFIX + name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(total);
    },
  });
  return {
    add(count = 1) {
      total += count;
    },
  };
}

function labelledTally<Kind extends string>(
  registry: Registry,
  { name, help, label }: Labelled,
  kinds: readonly Kind[],
): KindTally<Kind> {
  const totals = new Map(kinds.map((kind) => [kind, 0]));
  void new Counter({
    name: PREFIX + name,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset();
      for (const [kind, total] of totals) this.inc({ [label]: kind }, total);
    },
  });
  return {
    add(kind, count = 1) {
      totals.set(kind, (totals.get(kind) ?? 0) + count);
    },
  };
}
