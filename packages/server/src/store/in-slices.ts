/** Bulk work, a slice in each commit, so that no commit is long and writes go in between. */

/** Items in one commit: some 10 ms of the worker. */
const SLICE = 500;

/** Whether every slice was done. */
export async function inSlices<Item>(
  items: readonly Item[],
  work: (slice: readonly Item[]) => Promise<true | undefined>,
): Promise<boolean> {
  const slices: Promise<true | undefined>[] = [];
  for (let start = 0; start < items.length; start += SLICE) {
    slices.push(work(items.slice(start, start + SLICE)));
  }
  const done = await Promise.all(slices);
  return done.every((slice) => slice === true);
}
