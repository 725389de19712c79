/** The parameters of a question, as a schema: OpenAPI is made from it. What it says in words is in `find-parameters.ts`. */
import Type from 'typebox';
import { PlatformSchema } from './advertisement.js';
import { COUNTRIES_COUNT } from './countries.js';
import { FIND_PARAMETERS, MONTHLY_USD_MAX, PAGE_TOKEN_PATTERN, SORTS } from './find-parameters.js';
import { LIMITS } from './limits.js';

type Flag = 'verified' | 'count' | 'proof';

const flag = (name: Flag) =>
  Type.Optional(Type.Literal(true, { description: FIND_PARAMETERS[name] }));

const atLeast = (name: 'cpu' | 'memory' | 'storage', maximum: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum, description: FIND_PARAMETERS[name] }));

/** The parameters of `GET /advertisements`. */
export const FindQuerySchema = Type.Object({
  cpu: atLeast('cpu', LIMITS.cpuCoresMax),
  memory: atLeast('memory', LIMITS.memoryGbMax),
  storage: atLeast('storage', LIMITS.storageGbMax),
  country: Type.Optional(
    Type.Array(Type.String({ pattern: '^[A-Za-z]{2}$' }), {
      minItems: 1,
      maxItems: COUNTRIES_COUNT,
      description: FIND_PARAMETERS.country,
    }),
  ),
  platform: Type.Optional(PlatformSchema),
  verified: flag('verified'),
  max_usd_per_month: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: MONTHLY_USD_MAX,
      description: FIND_PARAMETERS.max_usd_per_month,
    }),
  ),
  sort: Type.Optional(Type.Enum(SORTS, { default: 'uptime', description: FIND_PARAMETERS.sort })),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: LIMITS.pageMax,
      default: LIMITS.pageDefault,
      description: FIND_PARAMETERS.limit,
    }),
  ),
  after: Type.Optional(
    Type.String({ pattern: PAGE_TOKEN_PATTERN, description: FIND_PARAMETERS.after }),
  ),
  count: flag('count'),
  proof: flag('proof'),
});
