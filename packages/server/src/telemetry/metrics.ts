/**
 * What is measured, and how it is read: when somebody asks for the page, not when it changes. So
 * the hot path pays nothing.
 */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What a hub tells about itself. Names get the prefix `discovery_`; asking twice for a name throws: that is a bug. */
export interface Metrics {
  /** A value that is read when the page is. `undefined` leaves the line out. */
  gauge(name: string, help: string, read: () => number | undefined): void;
  /** Adds what Node knows of its process: memory, event loop, garbage collection. It starts observers, so only who serves the page asks for it; safe to call twice. */
  watchProcess(): void;
  /** The page, in the Prometheus text format. */
  page(): Promise<{ readonly contentType: string; readonly text: string }>;
}

const PREFIX = 'discovery_';

/** Makes an empty set of metrics. Nothing in it needs closing. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  let watchesProcess = false;
  return {
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
    watchProcess() {
      if (!watchesProcess) collectDefaultMetrics({ register: registry });
      watchesProcess = true;
    },
    async page() {
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
