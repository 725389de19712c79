/**
 * Colours, where they are wanted. Only those that read well on a light ground as on a dark one,
 * and never alone: what a colour says, a sign or a word says too.
 */

/** Puts a text into a look; without colours, the text itself. */
export type Paint = (text: string) => string;

/** The looks that exist. */
export interface Colours {
  readonly strong: Paint;
  readonly faint: Paint;
  readonly good: Paint;
  readonly bad: Paint;
}

const PLAIN: Paint = (text) => text;

const PLAIN_COLOURS: Colours = { strong: PLAIN, faint: PLAIN, good: PLAIN, bad: PLAIN };

const ANSI_COLOURS: Colours = {
  strong: sequence(1, 22),
  faint: sequence(2, 22),
  good: sequence(32, 39),
  bad: sequence(31, 39),
};

function sequence(on: number, off: number): Paint {
  return (text) => (text === '' ? text : `\u001B[${on}m${text}\u001B[${off}m`);
}

/** The looks of an output: real ones, or none. */
export function coloursOf({ colour }: { readonly colour: boolean }): Colours {
  return colour ? ANSI_COLOURS : PLAIN_COLOURS;
}
