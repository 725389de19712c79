/**
 * Some advertisements as points, to choose by how all of them lie.
 */
import { AXES, writePoint } from './box-axes.js';
import type { Rows } from '../rows/rows.js';

/** Points to choose by, `AXES` doubles each. */
export interface Sample {
  readonly points: Float64Array;
  readonly count: number;
}

/** So many of the slots, equally far apart, from the first on; of fewer, some come twice. */
export function sampleOf(rows: Rows, slots: Int32Array, count: number): Sample {
  const points = new Float64Array(count * AXES);
  for (let index = 0; index < count; index += 1) {
    const slot = slots[Math.floor((index * slots.length) / count)] ?? 0;
    writePoint(rows, slot, points, index * AXES);
  }
  return { points, count };
}

/** From the lowest to the highest on an axis. */
export function rangeOf(
  { points, count }: Sample,
  axis: number,
): { readonly low: number; readonly high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let at = axis; at < count * AXES; at += AXES) {
    const value = points[at] ?? NaN;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}
