/**
 * Whether a value has the shape that a type promises. It stands in for the schemas of the protocol,
 * which check far more than a reader needs and weigh four times as much as all the rest of a
 * search. Cost: one look at each field that is expected.
 */

/** Whether one value will do. */
export type Check = (value: unknown) => boolean;

export const isText: Check = (value) => typeof value === 'string';
export const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
export const isFlag: Check = (value) => typeof value === 'boolean';

/** An RFC 3339 time, or anything else that can be read as one. */
export const isTime: Check = (value) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value));

/** Also fits what is not there. */
export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

/** A list of what fits. */
export function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

/** An object whose known fields fit; whatever else it holds is of a newer hub. */
export function record(fields: Readonly<Record<string, Check>>): Check {
  const checks = Object.entries(fields);
  return (value) => isRecord(value) && checks.every(([field, check]) => check(value[field]));
}

/** Whether the value is an object, lists among them. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
