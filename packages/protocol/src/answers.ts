/** The answers of a hub, as schemas: types and OpenAPI have one source. */
import Type, { type Static } from 'typebox';
import { AdvertisementBodySchema } from './advertisement.js';
import { EstimateSchema } from './estimate.js';
import { PROBLEMS } from './problems.js';

const TimeSchema = Type.String({ format: 'date-time', description: 'RFC 3339, UTC, ends in Z' });

/** What lets anyone verify an advertisement without trusting the hub. */
export const ProofSchema = Type.ReadonlyObject(
  Type.Object({
    signature: Type.String({ description: 'the whole value of X-Provider-Signature' }),
    body: Type.String({ description: 'the exact body that was signed' }),
  }),
  { description: 'what the provider signed: rebuild the signed text for your own network' },
);

const advertisementFields = {
  provider_id: Type.String({ description: 'in canonical form' }),
  ...AdvertisementBodySchema.properties,
  created_at: TimeSchema,
  updated_at: TimeSchema,
  expires_at: TimeSchema,
  verified: Type.Boolean({ description: 'whether a key speaks for it' }),
  estimate: Type.Optional(EstimateSchema),
  proof: Type.Optional(ProofSchema),
};

/** An advertisement in an answer. */
export const AdvertisementSchema = Type.ReadonlyObject(Type.Object(advertisementFields));

/** The answer to a POST. */
export const GrantedAdvertisementSchema = Type.ReadonlyObject(
  Type.Object({
    ...advertisementFields,
    refresh_after_seconds: Type.Integer({
      minimum: 1,
      description: 'renew after that many seconds, so that one lost request costs nothing',
    }),
  }),
);

/** The answer to a DELETE. */
export const WithdrawnSchema = Type.ReadonlyObject(
  Type.Object({ status: Type.Literal('success') }),
);

/** The answer of `/health`. */
export const HealthSchema = Type.ReadonlyObject(Type.Object({ status: Type.Literal('healthy') }));

/** Every answer that is not 2xx. */
export const ProblemSchema = Type.ReadonlyObject(
  Type.Object({
    code: Type.Enum(Object.keys(PROBLEMS)),
    message: Type.String({ description: 'what was wrong and what to do about it' }),
    timestamp: TimeSchema,
    request_id: Type.Optional(Type.String()),
    details: Type.Optional(
      Type.Array(
        Type.ReadonlyObject(
          Type.Object({
            field: Type.String({ description: 'a field of the body, a parameter, or t' }),
            message: Type.String(),
          }),
        ),
      ),
    ),
  }),
);

/** What a client may want to know about a hub before it talks to it. */
export const InfoSchema = Type.ReadonlyObject(
  Type.Object({
    network: Type.String({ description: 'the second line of every signed text' }),
    auth: Type.Enum(['required', 'optional']),
    lease_seconds: Type.Integer(),
    refresh_after_seconds: Type.Integer({ minimum: 1 }),
    server_time: TimeSchema,
    version: Type.String(),
    limits: Type.ReadonlyObject(
      Type.Object({
        cpu_max: Type.Integer(),
        memory_max: Type.Integer(),
        storage_max: Type.Integer(),
        body_bytes_max: Type.Integer(),
        page_max: Type.Integer(),
        proof_page_max: Type.Integer(),
        signature_age_seconds_max: Type.Integer(),
        signature_lead_seconds_max: Type.Integer(),
      }),
    ),
  }),
);

export type Advertisement = Static<typeof AdvertisementSchema>;
export type GrantedAdvertisement = Static<typeof GrantedAdvertisementSchema>;
export type Proof = Static<typeof ProofSchema>;
export type Info = Static<typeof InfoSchema>;
