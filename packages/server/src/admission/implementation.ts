/**
 * Chooses how signatures are verified, once, on the main thread; the workers are told.
 */
import { verifySignature } from 'golem-vm-discovery-protocol/verification';
import { loadNativeRecovery } from './native-recovery.js';
import type { Implementation, Verify } from './verification.js';
import { createNativeVerify } from './verify-native.js';

/** The native implementation where its binary fits this machine, the portable one elsewhere. */
export function bestImplementation(): Implementation {
  return loadNativeRecovery() === undefined ? 'portable' : 'native';
}

/** Makes the verification of one thread. Throws where `native` is asked for and no binary fits. */
export function createVerify(implementation: Implementation): Verify {
  if (implementation === 'portable') return verifyPortably;
  const recovery = loadNativeRecovery();
  if (recovery === undefined) throw new Error('no secp256k1 binary fits this machine');
  return createNativeVerify(recovery);
}

function verifyPortably({ providerId, signature, signedText }: Parameters<Verify>[0]): boolean {
  return verifySignature(providerId, signature, signedText);
}
