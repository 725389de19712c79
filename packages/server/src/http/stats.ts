/** `GET /api/v1/stats`: the market in numbers. */
import { NAMED_SHAPES, type Stats } from 'golem-vm-discovery-protocol';
import type { MarketStats, MarketSum } from '../matching/contract.js';
import type { Numbers } from '../registry/contract.js';
import { HOUR_MS } from '../store/traffic.js';
import { JSON_TYPE } from './answer.js';
import { chargeRead, type EdgeParts, type Exchange } from './edge-parts.js';
import { STATS } from './openapi/hub-operations.js';
import { parseFlags, rawQueryOf } from './query.js';
import type { Route } from './route.js';
import { stateHeaders } from './state-headers.js';

/** The route of the numbers. */
export function statsRoutes(parts: EdgeParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/stats',
      operation: STATS,
      handle: (exchange) => stats(parts, exchange),
    },
  ];
}

function stats(parts: EdgeParts, exchange: Exchange): void | Promise<void> {
  const counted = chargeRead(parts, exchange);
  if (counted === undefined) return undefined;
  const { request, response } = exchange;
  const headers = [...counted, ...stateHeaders(parts.registry)];
  const flags = parseFlags(rawQueryOf(request.url), []);
  const numbers = flags.ok ? parts.registry.stats() : flags;
  if (!numbers.ok) return parts.problems.send(response, numbers.problem, headers);
  return parts.sendCompressible(request, response, {
    status: 200,
    contentType: JSON_TYPE,
    body: JSON.stringify(statsOf(numbers.value)),
    headers,
  });
}

function statsOf({ market, traffic }: Numbers): Stats {
  const { providers, verified, otherPlatforms } = market;
  return {
    ...sumOf(market),
    verified_share: providers === 0 ? 0 : Math.round((verified / providers) * 1e6) / 1e6,
    countries: market.countries.map(({ country, ...sum }) => ({ country, ...sumOf(sum) })),
    platforms: market.platforms.map(({ platform = null, ...sum }) => ({
      platform,
      ...sumOf(sum),
    })),
    ...(otherPlatforms && { other_platforms: sumOf(otherPlatforms) }),
    ...pricesOf(market),
    traffic: traffic.map(({ hour, ...passages }) => ({
      hour: new Date(hour * HOUR_MS).toISOString(),
      ...passages,
    })),
  };
}

function sumOf({ providers, verified, resources }: MarketSum): MarketSum {
  return { providers, verified, resources };
}

function pricesOf({
  priced,
  unitPrices,
  shapes,
}: MarketStats): Pick<Stats, 'priced' | 'prices' | 'shapes'> {
  const { core, memory, storage } = unitPrices;
  return {
    priced,
    prices: {
      ...(core && { usd_per_core_month: core }),
      ...(memory && { usd_per_gb_ram_month: memory }),
      ...(storage && { usd_per_gb_storage_month: storage }),
    },
    shapes: shapes.map(({ name, providers, usdPerMonth }) => ({
      name,
      resources: NAMED_SHAPES[name],
      providers,
      ...(usdPerMonth && { usd_per_month: usdPerMonth }),
    })),
  };
}
