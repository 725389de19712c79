/** The answer of `/advertisements/explain`, as a schema: why these requirements match what they match. */
import Type, { type Static } from 'typebox';
import { ResourcesSchema } from './advertisement.js';
import type { Requirements } from './requirements.js';

/** The name of a requirement. */
export type RequirementName = keyof Requirements;

/** Every requirement, in the order in which they are named and in which equals are preferred. */
export const REQUIREMENT_NAMES = [
  'cpu',
  'memory',
  'storage',
  'country',
  'platform',
  'verified',
  'max_usd_per_month',
] as const satisfies readonly RequirementName[];

const RequirementNameSchema = Type.Enum([...REQUIREMENT_NAMES]);
const count = (description: string) => Type.Integer({ minimum: 0, description });
const share = (description: string) => Type.Number({ minimum: 0, description });

/** What one requirement does to the answer. */
export const RequirementEffectSchema = Type.ReadonlyObject(
  Type.Object({
    requirement: RequirementNameSchema,
    asked: Type.String({ description: 'as it stands in a query' }),
    rules_out: count('how many do not meet it, whatever else they meet or miss'),
    rules_out_alone: count('how many meet everything else, and miss this alone'),
    matching_without: count('how many would match if it were dropped and nothing else changed'),
  }),
);

/** What an advertisement lacks of one requirement. */
export const ShortfallSchema = Type.ReadonlyObject(
  Type.Object({
    requirement: RequirementNameSchema,
    shortfall: share(
      'the difference as a share of the larger of the two, from 0 to 1; 1 for what can only be met or not',
    ),
    message: Type.String({ description: 'what is lacking and by how much' }),
  }),
);

/** An advertisement that nearly matches. */
export const NearMissSchema = Type.ReadonlyObject(
  Type.Object({
    provider_id: Type.String(),
    country: Type.String(),
    platform: Type.Optional(Type.String()),
    resources: ResourcesSchema,
    verified: Type.Boolean(),
    usd_per_month: Type.Optional(
      Type.Number({ description: 'the price of the asked shape, where it has one' }),
    ),
    shortfall: share('the sum of what is lacking'),
    missing: Type.Array(ShortfallSchema, { minItems: 1, maxItems: REQUIREMENT_NAMES.length }),
  }),
);

/** The smallest change of one requirement that gives a match. */
export const RelaxationSchema = Type.ReadonlyObject(
  Type.Object({
    requirement: RequirementNameSchema,
    asked: Type.String({ description: 'as it stands in the query' }),
    enough: Type.Optional(
      Type.String({ description: 'what to ask for instead; absent where it must be dropped' }),
    ),
    change: share('the change as a share of the larger of the two; 1 where it must be dropped'),
    message: Type.String({ description: 'what to ask for instead, in a sentence' }),
    query: Type.String({ description: 'the relaxed requirements, ready to be asked' }),
  }),
);

/** Nearest misses in one explanation. */
export const NEAREST_MAX = 5;

/** Why requirements match what they match. */
export const ExplanationSchema = Type.ReadonlyObject(
  Type.Object({
    message: Type.String({ description: 'the explanation in a sentence or two' }),
    listed: count('how many are listed in all'),
    matching: count('how many match'),
    requirements: Type.Array(RequirementEffectSchema, { maxItems: REQUIREMENT_NAMES.length }),
    nearest: Type.Array(NearMissSchema, {
      maxItems: NEAREST_MAX,
      description:
        'what comes nearest without matching: fewest requirements missed, then the least shortfall, then by provider id',
    }),
    relaxation: Type.Optional(RelaxationSchema),
  }),
);

export type Explanation = Static<typeof ExplanationSchema>;
export type NearMiss = Static<typeof NearMissSchema>;
export type Relaxation = Static<typeof RelaxationSchema>;
