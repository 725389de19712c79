/**
 * Reads the body of a POST: bytes in, known fields out, in a fixed order, or every field that is
 * wrong by its name. Cost: some microseconds for what is acceptable; a refusal looks twice.
 */
import { IsObject, IsOptional, type TObject, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Check } from 'typebox/value';
import { AdvertisementBodySchema, type AdvertisementBody } from './advertisement.js';
import { problem, type ProblemDetail } from './problems.js';
import { accept, refuse, type Result } from './result.js';
import { descriptionOf } from './schema-description.js';
import { parseStrictJson } from './strict-json.js';

/** An acceptable body. */
export interface ParsedAdvertisement {
  readonly advertisement: AdvertisementBody;
  /** The exact body that was sent. */
  readonly text: string;
}

/** Compiled to a function where that is allowed; where a page forbids it, interpreted. */
const validator = Compile(AdvertisementBodySchema);

/**
 * Reads the body of a POST. REQ_001 for bytes that are not acceptable JSON (see
 * `parseStrictJson`), ADV_001 with a detail for each wrong field for values that are not
 * acceptable. Out come the known fields that were given: `null` counts as not given, and so does
 * a `pricing` without any price.
 */
export function parseAdvertisementBody(bytes: Uint8Array): Result<ParsedAdvertisement> {
  const json = parseStrictJson(bytes);
  if (!json.ok) return json;
  const advertisement = pickKnown(json.value.value, AdvertisementBodySchema);
  if (validator.Check(advertisement)) return accept({ advertisement, text: json.value.text });
  const details = faultsOf(advertisement, AdvertisementBodySchema, '');
  const faults = details.map(({ field, message }) => `${field} ${message}`).join('; ');
  return refuse(problem('ADV_001', `the advertisement is not acceptable: ${faults}`, { details }));
}

/** The given fields that the schema knows, in its order. */
function pickKnown(value: unknown, schema: TObject): unknown {
  if (!isRecord(value)) return value;
  const known: Record<string, unknown> = {};
  for (const [field, fieldSchema] of fieldsOf(schema)) {
    const given = value[field];
    if (given === undefined || given === null) continue;
    const picked = IsObject(fieldSchema) ? pickKnown(given, fieldSchema) : given;
    const empty = IsObject(fieldSchema) && isEmptyRecord(picked);
    if (!(empty && IsOptional(fieldSchema))) known[field] = picked;
  }
  return known;
}

function faultsOf(value: unknown, schema: TSchema, field: string): ProblemDetail[] {
  if (Check(schema, value)) return [];
  if (!IsObject(schema) || !isRecord(value)) return [fault(value, schema, field)];
  return fieldsOf(schema).flatMap(([name, fieldSchema]) => {
    const given = value[name];
    if (given === undefined && IsOptional(fieldSchema)) return [];
    return faultsOf(given, fieldSchema, field === '' ? name : `${field}.${name}`);
  });
}

function fault(value: unknown, schema: TSchema, field: string): ProblemDetail {
  const message = `must be ${descriptionOf(schema)}`;
  return {
    field: field === '' ? 'body' : field,
    message: value === undefined ? `is missing: it ${message}` : message,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmptyRecord(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 0;
}

function fieldsOf(schema: TObject): [string, TSchema][] {
  return Object.entries(schema.properties);
}
