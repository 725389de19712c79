/** Hubs that answer by a script: for each, what it says the first time, the second time, and so on. */
import type { ProblemCode } from 'golem-vm-discovery-protocol';
import type { Fetch } from '#src/transport/surroundings.js';

/** One line of a script: an answer, a broken connection, or silence. */
export type Line = () => Response | 'broken' | 'silent';

/** Hubs by URL; the last line of a script is repeated for ever. */
export interface ScriptedHubs {
  readonly fetch: Fetch;
  /** The hubs that were asked, in order. */
  readonly asked: string[];
}

/** A list that is found. */
export const found: Line = () => Response.json([]);

/** A refusal. */
export function refused(code: ProblemCode, headers: Record<string, string> = {}): Line {
  const body = { code, message: `refused by ${code}`, timestamp: '2026-09-21T14:13:20.000Z' };
  return () => Response.json(body, { status: 400, headers });
}

/** Something that is no hub. */
export function strange(status: number, text: string, headers: Record<string, string> = {}): Line {
  return () => new Response(text, { status, headers });
}

/** Made from scripts. */
export function createScriptedHubs(
  scripts: Readonly<Record<string, readonly Line[]>>,
): ScriptedHubs {
  const asked: string[] = [];
  return {
    asked,
    fetch: async (url, init) => {
      const { origin } = new URL(url);
      const script = scripts[origin] ?? [];
      const times = asked.filter((hub) => hub === origin).length;
      asked.push(origin);
      const line = script[Math.min(times, script.length - 1)] ?? found;
      const said = line();
      if (said instanceof Response) return said;
      if (said === 'broken') throw new TypeError('fetch failed');
      return new Promise((_, reject) => {
        init.signal?.addEventListener('abort', () => reject(new Error('given up')));
      });
    },
  };
}
