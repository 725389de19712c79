/** Whether a hub answered with what there is to know about it. */
import type { Info } from 'golem-vm-discovery-protocol';
import { isNumber, isText, isTime, record, type Check } from './shape.js';

const LIMIT_FIELDS: Readonly<Record<keyof Info['limits'], Check>> = {
  cpu_max: isNumber,
  memory_max: isNumber,
  storage_max: isNumber,
  body_bytes_max: isNumber,
  page_max: isNumber,
  proof_page_max: isNumber,
  signature_age_seconds_max: isNumber,
  signature_lead_seconds_max: isNumber,
};

const FIELDS: Readonly<Record<keyof Info, Check>> = {
  network: isText,
  auth: (value) => value === 'required' || value === 'optional',
  lease_seconds: isNumber,
  refresh_after_seconds: isNumber,
  server_time: isTime,
  version: isText,
  limits: record(LIMIT_FIELDS),
};

const fitsInfo = record(FIELDS);

/** Whether the value is the answer of `/info`. */
export function isInfo(value: unknown): value is Info {
  return fitsInfo(value);
}
