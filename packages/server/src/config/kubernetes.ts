/**
 * Kubernetes puts variables into every container for each Service of the namespace, named after
 * the Service. A Service called `discovery`, or `discovery-web`, makes variables that look like
 * settings and are none.
 */

const SERVICE_VARIABLE = /^DISCOVERY_(?:[A-Z0-9_]+_)?SERVICE_(?:HOST|PORT(?:_[A-Z0-9_]+)?)$/;
const LINK_VARIABLE =
  /^DISCOVERY_(?:[A-Z0-9_]+_)?PORT_[0-9]{1,5}_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/;

/** Whether a value is what a service link holds: `tcp://10.3.2.1:7465`. */
export function isServiceLink(value: string): boolean {
  return /^(?:tcp|udp|sctp):\/\//.test(value);
}

/** Whether a variable was made by Kubernetes for a Service, so that it says nothing about this hub. */
export function isKubernetesVariable(name: string, value: string): boolean {
  if (SERVICE_VARIABLE.test(name) || LINK_VARIABLE.test(name)) return true;
  return name.endsWith('_PORT') && isServiceLink(value);
}
