/** How long a hub may be away. */

/** A hub that was away for longer starts empty: its providers have gone elsewhere. Shorter ones cost nobody a lease. */
export const ABSENCE_MS_MAX = 15 * 60_000;
