/** What a hub shows to Prometheus. Everything is read when the page is, so the hot path pays nothing. */
import type { HubRegistry } from './registry/registry.js';
import { serveMetrics, type MetricsPage } from './telemetry/metrics-page.js';
import { createMetrics } from './telemetry/metrics.js';

/** Serves the metrics of a hub on `port` of 127.0.0.1, if there is one. Closed by the caller. */
export async function serveHubMetrics(
  registry: HubRegistry,
  port: number | undefined,
): Promise<MetricsPage | undefined> {
  if (port === undefined) return undefined;
  const metrics = createMetrics();
  metrics.gauge('advertisements', 'Advertisements that are listed now.', () => registry.listed);
  metrics.gauge(
    'providers_known',
    'Providers whose last t is known, listed or not.',
    () => registry.known,
  );
  metrics.gauge('store_writable', '1 while the store takes writes, 0 while it refuses.', () =>
    Number(registry.writable()),
  );
  metrics.gauge('ready', '1 when everything stored is loaded.', () =>
    Number(registry.phase() !== 'loading'),
  );
  return serveMetrics(metrics, port);
}
