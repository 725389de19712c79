/** What a watch is told, as schemas: types and OpenAPI have one source. */
import Type, { type Static } from 'typebox';
import { AdvertisementSchema } from './answers.js';
import { CURSOR_PATTERN } from './watch-query-schema.js';

/** An advertisement that fits: new or beginning to fit, or changed. */
const ArrivalSchema = Type.ReadonlyObject(
  Type.Object({ event: Type.Enum(['advertised', 'changed']), data: AdvertisementSchema }),
);

/** One that fits no longer: withdrawn, expired, or changed so that it does not fit. */
const DepartureSchema = Type.ReadonlyObject(
  Type.Object({
    event: Type.Enum(['withdrawn', 'expired', 'unmatched']),
    data: Type.ReadonlyObject(
      Type.Object({ provider_id: Type.String({ description: 'in canonical form' }) }),
    ),
  }),
);

/** The answer to a poll. */
export const PollSchema = Type.ReadonlyObject(
  Type.Object({
    cursor: Type.String({
      pattern: CURSOR_PATTERN,
      description: 'ask next with since this cursor',
    }),
    events: Type.Array(Type.Union([ArrivalSchema, DepartureSchema]), {
      description: 'in order; empty where nothing happened while the poll waited',
    }),
  }),
);

/** The answer to a poll. */
export type Poll = Static<typeof PollSchema>;

/** What a watch is told of one advertisement. */
export type MarketEvent = Poll['events'][number];
