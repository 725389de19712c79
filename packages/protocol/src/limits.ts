/** Every bound of the wire in one block, units in the names. Over a bound is a problem, never a clamp. */
export const LIMITS = {
  cpuCoresMax: 1_024,
  memoryGbMax: 65_536,
  storageGbMax: 10_000_000,
  unitPriceMax: 1_000_000,
  providerNameCharsMax: 64,
  platformCharsMax: 32,
  bodyBytesMax: 8_192,
  /** Nesting of a body; an advertisement needs 2, the rest is room for fields to come. */
  bodyDepthMax: 32,
  signatureHeaderCharsMax: 256,
  providerIdCharsMax: 128,
  networkCharsMax: 32,
  pageDefault: 1_000,
  pageMax: 1_000,
  proofPageMax: 100,
  /** How far in the past a signature time may lie. */
  signatureAgeMsMax: 300_000,
  /** How far ahead of the hub's clock a signature time may lie. */
  signatureLeadMsMax: 60_000,
  /** How long the last accepted `t` of a provider that is no longer listed is remembered. */
  signatureMemoryMsMin: 720_000,
  hoursPerMonth: 730,
} as const;

/** The path that advertisements live under; part of every signed text, whatever a proxy adds in front. */
export const ADVERTISEMENTS_PATH = '/api/v1/advertisements';
