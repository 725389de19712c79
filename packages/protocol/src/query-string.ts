/**
 * Splits a raw query string. Invariant: percent-encoding is strict, so that nothing is read that
 * was not written. Cost: linear, and a copy only of what is encoded.
 */

/** One `name=value`, decoded. */
export interface QueryPart {
  /** As it was written, where its percent-encoding is broken. */
  readonly name: string;
  /** Empty where there was no `=`; `undefined` where its percent-encoding is broken. */
  readonly value: string | undefined;
}

/** The parts between `&`, in order; empty ones are passed over. */
export function splitQuery(query: string): readonly QueryPart[] {
  const parts: QueryPart[] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = equals === -1 ? part : part.slice(0, equals);
    const value = equals === -1 ? '' : part.slice(equals + 1);
    parts.push({ name: decode(name) ?? name, value: decode(value) });
  }
  return parts;
}

/** `+` is a space, as in forms; `%zz`, a lone `%` and bytes that are not UTF-8 are refused. */
function decode(text: string): string | undefined {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
