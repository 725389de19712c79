/** The description of a schema: a noun phrase that completes the sentence "must be …". */
import type { TSchema } from 'typebox';

/** Reads it. Throws where there is none: a schema without one is a bug. */
export function descriptionOf(schema: TSchema): string {
  if ('description' in schema && typeof schema.description === 'string') return schema.description;
  throw new TypeError('a schema that is checked needs a description');
}
