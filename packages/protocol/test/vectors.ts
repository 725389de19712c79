/** Reads the files of `conformance/`, which other implementations read too, and checks their form. */
import { readFileSync } from 'node:fs';
import Type, { type Static } from 'typebox';
import { Parse } from 'typebox/value';

const FOLDER = new URL('../../../../conformance/', import.meta.url);

const SignatureVectorSchema = Type.Object({
  name: Type.String(),
  network: Type.String(),
  method: Type.Enum(['POST', 'DELETE']),
  path: Type.String(),
  provider_id: Type.String(),
  body: Type.String(),
  signed_text: Type.String(),
  signature: Type.String(),
  problem: Type.Optional(Type.Enum(['AUTH_001', 'AUTH_002'])),
});

/** One signed request, and whether it must verify. */
export type SignatureVector = Static<typeof SignatureVectorSchema>;

const SignaturesSchema = Type.Object({
  now_ms: Type.Integer(),
  valid: Type.Array(SignatureVectorSchema, { minItems: 1 }),
  invalid: Type.Array(SignatureVectorSchema, { minItems: 1 }),
});

const ProviderIdsSchema = Type.Object({
  valid: Type.Array(
    Type.Object({
      name: Type.String(),
      provider_id: Type.String(),
      scheme: Type.String(),
      canonical: Type.String(),
    }),
  ),
  invalid: Type.Array(Type.Object({ name: Type.String(), provider_id: Type.String() })),
});

const BodiesSchema = Type.Object({
  valid: Type.Array(
    Type.Object({ name: Type.String(), body: Type.String(), advertisement: Type.Unknown() }),
  ),
  invalid: Type.Array(
    Type.Object({
      name: Type.String(),
      body: Type.Optional(Type.String()),
      body_base64: Type.Optional(Type.String()),
      problem: Type.String(),
      fields: Type.Optional(Type.Array(Type.String())),
    }),
  ),
});

const QueriesSchema = Type.Object({
  valid: Type.Array(
    Type.Object({
      name: Type.String(),
      query: Type.String(),
      parsed: Type.Object({ requirements: Type.Unknown() }),
    }),
  ),
  invalid: Type.Array(
    Type.Object({
      name: Type.String(),
      query: Type.String(),
      parameters: Type.Array(Type.String()),
      suggests: Type.Optional(Type.String()),
    }),
  ),
});

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
}

export const signatures = Parse(SignaturesSchema, read('signatures.json'));
export const moreSignatures = Parse(SignaturesSchema, read('signatures-more.json'));
export const providerIds = Parse(ProviderIdsSchema, read('provider-ids.json'));
export const bodies = Parse(BodiesSchema, read('bodies.json'));
export const queries = Parse(QueriesSchema, read('queries.json'));
