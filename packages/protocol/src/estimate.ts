/** The price of a shape, as an answer carries it. How it is computed is in `pricing.ts`, which needs no schema. */
import Type, { type Static } from 'typebox';

/** What the asked shape costs; only where all three resources were asked for. */
export const EstimateSchema = Type.ReadonlyObject(
  Type.Object({
    usd_per_month: Type.Number(),
    usd_per_hour: Type.Number({ description: 'by 730 hours a month' }),
    glm_per_month: Type.Optional(Type.Number({ description: 'where all three glm_ are given' })),
  }),
  { description: 'the price of the asked shape, rounded to six decimals' },
);

/** A price for an answer, rounded to six decimals. */
export type Estimate = Static<typeof EstimateSchema>;
