/** Bounds in typed arrays, stretched where a value lies outside. */

/** Lowers the bound at a place to a value that is less. */
export function lower(bounds: Float64Array | Uint32Array, at: number, value: number): void {
  if (value < (bounds[at] ?? 0)) bounds[at] = value;
}

/** Raises the bound at a place to a value that is greater. */
export function raise(bounds: Float64Array | Uint32Array, at: number, value: number): void {
  if (value > (bounds[at] ?? 0)) bounds[at] = value;
}
