/** A hub without providers: how to become the first. */
import { CommandLine } from '../parts/command-line.js';
import { shellWord } from '../search/request-lines.js';
import { WORDS } from '../words/words.js';

/** Which hub it is. */
export interface EmptyHubProps {
  readonly hubUrl: string;
  readonly network: string;
}

/** Draws what there is to do. */
export function EmptyHub({ hubUrl, network }: EmptyHubProps) {
  const { title, text, afterwards, orSimulate } = WORDS.empty;
  const where = `--hub ${shellWord(hubUrl)}${network === 'mainnet' ? '' : ` --network ${network}`}`;
  return (
    <section className="empty card">
      <svg className="empty-sign" viewBox="0 0 120 120" aria-hidden="true">
        <circle cx="60" cy="60" r="52" />
        <circle cx="60" cy="60" r="34" />
        <circle cx="60" cy="60" r="16" />
        <circle className="empty-dot" cx="60" cy="60" r="5" />
      </svg>
      <h2>{title}</h2>
      <p>{text}</p>
      <CommandLine text={`npx golem-discovery advertise ${where} --country SE`} what={title} />
      <p>{afterwards}</p>
      {isHere(hubUrl) && (
        <>
          <p className="hint">{orSimulate}</p>
          <CommandLine
            text={`npx golem-discovery simulate ${where} --providers 50`}
            what={orSimulate}
          />
        </>
      )}
    </section>
  );
}

/** Where others look for real providers, nobody should be led to list any that are none. */
function isHere(hubUrl: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(hubUrl).hostname);
}
