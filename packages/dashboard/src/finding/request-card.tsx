/** The same search as `curl`, in code and on the command line, to be taken along. Before the rows, of which there is no end. */
import { useState } from 'react';
import { CommandLine } from '../parts/command-line.js';
import { WORDS } from '../words/words.js';
import { requestLines, type Way, WAYS } from '../search/request-lines.js';
import type { Search } from '../search/search.js';

/** The search, and where it was asked. */
export interface RequestCardProps {
  readonly hubUrl: string;
  readonly network: string;
  readonly search: Search;
}

/** Draws it: radio buttons for the way, and the line. */
export function RequestCard({ hubUrl, network, search }: RequestCardProps) {
  const [chosen, setChosen] = useState<Way>('curl');
  const lines = requestLines(hubUrl, network, search);
  return (
    <section className="request" aria-label={WORDS.request.title}>
      <div className="request-ways">
        <h3>{WORDS.request.title}</h3>
        <div className="segments" role="radiogroup" aria-label={WORDS.request.label}>
          {WAYS.map((way) => (
            <label key={way}>
              <input
                type="radio"
                name="way"
                checked={way === chosen}
                onChange={() => setChosen(way)}
              />
              <span>{WORDS.request[way]}</span>
            </label>
          ))}
        </div>
      </div>
      <CommandLine text={lines[chosen]} what={WORDS.request[chosen]} />
    </section>
  );
}
