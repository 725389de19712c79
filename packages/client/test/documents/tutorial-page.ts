/** The tutorial as a script: which terminal runs what, and what the page says is seen there. */
import { readFileSync } from 'node:fs';

/** One block of commands. */
export interface TutorialStep {
  /** 1 to 4. */
  readonly terminal: number;
  /** What the shell is given; nothing, where Ctrl-C is pressed. */
  readonly script: string;
  readonly interrupt: boolean;
  /** How the last command ends. */
  readonly code: number;
  /** Lines that the page shows below. */
  readonly shown: readonly string[];
}

const PAGE = new URL('../../../../../docs/tutorial.md', import.meta.url);
const BLOCK = /^```sh\n# terminal (\d)(.*)\n([^]*?)^```$(?:\n\n```text\n([^]*?)^```$)?/gm;

/** The steps in the order of the page. */
export function tutorialSteps(): readonly TutorialStep[] {
  return [...readFileSync(PAGE, 'utf8').matchAll(BLOCK)].map(
    ([, terminal, remark = '', script = '', shown = '']) => ({
      terminal: Number(terminal),
      script,
      interrupt: remark.includes('Ctrl-C'),
      code: Number(/ends with (\d+)/.exec(remark)?.[1] ?? 0),
      shown: shown.split('\n').filter((line) => line !== ''),
    }),
  );
}
