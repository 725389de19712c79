/**
 * How text that somebody else wrote is shown to a person: on one line, bounded, and without
 * the password that a URL may carry. Everything that is printed about a setting goes through here.
 */

/** A longer text is not shown: cutting it could take the `@` away by which a password is known. */
const SHOWN_CHARS_MAX = 500;

/** URLs that have no place for a password: a file, and what Kubernetes sets for a Service. */
const PLAIN_URL = /^(?:sqlite:\/\/\/[^?]*|(?:tcp|udp|sctp):\/\/[0-9a-f.:[\]]*)$/;

/**
 * Hides what may be a password. Of a URL only the scheme is left: where it is malformed, nobody
 * can say which part of it was meant to be secret.
 */
export function redactSecrets(value: string): string {
  if (PLAIN_URL.test(value)) return value;
  return value
    .replace(/([a-z][a-z0-9+.-]*):\/.*/is, '$1://***')
    .replace(/^.*@/s, '***@')
    .replaceAll(/(passw(?:or)?d|pwd|secret|token)=\S*/gi, '$1=***');
}

/** Writes text so that it cannot break a line or drive a terminal: in quotes, escaped, without secrets. Over 500 characters only their number. */
export function quoteGiven(value: string): string {
  if (value.length > SHOWN_CHARS_MAX) return `${value.length} characters`;
  return JSON.stringify(redactSecrets(value)).replaceAll(/[^\u0020-\u007e]/g, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
