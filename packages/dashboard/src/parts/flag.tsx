/**
 * The flag of a country, or its code in a frame where the viewer's fonts have no flags (Windows has
 * none). The name always stands beside it.
 */
import { flagOf } from '../words/countries.js';

let known: boolean | undefined;

/** Whether two letters become one flag: then they are narrower together than apart. */
function hasFlags(): boolean {
  known ??= measure();
  return known;
}

function measure(): boolean {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return false;
  context.font = '24px sans-serif';
  const apart = context.measureText(flagOf('S') + '\u200b' + flagOf('E')).width;
  return context.measureText(flagOf('SE')).width < apart * 0.8;
}

/** Draws it. */
export function Flag({ code }: { readonly code: string }) {
  return hasFlags() ? (
    <span className="flag" aria-hidden="true">
      {flagOf(code)}
    </span>
  ) : (
    // Drawn by the style sheet: it is no part of the text that it decorates.
    <span className="flag flag-code" aria-hidden="true" data-code={code} />
  );
}
