/** libsecp256k1 without the fallback to JavaScript of its package: a slow floor would flatter the hub. */
import { createRequire } from 'node:module';

/** What is used of the addon. All byte strings are Uint8Array; hashes have 32 bytes. */
export interface NativeAddon {
  /** The uncompressed public key, 65 bytes. */
  publicKeyCreate(privateKey: Uint8Array, compressed: false): Uint8Array;
  ecdsaSign(hash: Uint8Array, privateKey: Uint8Array): { signature: Uint8Array; recid: number };
  ecdsaRecover(rs: Uint8Array, recid: number, hash: Uint8Array, compressed: false): Uint8Array;
}

function isNativeAddon(module: unknown): module is NativeAddon {
  return typeof module === 'object' && module !== null && 'ecdsaRecover' in module;
}

function load(): NativeAddon {
  const module: unknown = createRequire(import.meta.url)('secp256k1/bindings');
  if (!isNativeAddon(module)) throw new Error('no secp256k1 binary fits this machine');
  return module;
}

/** The addon. Importing this file throws where no binary fits. */
export const addon = load();
