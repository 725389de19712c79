/**
 * Loads libsecp256k1. The package's main entry is avoided on purpose: where no binary fits it
 * silently becomes slow JavaScript, and whoever runs the hub should be told instead.
 */
import { createRequire } from 'node:module';

/** Recovers the uncompressed public key (65 bytes) that signed a hash. Throws where there is none. */
export interface NativeRecovery {
  ecdsaRecover(
    rs: Uint8Array,
    recovery: number,
    hash: Uint8Array,
    compressed: false,
    output: Uint8Array,
  ): Uint8Array;
}

/** The addon; `undefined` where no binary fits this machine. */
export function loadNativeRecovery(): NativeRecovery | undefined {
  try {
    const addon: unknown = createRequire(import.meta.url)('secp256k1/bindings');
    return isNativeRecovery(addon) ? addon : undefined;
  } catch {
    return undefined;
  }
}

function isNativeRecovery(addon: unknown): addon is NativeRecovery {
  return (
    typeof addon === 'object' &&
    addon !== null &&
    'ecdsaRecover' in addon &&
    typeof addon.ecdsaRecover === 'function'
  );
}
