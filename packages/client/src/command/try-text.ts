/** What to try instead, as a line that can be pasted. */
import { parseRequirements } from 'golem-vm-discovery-protocol';
import { requirementsText } from './options/requirement-options.js';

/** The question of a query string; nothing where a hub suggests what can't be asked. */
export function tryText(query: string): string {
  const parsed = parseRequirements(query);
  return parsed.ok ? `Try: golem-discovery find ${requirementsText(parsed.value)}`.trimEnd() : '';
}
