/** The answer of `/stats`, as a schema: the market in numbers. */
import Type, { type Static } from 'typebox';
import type { Resources } from './advertisement.js';

/** The names of the shapes whose prices are told, smallest first. */
export const SHAPE_NAMES = ['small', 'medium', 'large'] as const;
export type ShapeName = (typeof SHAPE_NAMES)[number];

/** What their names stand for. */
export const NAMED_SHAPES: Readonly<Record<ShapeName, Resources>> = {
  small: { cpu: 1, memory: 2, storage: 20 },
  medium: { cpu: 4, memory: 8, storage: 100 },
  large: { cpu: 16, memory: 64, storage: 500 },
};

/** Hours of arrivals and departures that are remembered: a week. */
export const TRAFFIC_HOURS_MAX = 168;

const count = (description: string) => Type.Integer({ minimum: 0, description });

const sum = {
  providers: count('how many are listed'),
  verified: count('for how many of them a key speaks'),
  resources: Type.ReadonlyObject(
    Type.Object({
      cpu: count('cores'),
      memory: count('GB of memory'),
      storage: count('GB of storage'),
    }),
    { description: 'what they offer together' },
  ),
};

const PriceLevelsSchema = Type.ReadonlyObject(
  Type.Object({ p10: Type.Number(), median: Type.Number(), p90: Type.Number() }),
  {
    description:
      'percentiles by nearest rank (the least price that 10%, 50% or 90% do not exceed), exact to four digits; absent where nobody has a price',
  },
);

const PriceLevels = Type.Optional(PriceLevelsSchema);

/** The market in numbers. */
export const StatsSchema = Type.ReadonlyObject(
  Type.Object({
    ...sum,
    verified_share: Type.Number({ minimum: 0, maximum: 1 }),
    countries: Type.Array(Type.ReadonlyObject(Type.Object({ country: Type.String(), ...sum })), {
      description: 'the most providers first, then by code',
    }),
    platforms: Type.Array(
      Type.ReadonlyObject(
        Type.Object({
          platform: Type.Union([Type.String(), Type.Null()], {
            description: 'null: those that do not say',
          }),
          ...sum,
        }),
      ),
      { description: 'the most providers first, then by name' },
    ),
    other_platforms: Type.Optional(
      Type.ReadonlyObject(Type.Object(sum), { description: 'what is on none of those platforms' }),
    ),
    priced: count('how many give all three prices in dollars; the prices are theirs'),
    prices: Type.ReadonlyObject(
      Type.Object({
        usd_per_core_month: PriceLevels,
        usd_per_gb_ram_month: PriceLevels,
        usd_per_gb_storage_month: PriceLevels,
      }),
    ),
    shapes: Type.Array(
      Type.ReadonlyObject(
        Type.Object({
          name: Type.Enum([...SHAPE_NAMES]),
          resources: Type.ReadonlyObject(
            Type.Object({ cpu: Type.Integer(), memory: Type.Integer(), storage: Type.Integer() }),
          ),
          providers: count('how many of the priced could serve it; the prices are theirs'),
          usd_per_month: PriceLevels,
        }),
      ),
    ),
    traffic: Type.Array(
      Type.ReadonlyObject(
        Type.Object({
          hour: Type.String({ format: 'date-time', description: 'when it began' }),
          arrived: count('listings that began'),
          withdrawn: count('listings that their providers ended'),
          expired: count('listings whose lease ran out'),
        }),
      ),
      {
        maxItems: TRAFFIC_HOURS_MAX,
        description: 'hour by hour, the present one last; hours before the first are left out',
      },
    ),
  }),
);

export type Stats = Static<typeof StatsSchema>;
