/** The one error of this room: what was given can't sign for a provider, or did not. */

/**
 * What was given can't sign, or what it signed is not by the provider that it claims to be. The
 * message says which, and what to give instead. Nothing secret is in it.
 */
export class UnusableSignerError extends Error {
  override readonly name = 'UnusableSignerError';
}
