/**
 * Requirements as a query string. Invariant: whatever is given is sent, even what no hub knows, so
 * that the hub refuses a typing error in its own words instead of matching everything.
 */
import type { Requirements, Sort } from 'golem-vm-discovery-protocol';

/** As in the protocol; `undefined` counts as absent. */
type Minima = {
  readonly [Name in keyof Omit<Requirements, 'country'>]: Requirements[Name] | undefined;
};

/** What a requestor needs, and in which order; what is absent, or `undefined`, is not asked for. */
export interface Wanted extends Minima {
  /** Alpha-2 codes of ISO 3166-1, in any case; one of these. */
  readonly country?: string | readonly string[] | undefined;
  /** The verified come first in every order. Default `uptime`: the longest unbroken listing first. `price` needs all three resources. */
  readonly sort?: Sort | undefined;
}

/** Writes a query string, without `?`. */
export function queryOf(parameters: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.append(name, String(value));
  }
  return query.toString();
}
