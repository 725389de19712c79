/**
 * How what was found is shown, page by page, so that memory holds one page however many there are:
 * a table whose widths are settled by its first page, or a JSON array.
 */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { advertisementTable } from './rendering/advertisement-table.js';
import { coloursOf } from './rendering/colours.js';
import { neutralJson } from './rendering/neutral-text.js';
import type { Layout } from './rendering/table.js';
import type { Surroundings } from './surroundings.js';

/** Shows pages as they come. */
export interface FindingsView {
  add(page: readonly Advertisement[]): void;
  /** After the last page. */
  end(): void;
}

/** Shows a table; nothing at all where nothing was found. */
export function createTableView({ out, nowMs }: Surroundings): FindingsView {
  let layout: Layout<Advertisement> | undefined;
  return {
    add(page) {
      if (page.length === 0) return;
      const first = layout === undefined;
      layout ??= advertisementTable(page, out, nowMs());
      const { header, line } = layout;
      const lines = page.map((row) => `${line(row)}\n`).join('');
      out.write(first ? `${header(coloursOf(out).strong)}\n${lines}` : lines);
    },
    end: () => undefined,
  };
}

/** Shows a JSON array, an advertisement a time; `[]` where nothing was found. */
export function createJsonView({ out }: Surroundings): FindingsView {
  let before = '[';
  return {
    add(page) {
      for (const advertisement of page) {
        out.write(`${before}\n${indented(neutralJson(advertisement))}`);
        before = ',';
      }
    },
    end: () => out.write(before === '[' ? '[]\n' : '\n]\n'),
  };
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
