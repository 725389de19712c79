/** The answer of `/providers/{id}/status`, as a schema: is this provider visible, and if not, why not? */
import Type, { type Static } from 'typebox';
import { ResourcesSchema } from './advertisement.js';
import { PROBLEMS } from './problems.js';

/** `listed`: visible now. `expired`, `withdrawn`: it was, in the last 24 hours. `unknown`: it was not. */
export const PROVIDER_STATES = ['listed', 'expired', 'withdrawn', 'unknown'] as const;
export type ProviderState = (typeof PROVIDER_STATES)[number];

const time = (description: string) =>
  Type.Optional(Type.String({ format: 'date-time', description }));

/** Where a price stands. */
export const PriceRankSchema = Type.ReadonlyObject(
  Type.Object({
    country: Type.String(),
    resources: ResourcesSchema,
    usd_per_month: Type.Number({ description: 'what the provider asks for all that it offers' }),
    rank: Type.Integer({ minimum: 1, description: '1 and how many are cheaper' }),
    of: Type.Integer({ minimum: 1, description: 'how many there are, itself among them' }),
  }),
  {
    description:
      'where the price of its own shape stands among all in its country that are large enough for that shape and have prices; absent without prices',
  },
);

/** Whether a provider is visible, and if not, why not. */
export const ProviderStatusSchema = Type.ReadonlyObject(
  Type.Object({
    provider_id: Type.String({ description: 'in canonical form' }),
    state: Type.Enum([...PROVIDER_STATES]),
    message: Type.String({ description: 'what is the case, and what to do about it' }),
    verified: Type.Optional(
      Type.Boolean({ description: 'whether a key speaks for it; only where it is listed' }),
    ),
    since: time('start of the present unbroken listing'),
    renewed_at: time('the last renewal'),
    until: time('it stays listed until then at least, without another renewal'),
    ended_at: time('when the last listing ended'),
    price_rank: Type.Optional(PriceRankSchema),
    last_refusal: Type.Optional(
      Type.ReadonlyObject(
        Type.Object({
          code: Type.Enum(Object.keys(PROBLEMS)),
          message: Type.String(),
          at: Type.String({ format: 'date-time' }),
        }),
        {
          description:
            'the last request that was refused, of those that the provider itself had signed, in the last 24 hours',
        },
      ),
    ),
  }),
);

export type ProviderStatus = Static<typeof ProviderStatusSchema>;
export type PriceRank = Static<typeof PriceRankSchema>;
