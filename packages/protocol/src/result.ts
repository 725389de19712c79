/**
 * A refusal is a value, a bug is an exception. What a caller must decide on is a
 * `Result`; nothing in this product throws to refuse input.
 */
import type { Problem } from './problems.js';

/** Either the value that was asked for, or the problem that says why not. */
export type Result<Value, Refusal = Problem> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Refusal };

/** Wraps a value as the successful arm of a `Result`. */
export function accept<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** Wraps a problem as the refusing arm of a `Result`. */
export function refuse<Refusal>(problem: Refusal): {
  readonly ok: false;
  readonly problem: Refusal;
} {
  return { ok: false, problem };
}
